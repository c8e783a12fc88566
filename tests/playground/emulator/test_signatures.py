"""The table of methods and the methods themselves belong together."""

from __future__ import annotations

from pathlib import Path

from bot.playground.emulator.registry import modelled
from bot.playground.emulator.signatures import OTHER_METHODS, SIGNATURES


def test_every_modelled_method_has_a_signature_and_the_other_way_round():
    assert set(SIGNATURES) == modelled()


def test_no_method_is_both_modelled_and_not():
    assert not set(SIGNATURES) & set(OTHER_METHODS)


def test_all_methods_of_the_bot_api_are_known():
    assert len(SIGNATURES) + len(OTHER_METHODS) == 180 + 3


def test_types_are_those_that_can_be_checked():
    types = {one.type for _, parameters in SIGNATURES.values() for one in parameters.values()}
    assert types == {"int", "str", "bool", "float", "id", "file", "list", "object"}


def test_the_docs_name_every_modelled_method():
    docs = (Path(__file__).parents[3] / "docs" / "playground.md").read_text()
    _, _, told = docs.partition("## What is modelled")
    assert [name for name, _ in SIGNATURES.values() if f"`{name}`" not in told] == []

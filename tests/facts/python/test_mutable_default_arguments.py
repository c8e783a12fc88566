"""A default is made once, at definition; None and a fresh list avoid the sharing."""

import dataclasses
import itertools

import pytest


def add(item, cart=None):
    if cart is None:
        cart = []
    cart.append(item)
    return cart


def test_quiz_two_calls_share_one_default(quiz):
    printed, right = quiz("python", "mutable-default-arguments")
    assert printed == "['tea', 'oil']"
    assert right.startswith(printed)


def test_default_is_made_once_at_definition():
    made = itertools.count()

    def stamp(number=next(made)):  # noqa: B008 - a call as default is the point
        return number

    assert [stamp(), stamp(), stamp()] == [0, 0, 0]
    assert stamp.__defaults__ == (0,)


def test_none_as_default_gives_each_call_its_own_list():
    assert add("tea") == ["tea"]
    assert add("jam") == ["jam"]


def test_testing_for_none_keeps_an_empty_list_of_the_caller():
    def add_or(item, cart=None):
        cart = cart or []
        cart.append(item)

    kept, lost = [], []
    add("tea", kept)
    add_or("tea", lost)
    assert kept == ["tea"]
    assert lost == []


def test_class_attribute_is_shared_by_all_instances():
    class Cart:
        items = []  # noqa: RUF012 - the trap itself

    Cart().items.append("tea")
    assert Cart().items == ["tea"]


def test_fromkeys_hands_one_list_to_each_key():
    shelves = dict.fromkeys("ab", [])  # noqa: RUF024 - the trap itself
    shelves["a"].append("tea")
    assert shelves["b"] == ["tea"]


def test_dataclass_refuses_a_list_as_default():
    with pytest.raises(ValueError, match="default_factory"):
        dataclasses.make_dataclass("Cart", [("items", list, [])])

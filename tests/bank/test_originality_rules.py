"""E28 to W30: own words, no twins, short sentences."""

from __future__ import annotations

import pytest

from bot.bank.rules import originality

GIL = "python/gil"
SEED = "The quick brown fox's cousin jumps over lazy dogs at noon"


@pytest.fixture
def seed(monkeypatch):
    """Pretend that the seed document holds one other sentence."""
    monkeypatch.setattr(originality, "seed_hashes", lambda: frozenset(originality.hashed([SEED]).split()))


@pytest.mark.parametrize(
    "words",
    [
        "quick brown fox's cousin jumps over lazy",
        "Quick **brown** fox’s cousin, jumps: over *lazy*",
        "the quick `red` brown fox's cousin jumps over",
    ],
)
def test_the_words_of_the_seed(desk, seed, words):
    desk.edit(GIL, "A thread releases", f"{words}. A thread releases")
    (said,) = desk.found("E28")
    assert "fox's cousin jumps over" in said


@pytest.mark.parametrize(
    "words",
    [
        "quick brown fox's cousin jumps over",
        "quick brown foxes cousin jumps over lazy dogs",
        "`quick brown fox's cousin jumps over lazy`",
    ],
)
def test_own_words(desk, seed, words):
    desk.edit(GIL, "A thread releases", f"{words}. A thread releases")
    assert desk.found("E28") == []


def test_the_real_fingerprints():
    """They are hashes, and many: a document of a few thousand words."""
    assert 2000 < len(originality.seed_hashes()) < 5000
    assert all(len(word) == originality.HASH_DIGITS for word in originality.seed_hashes())


def test_the_real_seed_is_caught(desk):
    desk.edit(GIL, "A thread releases", "It collects extra keyword arguments as a dict. A thread releases")
    assert desk.found("E28") == ["23: the seed's words: 'collects extra keyword arguments as a dict'"]


def test_near_duplicates(desk):
    desk.copy(GIL, "python/lock", seed="")
    said = desk.found("W29")
    assert [line.partition(": ")[2] for line in said] == [
        "the question is 100% like python/gil's",
        "the answer is 100% like python/gil's",
    ]


def test_retired_entries_may_be_alike(desk):
    desk.copy(GIL, "python/lock", seed="", status="retired\nreplaced_by: gil")
    assert desk.found("W29") == []


def test_likeness_grows_with_shared_words():
    texts = ["how do row locks guard rows", "how do row locks guard tables", "when do caches expire keys"]
    assert [(one, other) for one, other, _ in originality.alike(texts)] == [(0, 1)]
    assert list(originality.alike(["", "", "a b"])) == []


@pytest.mark.parametrize(("words", "said"), [(30, []), (31, ["a sentence of 31 words"])])
def test_long_sentences(desk, words, said):
    desk.edit(
        GIL, "A thread releases", " ".join(["word"] * (words - 1)) + " `some code here`. A thread releases"
    )
    assert [line.partition(": ")[2].partition(",")[0] for line in desk.found("W30")] == said


@pytest.mark.parametrize(("words", "caught"), [(90, False), (91, True)])
def test_long_paragraphs(desk, words, caught):
    desk.edit(
        GIL, "A thread releases", "Ten words. " * (words // 2) + "x " * (words % 2) + "\n\nA thread releases"
    )
    assert any(f"a paragraph of {words} words" in line for line in desk.found("W30")) is caught

"""What /quiz understands."""

from __future__ import annotations

import pytest

from bot.bank import Bank, Level
from bot.services.practices import MOST, BadSize, OneOnly, UnknownTopic, Wanted, parse


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", Wanted()),
        ("any", Wanted()),
        ("security", Wanted(topic="security")),
        ("SECURITY 3", Wanted(topic="security", size=3)),
        ("3 senior databases", Wanted(topic="databases", level=Level.SENIOR, size=3)),
        ("drf", Wanted(topic="apis")),
        ("best practices and design patterns 2", Wanted(topic="patterns", size=2)),
        ("missed", Wanted(mode="missed")),
        ("weak 10", Wanted(mode="weak", size=10)),
        ("50", Wanted(size=50)),
    ],
)
def test_understood_in_any_order(bank: Bank, words: str, wanted: Wanted) -> None:
    assert parse(bank, words) == wanted


@pytest.mark.parametrize("count", ["0", "51", "-3", "100000", "9" * 4000])
def test_a_count_out_of_range_says_what_was_clear(bank: Bank, count: str) -> None:
    with pytest.raises(BadSize) as caught:
        parse(bank, f"security senior {count}")
    assert caught.value.understood == "Security, senior"
    assert MOST == 50


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("security django", "topic"),
        ("orm 3 security", "topic"),
        ("security django orm", "topic"),
        ("middle senior", "level"),
        ("jun security middle", "level"),
        ("3 4", "count"),
        ("5 5", "count"),
        ("missed weak", "mode"),
        ("mix senior 3", "mix"),
        ("mix security weak", "mix"),
        ("mix security 3 4", "count"),
    ],
)
def test_clear_words_that_do_not_go_together_are_named(bank: Bank, words: str, what: str) -> None:
    with pytest.raises(OneOnly) as caught:
        parse(bank, words)
    assert caught.value.what == what


def test_what_is_said_twice_is_said_once(bank: Bank) -> None:
    assert parse(bank, "Security security sen senior missed missed") == Wanted(
        "missed", "security", Level.SENIOR
    )


@pytest.mark.parametrize("words", ["quantum", "🦄", "<b>", "security quantum", "mix quantum"])
def test_an_unknown_topic_is_refused(bank: Bank, words: str) -> None:
    with pytest.raises(UnknownTopic):
        parse(bank, words)


@pytest.mark.parametrize(
    ("words", "clear", "strange"),
    [
        ("security expert", "Security", "expert"),
        ("hard security 3", "Security", "hard"),
        ("security testing quantum", "Security", "quantum"),
        ("quantum", "", "quantum"),
        ("security " + "x " * 2000, "", None),
    ],
)
def test_what_was_clear_beside_an_unknown_word_is_told(
    bank: Bank, words: str, clear: str, strange: str | None
) -> None:
    with pytest.raises(UnknownTopic) as caught:
        parse(bank, words)
    assert caught.value.understood == clear
    assert strange is None or caught.value.words == strange

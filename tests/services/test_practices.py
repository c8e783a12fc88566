"""What /quiz understands."""

from __future__ import annotations

import pytest

from bot.bank import Bank, Level
from bot.services.practices import MOST, BadSize, UnknownTopic, Wanted, parse


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


@pytest.mark.parametrize("words", ["quantum", "🦄", "<b>", "security quantum", "5 5"])
def test_an_unknown_topic_is_refused(bank: Bank, words: str) -> None:
    with pytest.raises(UnknownTopic):
        parse(bank, words)


@pytest.mark.parametrize(
    ("words", "clear", "strange"),
    [
        ("security expert", "Security", "expert"),
        ("hard security 3", "Security", "hard"),
        ("security testing", "Security", "testing"),
        ("junior senior", "junior", "senior"),
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

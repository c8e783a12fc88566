"""Small words: dates, counts, echoes, and names of code within a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from bot.rendering.words import bold, clock_time, count, day, echo, listing, weekdays, zone


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("When do you use instance.save()?", "<b>When do you use </b><code>instance.save()</code><b>?</b>"),
        ("What does manage.py do?", "<b>What does </b><code>manage.py</code><b> do?</b>"),
        ("Why @cache_page here", "<b>Why </b><code>@cache_page</code><b> here</b>"),
        ("prefetch_related or a < b", "<code>prefetch_related</code><b> or a &lt; b</b>"),
        ("Since Python 3.14, e.g. now. Yes.", "<b>Since Python 3.14, e.g. now. Yes.</b>"),
    ],
)
def test_code_in_a_sentence_is_no_link(text: str, html: str) -> None:
    assert bold(text) == html


def test_days_as_people_say_them() -> None:
    today = date(2026, 12, 31)
    assert [day(date(2026, 12, 31), today), day(date(2027, 1, 1), today)] == ["today", "tomorrow"]
    assert day(date(2027, 1, 2), today) == "Sat 2 Jan 2027"
    assert day(date(2026, 12, 24), today) == "Thu 24 Dec"


def test_the_rest() -> None:
    assert clock_time(605) == "10:05"
    assert [count(1, "day"), count(1200, "day")] == ["1 day", "1,200 days"]
    assert [weekdays(0b1111111), weekdays(0b11111), weekdays(0b1100000), weekdays(0b101)] == [
        "every day",
        "Monday to Friday",
        "weekends",
        "Mon, Wed",
    ]
    assert [zone("Etc/GMT-3"), zone("America/New_York"), zone("UTC")] == ["UTC+3", "New York", "UTC"]
    assert [listing([]), listing(["a"]), listing(["a", "b", "c"])] == ["", "a", "a, b and c"]
    assert len(echo("x" * 4000)) < 50
    assert "<" not in echo("<b>")

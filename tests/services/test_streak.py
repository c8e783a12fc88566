"""Streaks count the user's local days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.services.progress import longest_streak, streak

TODAY = date(2026, 11, 23)


def ago(*days: int) -> list[date]:
    """Dates so many days ago."""
    return [TODAY - timedelta(days=day) for day in days]


@pytest.mark.parametrize(
    ("days", "length"),
    [
        ([], 0),
        (ago(0), 1),
        (ago(1), 1),
        (ago(0, 1, 2), 3),
        (ago(1, 2), 2),
        (ago(2, 3), 0),
        (ago(0, 2), 1),
        ([TODAY + timedelta(days=1), *ago(0, 1)], 2),
    ],
)
def test_streak(days: list[date], length: int) -> None:
    assert streak(days, TODAY) == length


def test_a_rest_keeps_the_streak() -> None:
    rest = [(TODAY - timedelta(days=5), TODAY - timedelta(days=1))]
    assert streak(ago(0, 1, 6, 7), TODAY, rest) == 4
    assert streak(ago(0, 1, 6, 7), TODAY) == 2
    assert streak(ago(0, 1, 3, 6), TODAY, rest) == 4, "an answer within the rest counts"
    assert longest_streak(ago(1, 6, 7, 20, 21, 22, 23), rest) == 4
    assert longest_streak(ago(1, 6, 7, 8, 9), rest) == 5
    assert longest_streak([]) == 0

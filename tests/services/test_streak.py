"""Streaks count the user's local days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.services.stats import streak

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

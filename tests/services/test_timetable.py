"""Wall-clock wishes become moments: by the stated rules, in any zone, on any day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.timetable import EVERY_DAY, due_today, local_date, moment_on, next_due

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = sorted(available_timezones() - {"localtime", "Factory"})

zones = st.sampled_from(ZONES).map(ZoneInfo)
minutes = st.integers(0, 24 * 60 - 1)
first, last = datetime(2000, 1, 1, tzinfo=UTC), datetime(2037, 12, 1, tzinfo=UTC)
moments = st.integers(int(first.timestamp()), int(last.timestamp())).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
weekdays = st.integers(1, EVERY_DAY)


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """A moment by its wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def shown(moment: datetime | None, zone: ZoneInfo = BERLIN) -> str:
    """What the wall clock shows at a moment."""
    assert moment is not None
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def test_an_ordinary_day() -> None:
    assert shown(moment_on(date(2026, 11, 23), 9 * 60, BERLIN)) == "2026-11-23 09:00"


def test_a_time_in_the_gap_comes_right_after_it() -> None:
    assert shown(moment_on(date(2026, 3, 29), 2 * 60 + 30, BERLIN)) == "2026-03-29 03:00"


def test_a_time_that_comes_twice_is_the_first() -> None:
    moment = moment_on(date(2026, 10, 25), 2 * 60 + 30, BERLIN)
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_gap_that_ends_on_the_next_date_gives_the_minute_before_it() -> None:
    nuuk = ZoneInfo("America/Nuuk")
    assert shown(moment_on(date(2025, 3, 29), 23 * 60 + 30, nuuk), nuuk) == "2025-03-29 22:59"


def test_a_date_that_a_zone_left_out_has_no_moment() -> None:
    assert moment_on(date(2011, 12, 30), 9 * 60, ZoneInfo("Pacific/Apia")) is None


def test_leap_day_and_the_turn_of_the_year() -> None:
    def following(now: datetime) -> datetime:
        return next_due(now, zone=BERLIN, minute=540, weekdays=EVERY_DAY)

    assert shown(following(at("2028-02-28 10:00"))) == "2028-02-29 09:00"
    assert shown(following(at("2026-12-31 09:00"))) == "2027-01-01 09:00"


def test_only_the_chosen_weekdays() -> None:
    monday_only = 0b0000001
    due = next_due(at("2026-11-23 10:00"), zone=BERLIN, minute=540, weekdays=monday_only)
    assert shown(due) == "2026-11-30 09:00"


def test_the_minute_itself_is_over() -> None:
    now = at("2026-11-23 09:00")
    assert next_due(now, zone=BERLIN, minute=540, weekdays=EVERY_DAY) == now + timedelta(days=1)


def test_no_weekday_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="no day"):
        next_due(at("2026-11-23 09:00"), zone=BERLIN, minute=540, weekdays=0)


@pytest.mark.parametrize(
    ("now", "after", "due"),
    [
        ("2026-11-23 08:59", None, False),
        ("2026-11-23 09:00", None, True),
        ("2026-11-23 23:59", None, True),
        ("2026-11-23 23:59", date(2026, 11, 23), False),
        ("2026-11-24 00:01", date(2026, 11, 22), False),
    ],
)
def test_late_is_fine_while_it_is_still_the_day(now: str, after: date | None, due: bool) -> None:
    assert due_today(at(now), zone=BERLIN, minute=540, weekdays=EVERY_DAY, after=after) is due


@given(now=moments, zone=zones, minute=minutes, bits=weekdays)
def test_the_next_moment_is_ahead_and_at_the_time_asked_for(
    now: datetime, zone: ZoneInfo, minute: int, bits: int
) -> None:
    due = next_due(now, zone=zone, minute=minute, weekdays=bits)
    assert due > now
    local = due.astimezone(zone)
    assert bits >> local.weekday() & 1
    if local.hour * 60 + local.minute != minute:
        # The time asked for does not exist that day: no moment of the day shows it.
        wall = datetime.combine(local.date(), datetime.min.time()) + timedelta(minutes=minute)
        back = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        assert back != wall


@given(now=moments, zone=zones, minute=minutes)
def test_exactly_one_a_day(now: datetime, zone: ZoneInfo, minute: int) -> None:
    seen: set[date] = set()
    moment, day = now, None
    for _ in range(5):
        moment = next_due(moment, zone=zone, minute=minute, weekdays=EVERY_DAY, after=day)
        following = local_date(moment, zone)
        assert following not in seen
        if day is not None:
            missing = [day + timedelta(days=n) for n in range(1, (following - day).days)]
            assert all(moment_on(lost, minute, zone) is None for lost in missing)
        seen.add(following)
        day = following


@given(now=moments, zone=zones, other=zones, minute=minutes)
def test_a_change_of_zone_never_gives_a_date_twice(
    now: datetime, zone: ZoneInfo, other: ZoneInfo, minute: int
) -> None:
    sent_on = local_date(now, zone)
    due = next_due(now, zone=other, minute=minute, weekdays=EVERY_DAY, after=sent_on)
    assert local_date(due, other) > sent_on

"""Wall-clock wishes turned into moments: the one place that knows about time zones and DST.

Rules, each with a test:
- A time that does not exist that day (clocks jump ahead): the first moment after the gap; should
  that be another date, the last minute before the gap; a date that a zone left out has none.
- A time that comes twice (clocks go back): the first.
- At most one due moment per local date, and it lies after `now`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY = 0b1111111
MONDAY_TO_FRIDAY = 0b0011111
SECOND = timedelta(seconds=1)
LONGEST_SEARCH = 400
"""Days to look ahead: a week holds every weekday, and no zone left out more than one date in a row."""


def local_date(now: datetime, zone: ZoneInfo) -> date:
    """Tell which date it is in the zone at that moment."""
    return now.astimezone(zone).date()


def moment_on(day: date, minute: int, zone: ZoneInfo) -> datetime | None:
    """Find when the wall clock shows `minute` on a date.

    Args:
        day: the local date.
        minute: minutes after local midnight, 0 to 1439.
        zone: the place.

    Returns:
        The moment in UTC by the rules above, or None where the zone left that date out.
    """
    wall = datetime.combine(day, time(*divmod(minute, 60)))
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    change = _first_after_gap(wall, zone)
    if change.astimezone(zone).date() == day:
        return change
    before = (change - timedelta(minutes=1)).astimezone(zone)
    return before.astimezone(UTC) if before.date() == day else None


def _first_after_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """Halve the span around a skipped wall-clock time until the change of the clock is found."""
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    late = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    after = late.astimezone(zone).utcoffset()
    while late - early > SECOND:
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == after:
            late = middle
        else:
            early = middle
    return late


def next_due(
    now: datetime, *, zone: ZoneInfo, minute: int, weekdays: int, after: date | None = None
) -> datetime:
    """Find the next moment at which a question is due.

    Args:
        now: the present moment, aware.
        zone: the subscriber's place.
        minute: minutes after local midnight.
        weekdays: bit 0 is Monday; at least one bit is set.
        after: only later local dates count (the last date that had its question).

    Returns:
        A moment in UTC, later than `now`.
    """
    day = local_date(now, zone)
    if after is not None:
        day = max(day, after + timedelta(days=1))
    for _ in range(LONGEST_SEARCH):
        if weekdays >> day.weekday() & 1:
            moment = moment_on(day, minute, zone)
            if moment is not None and moment > now:
                return moment
        day += timedelta(days=1)
    raise ValueError(f"no day among the weekdays {weekdays:#b}")


def due_today(now: datetime, *, zone: ZoneInfo, minute: int, weekdays: int, after: date | None) -> bool:
    """Tell whether today's question is due by now and was not sent: late, but still the same day."""
    today = local_date(now, zone)
    if not weekdays >> today.weekday() & 1 or (after is not None and today <= after):
        return False
    moment = moment_on(today, minute, zone)
    return moment is not None and moment <= now

"""The interview's date: the goal that brings missed questions back sooner as it comes near."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from bot.db import Session, users
from bot.db.tables import User
from bot.services import notices, timetable, zones

FARTHEST = 730
"""Days ahead: beyond two years a date is more likely a slip than a plan."""

DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class BadDate(Exception):
    """A date that cannot be the interview's; `why` is form, past, today or far."""

    def __init__(self, why: str, words: str) -> None:
        super().__init__(why)
        self.why = why
        self.words = words


def parse(words: str, today: date) -> date:
    """Read a date as YYYY-MM-DD that lies ahead.

    Raises:
        BadDate: when it has another form, is no date, or is not within the next two years.
    """
    match = DATE.fullmatch(words.strip())
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if day is None:
        raise BadDate("form", words)
    if day == today:
        raise BadDate("today", words)
    if day < today:
        raise BadDate("past", words)
    if day > today + timedelta(days=FARTHEST):
        raise BadDate("far", words)
    return day


async def of_user(session: Session, user_id: int, *, now: datetime) -> tuple[date | None, date]:
    """Tell the date that is set, if any, and the user's local date."""
    user = await users.find(session, user_id)
    return user.interview_on if user else None, today(user, now)


async def set_date(session: Session, user_id: int, day: date | None, *, now: datetime) -> User:
    """Set the interview's date, or forget it (None); nothing that was learned is computed anew."""
    user = await users.lock(session, user_id, now)
    user.interview_on = day
    user.interview_set_on = today(user, now) if day else None
    await notices.plan_interview(session, user, now=now)
    return user


def today(user: User | None, now: datetime) -> date:
    """Tell the user's local date; UTC's until they told their place."""
    return timetable.local_date(now, zones.known(user.time_zone if user else None))

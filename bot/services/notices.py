"""What comes beside the questions: the eve of the interview, the day after, the week's summary.

Rules: a notice belongs to a local date and is not sent past it; a claim moves it on by a lease, so
that a crash repeats it at most once; planning anew keeps what is due, in a lease or waits for its next
try, if it is still wanted; nobody without a daily question gets a summary.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.db import Session, notices, subscriptions, users
from bot.db.tables import Notice, Subscription, User
from bot.services import timetable, zones

LEASE = timedelta(seconds=60)
EVE_MINUTE, AFTER_MINUTE, SUMMARY_MINUTE = 18 * 60, 10 * 60, 19 * 60
"""Minutes after local midnight: the evening before, the morning after, the evening of the week's last day."""


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed notice."""

    user_id: int
    kind: str
    due_on: date


async def plan_interview(session: Session, user: User, *, now: datetime) -> None:
    """Plan the messages around the interview; without a date, or past it, no new ones."""
    if user.interview_on is None:
        await notices.drop(session, user.id, "eve", "after")
        return
    zone = zones.known(user.time_zone)
    for kind, day, minute in (
        ("eve", user.interview_on - timedelta(days=1), EVE_MINUTE),
        ("after", user.interview_on + timedelta(days=1), AFTER_MINUTE),
    ):
        moment = timetable.moment_on(day, minute, zone)
        if moment is not None and moment > now:
            await notices.plan(session, user.id, kind, moment, day)
        elif not await notices.keep(session, user.id, kind, day, now + LEASE):
            await notices.drop(session, user.id, kind)


async def plan_summary(session: Session, subscription: Subscription, *, now: datetime) -> None:
    """Plan the next summary: on the last of the week's days that the user chose, in the evening."""
    if subscription.user_id is None:
        return
    user = await users.find(session, subscription.user_id)
    if user is None or subscription.next_due is None or not user.weekly_summary:
        await notices.drop(session, subscription.user_id, "summary")
        return
    zone = zones.known(subscription.time_zone)
    last = 1 << (subscription.weekdays.bit_length() - 1)
    today = timetable.local_date(now, zone)
    is_past = timetable.due_today(now, zone=zone, minute=SUMMARY_MINUTE, weekdays=last, after=None)
    if is_past and await notices.keep(session, user.id, "summary", today, now + LEASE):
        return
    moment = timetable.next_due(now, zone=zone, minute=SUMMARY_MINUTE, weekdays=last)
    await notices.plan(session, user.id, "summary", moment, timetable.local_date(moment, zone))


async def plan_all(session: Session, subscription: Subscription, *, now: datetime) -> None:
    """Plan everything anew after a change of time, place or days."""
    await plan_summary(session, subscription, now=now)
    if subscription.user_id is not None and (user := await users.find(session, subscription.user_id)):
        await plan_interview(session, user, now=now)


async def claim(session: Session, *, now: datetime, limit: int = 100) -> list[Due]:
    """Take what is due under a lease; what is past its date is closed without being sent."""
    claimed = []
    for notice in await notices.due(session, now, limit):
        user = await users.find(session, notice.user_id)
        today = timetable.local_date(now, zones.known(user.time_zone if user else None))
        if today != notice.due_on:
            await close(session, Due(notice.user_id, notice.kind, notice.due_on), now=now)
            continue
        notice.due_at = now + LEASE
        claimed.append(_due(notice))
    return claimed


async def close(session: Session, due: Due, *, now: datetime) -> None:
    """End a notice: the summary comes again next week, the others are over; the day after ends the goal."""
    subscription = await subscriptions.of_chat(session, due.user_id)
    await notices.drop(session, due.user_id, due.kind)
    if due.kind == "summary" and subscription is not None:
        later = max(now, _end_of(due.due_on, subscription))
        await plan_summary(session, subscription, now=later)
    elif due.kind == "after" and (user := await users.find(session, due.user_id)) is not None:
        user.interview_on = user.interview_set_on = None


async def put_off(session: Session, due: Due, seconds: float, *, now: datetime) -> None:
    """Leave a notice to a later try."""
    await notices.move(session, due.user_id, due.kind, now + timedelta(seconds=seconds))


def _due(notice: Notice) -> Due:
    return Due(notice.user_id, notice.kind, notice.due_on)


def _end_of(day: date, subscription: Subscription) -> datetime:
    """The moment of that day's summary: the next one lies after it."""
    zone = zones.known(subscription.time_zone)
    return timetable.moment_on(day, SUMMARY_MINUTE, zone) or datetime.combine(
        day, datetime.min.time(), tzinfo=zone
    )

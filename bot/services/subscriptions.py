"""A chat's wish for daily questions, and the next due moment that follows from it.

Rules: a change takes effect from the next moment that lies ahead; a question that is due and was not
claimed yet stays due, unless the new wish wants it later today or not at all; a local date that had
its question gets no second one, whatever is changed; a pause ends by itself.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.db import Session, rests, subscriptions, users
from bot.db.tables import Subscription
from bot.services import notices, timetable, zones

MOST_A_DAY = 10
LONGEST_PAUSE = 365
"""Days."""

MOMENT_WISHES = frozenset({"minute", "time_zone", "weekdays"})
"""Wishes that say when a question comes; the others leave what is planned alone."""


async def of_user(session: Session, user_id: int, *, now: datetime) -> Subscription:
    """Read a user's subscription for a change, making one that asks for nothing if there is none."""
    await users.lock(session, user_id, now)
    found = await subscriptions.of_chat(session, user_id)
    return found or subscriptions.new(session, user_id, user_id, now)


async def subscribe(
    session: Session, user_id: int, *, minute: int | None = None, zone: str | None = None, now: datetime
) -> Subscription:
    """Start (or move) the daily question.

    Args:
        minute: minutes after local midnight; None keeps what is set.
        zone: IANA name; None keeps what is set.
    """
    subscription = await of_user(session, user_id, now=now)
    was_due = is_due(subscription, now)
    if minute is not None:
        subscription.minute = minute
    if zone is not None:
        await _move(session, subscription, zone)
    await _start(session, subscription, now, was_due=was_due)
    return subscription


async def knows_place(session: Session, user_id: int) -> bool:
    """Tell whether the user has told their place, or had one guessed and left it so."""
    user = await users.find(session, user_id)
    return user is not None and user.time_zone is not None


async def resume(session: Session, user_id: int, *, now: datetime) -> Subscription:
    """End a pause, or start again after an end."""
    subscription = await of_user(session, user_id, now=now)
    await _start(session, subscription, now, was_due=is_due(subscription, now))
    return subscription


async def come_back(session: Session, user_id: int, *, now: datetime) -> Subscription:
    """Take up again with someone who had blocked the bot: a message from them proves that it is over."""
    subscription = await of_user(session, user_id, now=now)
    if subscription.status == "blocked":
        await _start(session, subscription, now, was_due=False)
    return subscription


async def unblocked(session: Session, user_id: int, *, now: datetime) -> None:
    """Take up again with someone who unblocked the bot; of a stranger, or one forgotten, nothing is kept."""
    subscription = await _existing(session, user_id)
    if subscription is not None and subscription.status == "blocked":
        await _start(session, subscription, now, was_due=False)


async def blocked(session: Session, user_id: int) -> None:
    """Stop sending to someone who blocked the bot; one who wants no questions keeps that state."""
    subscription = await _existing(session, user_id)
    if subscription is not None and subscription.status in {"active", "paused"}:
        stop_sending(subscription, "blocked")


async def unsubscribe(session: Session, user_id: int, *, now: datetime) -> Subscription:
    """Stop the daily question; wishes and memory stay."""
    subscription = await of_user(session, user_id, now=now)
    _rest(subscription, "ended")
    await rests.end(session, user_id, timetable.local_date(now, zones.known(subscription.time_zone)))
    await notices.plan_summary(session, subscription, now=now)
    return subscription


async def pause(session: Session, user_id: int, days: int | None, *, now: datetime) -> Subscription:
    """Stop for a number of local days, today included, or until told."""
    subscription = await of_user(session, user_id, now=now)
    _rest(subscription, "paused")
    today = timetable.local_date(now, zones.known(subscription.time_zone))
    if days is not None:
        subscription.paused_until = today + timedelta(days=days)
        _schedule(subscription, now)
    await rests.begin(session, user_id, today, subscription.paused_until)
    await notices.plan_summary(session, subscription, now=now)
    return subscription


async def change(session: Session, user_id: int, *, now: datetime, **wishes: object) -> Subscription:
    """Change wishes without starting or ending anything.

    Args:
        wishes: any of `minute`, `time_zone`, `weekdays`, `per_day`, `topics`, `level`.
    """
    subscription = await of_user(session, user_id, now=now)
    was_due = is_due(subscription, now)
    for wish, value in wishes.items():
        if wish == "time_zone":
            await _move(session, subscription, str(value))
        else:
            setattr(subscription, wish, value)
    if not MOMENT_WISHES.isdisjoint(wishes):
        if subscription.next_due is not None:
            _schedule(subscription, now, was_due=was_due)
        await notices.plan_all(session, subscription, now=now)
    return subscription


def is_due(subscription: Subscription, now: datetime) -> bool:
    """Tell whether today's question is due and was not claimed yet."""
    if subscription.next_due is None or subscription.next_due > now:
        return False
    return _is_past(subscription, now)


def switched(topics: list[str], value: str, known: list[str]) -> list[str]:
    """Switch a topic on (`+slug`) or off (`-slug`); `*` and the last one off mean all topics (an empty list).

    The result keeps the order of `known` and drops what is not in it.
    """
    chosen = set(topics)
    if value == "*":
        chosen = set()
    elif value.startswith("+"):
        chosen.add(value[1:])
    else:
        chosen.discard(value[1:])
    return [slug for slug in known if slug in chosen]


def stop_sending(subscription: Subscription, why: str) -> None:
    """End sends for a reason that is not the user's word: `blocked`, or `paused` after long silence."""
    _rest(subscription, why)


def move_on(subscription: Subscription, sent_on: date, now: datetime) -> None:
    """Go to the next due moment after a local date has had its question; a pause is over by then."""
    subscription.last_on = sent_on
    subscription.status = "active"
    subscription.paused_until = None
    _schedule(subscription, now)


def skip_to_next(subscription: Subscription, now: datetime, *, was_due: bool = False) -> None:
    """Go to the next due moment without a question: the day is over, or never came, or the wish changed.

    Args:
        was_due: whether today's question was due before the change; it stays so if it is still wanted.
    """
    subscription.status = "active"
    subscription.paused_until = None
    _schedule(subscription, now, was_due=was_due)


async def _existing(session: Session, user_id: int) -> Subscription | None:
    """Read a user's subscription for a change, and make none."""
    is_known = await users.lock_known(session, user_id)  # the user first, as everywhere
    return await subscriptions.of_chat(session, user_id) if is_known else None


async def _start(session: Session, subscription: Subscription, now: datetime, *, was_due: bool) -> None:
    subscription.status = "active"
    subscription.paused_until = None
    subscription.unanswered = 0
    _schedule(subscription, now, was_due=was_due)
    if subscription.user_id is not None:
        today = timetable.local_date(now, zones.known(subscription.time_zone))
        await rests.end(session, subscription.user_id, today)
    await notices.plan_all(session, subscription, now=now)


def _rest(subscription: Subscription, status: str) -> None:
    subscription.status = status
    subscription.paused_until = None
    subscription.next_due = None


async def _move(session: Session, subscription: Subscription, zone: str) -> None:
    """The user's days and the schedule's are the same: one place tells both."""
    subscription.time_zone = zone
    if subscription.user_id is not None and (user := await users.find(session, subscription.user_id)):
        user.time_zone = zone


def _schedule(subscription: Subscription, now: datetime, *, was_due: bool = False) -> None:
    if was_due and _is_past(subscription, now):
        subscription.next_due = now
        return
    subscription.next_due = timetable.next_due(
        now,
        zone=zones.known(subscription.time_zone),
        minute=subscription.minute,
        weekdays=subscription.weekdays,
        after=_after(subscription),
    )


def _is_past(subscription: Subscription, now: datetime) -> bool:
    """Tell whether the wish's time of today is past and today had no question."""
    return timetable.due_today(
        now,
        zone=zones.known(subscription.time_zone),
        minute=subscription.minute,
        weekdays=subscription.weekdays,
        after=_after(subscription),
    )


def _after(subscription: Subscription) -> date | None:
    """Give the date after which questions are wanted: the last one that had its own, or a pause's last."""
    after = subscription.last_on
    if subscription.paused_until is None:
        return after
    eve = subscription.paused_until - timedelta(days=1)
    return max(after, eve) if after else eve

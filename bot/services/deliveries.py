"""From due rows to asks that are ready to be sent, and what becomes of them.

Rules: one question per local date; late is fine while it is still that date, else the day is
skipped; a claim is a lease, so that another process takes over what a dead one held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.bank import Question
from bot.db import Session, deliveries, reviews, subscriptions
from bot.db.tables import Ask, Delivery, Subscription
from bot.services import asking, timetable, zones
from bot.services.subscriptions import move_on, skip_to_next, stop_sending

LEASE = timedelta(seconds=60)
BATCH = 200
"""Deliveries per claim: a third of a lease sends 600 at 30 a second, with room for retries."""

SILENT_DAYS_NUDGE = 7
SILENT_DAYS_PAUSE = 14


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery ready to be sent: the ask with its question, or the kind word before a pause."""

    delivery_id: int
    chat_id: int
    ask: Ask | None
    question: Question | None
    silent_days: int = 0


async def claim(session: Session, *, now: datetime, limit: int = BATCH) -> list[int]:
    """Take what is due, and what a dead holder left, under a new lease.

    The delivery is written in the transaction that moves `next_due` on: neither can be without the other.

    Returns:
        Ids of the claimed deliveries.
    """
    claimed: list[int] = []
    for delivery in await deliveries.abandoned(session, now, limit):
        delivery.lease_until = now + LEASE
        delivery.attempts += 1
        claimed.append(delivery.id)
    for subscription in await subscriptions.due(session, now, limit - len(claimed)):
        delivery_id = await _claim_one(session, subscription, now)
        if delivery_id is not None:
            claimed.append(delivery_id)
    return claimed


async def _claim_one(session: Session, subscription: Subscription, now: datetime) -> int | None:
    zone = zones.known(subscription.time_zone)
    today = timetable.local_date(now, zone)
    due = timetable.due_today(
        now,
        zone=zone,
        minute=subscription.minute,
        weekdays=subscription.weekdays,
        after=subscription.last_on,
    )
    if not due:
        skip_to_next(subscription, now)
        return None
    due_at = timetable.moment_on(today, subscription.minute, zone) or now
    delivery_id = await deliveries.claim(session, subscription.id, due_at, today, now + LEASE)
    await _count_silence(session, subscription)
    move_on(subscription, today, now)
    return delivery_id


async def _count_silence(session: Session, subscription: Subscription) -> None:
    """Count the days in a row whose question got no answer."""
    if subscription.last_on is None or subscription.user_id is None:
        return
    answered = await reviews.answered_since(session, subscription.user_id, subscription.last_on)
    subscription.unanswered = 0 if answered else subscription.unanswered + 1


async def prepare(
    session: Session, house: asking.House, delivery_ids: Sequence[int], *, now: datetime
) -> list[Parcel]:
    """Choose a question for each claimed delivery and make its ask; closes those that are stale."""
    parcels: list[Parcel] = []
    for delivery_id in delivery_ids:
        delivery = await deliveries.find(session, delivery_id)
        subscription = await subscriptions.look_up(session, delivery.subscription_id) if delivery else None
        if delivery is None or subscription is None or delivery.status != "claimed":
            continue
        parcel = await _pack(session, delivery, subscription, house, now)
        if parcel is None:
            await deliveries.close(session, [delivery.id], "skipped", now)
        else:
            parcels.append(parcel)
    return parcels


async def _pack(
    session: Session,
    delivery: Delivery,
    subscription: Subscription,
    house: asking.House,
    now: datetime,
) -> Parcel | None:
    today = timetable.local_date(now, zones.known(subscription.time_zone))
    if today != delivery.due_on or subscription.status != "active" or subscription.user_id is None:
        return None
    if subscription.unanswered >= SILENT_DAYS_PAUSE:
        return Parcel(delivery.id, subscription.chat_id, None, None, subscription.unanswered)
    shown = await asking.daily(session, house, subscription, ask_id=delivery.ask_id, now=now)
    if shown is None:
        return None
    delivery.ask_id = shown.ask.id
    nudge = subscription.unanswered if subscription.unanswered == SILENT_DAYS_NUDGE else 0
    return Parcel(delivery.id, subscription.chat_id, shown.ask, shown.question, nudge)


async def sent(session: Session, parcel: Parcel, message_id: int, *, now: datetime) -> None:
    """Mark a delivery as sent; a kind word before a pause ends in that pause."""
    await deliveries.close(session, [parcel.delivery_id], "sent", now)
    if parcel.ask is not None:
        await asking.confirm(session, parcel.ask, message_id)
        return
    subscription = await subscriptions.of_chat(session, parcel.chat_id)
    if subscription is not None:
        stop_sending(subscription, "paused")


async def failed(session: Session, parcel: Parcel, *, blocked: bool, now: datetime) -> None:
    """Mark a delivery as failed for good; a user who blocked the bot gets no more until they write."""
    await deliveries.close(session, [parcel.delivery_id], "failed", now)
    if blocked and (subscription := await subscriptions.of_chat(session, parcel.chat_id)) is not None:
        stop_sending(subscription, "blocked")


async def put_off(session: Session, parcel: Parcel, seconds: float, *, now: datetime) -> None:
    """Leave a delivery to a later try."""
    await deliveries.put_off(session, [parcel.delivery_id], now + timedelta(seconds=seconds))

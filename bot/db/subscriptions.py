"""Who wants questions, when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.db.engine import Session
from bot.db.tables import Subscription


async def of_chat(session: Session, chat_id: int) -> Subscription | None:
    """Read a chat's subscription, locked for a change."""
    query = select(Subscription).where(Subscription.chat_id == chat_id).with_for_update()
    return (await session.execute(query)).scalar_one_or_none()


async def look_up(session: Session, subscription_id: int) -> Subscription | None:
    """Read one by its id, locked for a change."""
    return await session.get(Subscription, subscription_id, with_for_update=True)


async def due(session: Session, now: datetime, limit: int) -> Sequence[Subscription]:
    """Take up to `limit` subscriptions whose moment has come, the longest due first.

    Rows that another claimer holds are passed over, not waited for.
    """
    query = (
        select(Subscription)
        .where(Subscription.next_due <= now)
        .order_by(Subscription.next_due)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(query)).scalars().all()


async def next_moment(session: Session) -> datetime | None:
    """Find the earliest due moment of all."""
    return await session.scalar(select(func.min(Subscription.next_due)))


def new(session: Session, chat_id: int, user_id: int | None, now: datetime) -> Subscription:
    """Add a subscription that wants nothing yet: every day at 09:00 UTC, one question of any topic."""
    subscription = Subscription(
        chat_id=chat_id,
        user_id=user_id,
        status="new",
        minute=9 * 60,
        time_zone="UTC",
        weekdays=0b1111111,
        per_day=1,
        topics=[],
        level=None,
        paused_until=None,
        next_due=None,
        last_on=None,
        unanswered=0,
        created_at=now,
    )
    session.add(subscription)
    return subscription


async def count_active(session: Session) -> int:
    """Count the chats that have a next question coming."""
    query = select(func.count()).select_from(Subscription).where(Subscription.next_due.is_not(None))
    return await session.scalar(query) or 0

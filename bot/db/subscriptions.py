"""Who wants questions, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, exists, func, select, update
from sqlalchemy.orm import aliased

from bot.db.engine import Session
from bot.db.tables import Review, Subscription


async def of_chat(session: Session, chat_id: int) -> Subscription | None:
    """Read a chat's subscription, locked for a change."""
    query = select(Subscription).where(Subscription.chat_id == chat_id).with_for_update()
    return (await session.execute(query)).scalar_one_or_none()


async def look_up(session: Session, subscription_id: int) -> Subscription | None:
    """Read one by its id, locked for a change."""
    return await session.get(Subscription, subscription_id, with_for_update=True)


async def due(session: Session, now: datetime, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Take up to `limit` people's subscriptions whose moment has come, the longest due first, as plain rows.

    Rows that another claimer holds are passed over, not waited for.
    """
    query = (
        select(
            Subscription.id,
            Subscription.time_zone,
            Subscription.minute,
            Subscription.weekdays,
            Subscription.last_on,
            Subscription.next_due,
        )
        .where(Subscription.next_due <= now, Subscription.user_id.is_not(None))
        .order_by(Subscription.next_due)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(query)).all()


async def due_groups(session: Session, now: datetime, limit: int) -> Sequence[Subscription]:
    """Take up to `limit` subscriptions of groups whose moment has come, the longest due first."""
    query = (
        select(Subscription)
        .where(Subscription.next_due <= now, Subscription.user_id.is_(None))
        .order_by(Subscription.next_due)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(query)).scalars().all()


async def is_any_group_due(session: Session, now: datetime) -> bool:
    """Tell whether the moment of any group's subscription has come."""
    query = select(exists().where(Subscription.next_due <= now, Subscription.user_id.is_(None)))
    return bool(await session.scalar(query))


async def count_silence(session: Session, ids: Sequence[int]) -> None:
    """Count the days in a row whose question got no answer, before the next one is claimed."""
    answered = exists().where(
        Review.user_id == Subscription.user_id, Review.reviewed_on >= Subscription.last_on
    )
    query = (
        update(Subscription)
        .where(Subscription.id.in_(ids), Subscription.last_on.is_not(None), Subscription.user_id.is_not(None))
        .values(unanswered=case((answered, 0), else_=Subscription.unanswered + 1))
    )
    await (await session.connection()).execute(query)


async def move_on(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Set `moved_next_due` and `moved_last_on` of many, by `moved_id`; a pause is over by then."""
    query = (
        update(Subscription)
        .where(Subscription.id == bindparam("moved_id"))
        .values(
            next_due=bindparam("moved_next_due"),
            last_on=bindparam("moved_last_on"),
            status="active",
            paused_until=None,
        )
    )
    await (await session.connection()).execute(query, rows)


async def stop_all(session: Session, ids: Sequence[int], status: str) -> None:
    """End the sends of some subscriptions that wanted them: `blocked` or `paused`."""
    if ids:
        query = (
            update(Subscription)
            .where(Subscription.id.in_(ids), Subscription.status.in_(("active", "paused")))
            .values(status=status, next_due=None, paused_until=None)
        )
        await (await session.connection()).execute(query)


async def move_chat(session: Session, old: int, new: int) -> None:
    """Follow a group to the id that it was given; nothing happens where the new one has its own."""
    other = aliased(Subscription)
    taken = exists().where(other.chat_id == new)
    query = update(Subscription).where(Subscription.chat_id == old, ~taken).values(chat_id=new)
    await session.execute(query.execution_options(synchronize_session=False))


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

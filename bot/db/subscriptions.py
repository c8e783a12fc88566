"""Who wants questions, when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    Integer,
    Select,
    Update,
    bindparam,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.db.bulk import connection_of, dialect_of, run, shared, tell
from bot.db.engine import Session
from bot.db.group_tables import Group
from bot.db.tables import Review, Subscription
from bot.db.types import Moment


async def of_chat(session: Session, chat_id: int) -> Subscription | None:
    """Read a chat's subscription, locked for a change."""
    query = select(Subscription).where(Subscription.chat_id == chat_id).with_for_update()
    return (await session.execute(query)).scalar_one_or_none()


async def look_up(session: Session, subscription_id: int) -> Subscription | None:
    """Read one by its id, locked for a change."""
    return await session.get(Subscription, subscription_id, with_for_update=True)


class Due(NamedTuple):
    """A wish that some people share, down to the moment at which it was due; and their subscriptions' ids."""

    time_zone: str
    minute: int
    weekdays: int
    last_on: date | None
    next_due: datetime
    ids: list[int]


async def due(session: Session, now: datetime, limit: int) -> list[Due]:
    """Take up to `limit` people's subscriptions whose moment has come, the longest due first.

    Rows that another claimer holds are passed over, not waited for.
    """
    found = await run(session, _due(dialect_of(session)), now=now, limit=limit)
    return [Due._make(row) for row in found.all()]


@cache
def _due(dialect: str) -> Select[*tuple[Any, ...]]:
    shared = Due._fields[:-1]
    one = (
        select(Subscription.id, *(getattr(Subscription, name) for name in shared))
        .where(Subscription.next_due <= bindparam("now"), Subscription.user_id.is_not(None))
        .order_by(Subscription.next_due)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(skip_locked=True)
        .subquery()
    )
    gather = func.json_group_array if dialect == "sqlite" else func.json_agg
    wish = [one.c[name] for name in shared]
    return select(*wish, gather(one.c.id, type_=JSON)).group_by(*wish).order_by(one.c.next_due)


async def due_groups(session: Session, now: datetime, limit: int) -> Sequence[Subscription]:
    """Take up to `limit` subscriptions of groups whose moment has come, the longest due first.

    Each with its group's row, which a change of the group's wishes locks before the subscription: what is
    held by one is passed over, not waited for.
    """
    query = (
        select(Subscription)
        .join(Group, Group.chat_id == Subscription.chat_id)
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


async def move_on(
    session: Session, moves: Sequence[tuple[datetime, date | None, bool, Sequence[int]]]
) -> None:
    """Set the next moment and the last date of many; a pause is over by then.

    Counts the days in a row whose question got no answer, too, before the next one is sent.

    Args:
        moves: next moment, last date, and whether a question comes now, with the ids that share them.
    """
    await tell(session, _move_on(dialect_of(session)), rows=moves)


@cache
def _move_on(dialect: str) -> Update:
    new = shared(dialect, "id", next_due=Moment(), last_on=Date(), comes=Boolean())
    answered = exists().where(
        Review.user_id == Subscription.user_id, Review.reviewed_on >= Subscription.last_on
    )
    unanswered = case(
        (or_(not_(new.c.comes), Subscription.last_on.is_(None)), Subscription.unanswered),
        (answered, 0),
        else_=Subscription.unanswered + 1,
    )
    return (
        update(Subscription)
        .where(Subscription.id == new.c.id)
        .values(
            next_due=new.c.next_due,
            last_on=new.c.last_on,
            unanswered=unanswered,
            status="active",
            paused_until=None,
        )
    )


async def stop_all(session: Session, ids: Sequence[int], status: str) -> None:
    """End the sends of some subscriptions that wanted them: `blocked` or `paused`."""
    if ids:
        query = (
            update(Subscription)
            .where(Subscription.id.in_(ids), Subscription.status.in_(("active", "paused")))
            .values(status=status, next_due=None, paused_until=None)
        )
        await (await connection_of(session)).execute(query)


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

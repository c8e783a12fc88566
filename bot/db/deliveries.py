"""Scheduled sends: written by the claim, held under a lease, then closed. All in bulk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import Delivery, Subscription

Values = Mapping[str, Any]

_ASK_OF = (
    update(Delivery).where(Delivery.id == bindparam("delivery_id")).values(ask_id=bindparam("made_ask_id"))
)
_PUT_OFF = (
    update(Delivery)
    .where(Delivery.id == bindparam("delivery_id"), Delivery.status == "claimed")
    .values(lease_until=bindparam("until"), attempts=Delivery.attempts + 1)
)


async def add(session: Session, rows: Sequence[Values]) -> list[int]:
    """Add claimed deliveries.

    Args:
        rows: subscription_id, due_at, due_on and lease_until of each.

    Returns:
        Their ids; a moment that has its delivery already gets no second one.
    """
    if not rows:
        return []
    query = insert(session, Delivery).on_conflict_do_nothing().returning(Delivery.id)
    full = [{**row, "status": "claimed", "attempts": 0} for row in rows]
    return list((await session.execute(query, full)).scalars())


async def take_over(
    session: Session, now: datetime, until: datetime, limit: int, but: Collection[int] = ()
) -> list[int]:
    """Renew the lease of deliveries whose lease ran out: their holder died, or put them off.

    Args:
        but: ids to leave alone: the caller has them in hand.

    Returns:
        Their ids, the longest left first.
    """
    query = (
        select(Delivery.id)
        .where(Delivery.status == "claimed", Delivery.lease_until <= now)
        .order_by(Delivery.lease_until)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if but:
        query = query.where(Delivery.id.not_in(but))
    ids = list((await session.execute(query)).scalars())
    await renew(session, ids, until)
    return ids


async def renew(session: Session, ids: Sequence[int], until: datetime) -> None:
    """Hold some deliveries for longer."""
    if ids:
        query = update(Delivery).where(Delivery.id.in_(ids), Delivery.status == "claimed")
        await _run(session, query.values(lease_until=until))


async def in_hand(session: Session, ids: Sequence[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Read claimed deliveries with their subscriptions, oldest first.

    Each row has the delivery's `id`, `ask_id`, `due_at`, `due_on` and `attempts`, and the subscription's
    `subscription_id`, `chat_id`, `user_id`, `status`, `time_zone`, `unanswered`, `topics`, `level` and
    `per_day`.
    """
    query = (
        select(
            Delivery.id,
            Delivery.ask_id,
            Delivery.due_at,
            Delivery.due_on,
            Delivery.attempts,
            Delivery.subscription_id,
            Subscription.chat_id,
            Subscription.user_id,
            Subscription.status,
            Subscription.time_zone,
            Subscription.unanswered,
            Subscription.topics,
            Subscription.level,
            Subscription.per_day,
        )
        .join(Subscription, Subscription.id == Delivery.subscription_id)
        .where(Delivery.id.in_(ids), Delivery.status == "claimed")
        .order_by(Delivery.id)
    )
    return (await session.execute(query)).all()


async def note_asks(session: Session, ask_of: Mapping[int, int]) -> None:
    """Note which ask each delivery made (delivery id -> ask id)."""
    if ask_of:
        rows = [{"delivery_id": delivery, "made_ask_id": ask} for delivery, ask in ask_of.items()]
        await _run(session, _ASK_OF, rows)


async def close(session: Session, ids: Sequence[int], status: str, now: datetime) -> None:
    """Write the end of some deliveries: sent, failed or skipped."""
    if ids:
        query = update(Delivery).where(Delivery.id.in_(ids)).values(status=status, closed_at=now)
        await _run(session, query)


async def put_off(session: Session, until: Mapping[int, datetime]) -> None:
    """Leave some deliveries to a later try (delivery id -> moment)."""
    if until:
        rows = [{"delivery_id": delivery, "until": moment} for delivery, moment in until.items()]
        await _run(session, _PUT_OFF, rows)


async def waiting(session: Session, now: datetime) -> int:
    """Count what is due by now and not sent: unclaimed subscriptions and open deliveries."""
    due = select(func.count()).select_from(Subscription).where(Subscription.next_due <= now)
    open_ones = select(func.count()).select_from(Delivery).where(Delivery.status == "claimed")
    query = select(due.scalar_subquery() + open_ones.scalar_subquery())
    return await session.scalar(query) or 0


async def _run(session: Session, query: Any, rows: Sequence[Values] | None = None) -> None:
    """Execute past the unit of work: nothing of it is loaded, and many rows are one statement."""
    connection = await session.connection()
    if rows is None:
        await connection.execute(query)
    else:
        await connection.execute(query, rows)

"""Scheduled sends: claimed with a lease, then closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update

from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import Delivery


async def claim(
    session: Session, subscription_id: int, due_at: datetime, due_on: date, lease_until: datetime
) -> int | None:
    """Add a delivery under a lease.

    Returns:
        Its id, or None when that moment has its delivery already.
    """
    row = (
        insert(session, Delivery)
        .values(
            subscription_id=subscription_id,
            due_at=due_at,
            due_on=due_on,
            status="claimed",
            lease_until=lease_until,
            attempts=0,
        )
        .on_conflict_do_nothing()
        .returning(Delivery.id)
    )
    return (await session.execute(row)).scalar_one_or_none()


async def abandoned(session: Session, now: datetime, limit: int) -> Sequence[Delivery]:
    """Take claimed deliveries whose lease ran out: their holder died, or put them off."""
    query = (
        select(Delivery)
        .where(Delivery.status == "claimed", Delivery.lease_until <= now)
        .order_by(Delivery.lease_until)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(query)).scalars().all()


async def close(session: Session, delivery_ids: Sequence[int], status: str, now: datetime) -> None:
    """Write the end of some deliveries: sent, failed or skipped."""
    query = update(Delivery).where(Delivery.id.in_(delivery_ids)).values(status=status, closed_at=now)
    await session.execute(query)


async def put_off(session: Session, delivery_ids: Sequence[int], until: datetime) -> None:
    """Leave some deliveries to a later try."""
    query = (
        update(Delivery)
        .where(Delivery.id.in_(delivery_ids))
        .values(lease_until=until, attempts=Delivery.attempts + 1)
    )
    await session.execute(query)


async def find(session: Session, delivery_id: int) -> Delivery | None:
    """Read one."""
    return await session.get(Delivery, delivery_id)

"""Leases on PostgreSQL, by its clock: the machines' own may differ."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from bot.db.engine import Session
from bot.db.lease_table import Lease


async def take(session: Session, name: str, holder: str, span: timedelta) -> bool:
    """Take a lease that is free or ran out, or hold one's own for longer; False when another has it."""
    now = func.clock_timestamp()
    row = insert(Lease).values(name=name, holder=holder, until=now + span)
    query = row.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": row.excluded.holder, "until": row.excluded.until},
        where=or_(Lease.holder == holder, Lease.until < now),
    ).returning(Lease.holder)
    return await session.scalar(query) == holder


async def give_up(session: Session, name: str, holder: str) -> None:
    """End one's own lease, so that another may have it at once."""
    await session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))


async def clock(session: Session) -> datetime:
    """Ask the database what time it is."""
    now: datetime = (await session.execute(select(func.clock_timestamp()))).scalar_one()
    return now

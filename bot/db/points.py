"""The course of readiness: one point per user and local date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import ReadinessPoint


async def note(session: Session, user_id: int, day: date, share: float, low: float, high: float) -> None:
    """Keep a date's newest value."""
    values = {"share": share, "low": low, "high": high}
    row = insert(session, ReadinessPoint).values(user_id=user_id, day=day, **values)
    await session.execute(row.on_conflict_do_update(index_elements=["user_id", "day"], set_=values))


async def of_user(session: Session, user_id: int) -> Sequence[ReadinessPoint]:
    """Read a user's course, oldest first."""
    query = select(ReadinessPoint).where(ReadinessPoint.user_id == user_id).order_by(ReadinessPoint.day)
    return (await session.execute(query)).scalars().all()

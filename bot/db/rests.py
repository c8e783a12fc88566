"""Spans in which someone was paused: their streak passes over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, or_, select, update

from bot.db.engine import Session
from bot.db.tables import Rest


async def begin(session: Session, user_id: int, day: date, until: date | None) -> None:
    """Begin a rest on a local date; one that still lasts ends first. `until` is the first date after it."""
    await end(session, user_id, day)
    session.add(Rest(user_id=user_id, begun_on=day, ended_on=until))
    await session.flush()


async def end(session: Session, user_id: int, day: date) -> None:
    """End what lasts on a local date; a rest that would end where it began never was."""
    lasting = (Rest.user_id == user_id, or_(Rest.ended_on.is_(None), Rest.ended_on > day))
    await session.execute(update(Rest).where(*lasting).values(ended_on=day))
    await session.execute(delete(Rest).where(Rest.user_id == user_id, Rest.ended_on <= Rest.begun_on))


async def of_user(session: Session, user_id: int) -> Sequence[Rest]:
    """Read a user's rests, oldest first."""
    query = select(Rest).where(Rest.user_id == user_id).order_by(Rest.begun_on)
    return (await session.execute(query)).scalars().all()

"""Runs of questions on demand: at most one is open per user."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from bot.db.engine import Session
from bot.db.tables import Ask, Practice, Review


async def open_one(session: Session, user_id: int) -> Practice | None:
    """Read the user's open practice, locked for a change."""
    query = select(Practice).where(Practice.user_id == user_id, Practice.ended_at.is_(None)).with_for_update()
    return (await session.execute(query)).scalar_one_or_none()


async def find(session: Session, practice_id: int) -> Practice | None:
    """Read a practice, locked for a change."""
    return await session.get(Practice, practice_id, with_for_update=True)


async def start(session: Session, practice: Practice) -> Practice:
    """Open a practice; the one before it ends."""
    await session.execute(
        update(Practice)
        .where(Practice.user_id == practice.user_id, Practice.ended_at.is_(None))
        .values(ended_at=practice.started_at)
    )
    session.add(practice)
    await session.flush()
    return practice


async def end(session: Session, practice: Practice, now: datetime) -> None:
    """Close a practice."""
    practice.ended_at = now
    await session.flush()


async def results(session: Session, practice_id: int) -> tuple[int, int]:
    """Count what was known and what was missed; a corrected answer counts as corrected."""
    newest = (
        select(func.max(Review.id))
        .join(Ask, Ask.id == Review.ask_id)
        .where(Ask.practice_id == practice_id)
        .group_by(Review.ask_id)
    )
    ratings: Sequence[int] = (
        (await session.execute(select(Review.rating).where(Review.id.in_(newest)))).scalars().all()
    )
    known = sum(rating > 1 for rating in ratings)
    return known, len(ratings) - known

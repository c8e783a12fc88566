"""The log of answers: rows are added, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import aliased

from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import Review


async def add(session: Session, review: dict[str, object]) -> int | None:
    """Append a review.

    Returns:
        Its id, or None when the ask was rated (or the review corrected) in the meantime.
    """
    row = insert(session, Review).values(review).on_conflict_do_nothing().returning(Review.id)
    return (await session.execute(row)).scalar_one_or_none()


async def log(session: Session, user_id: int) -> Sequence[Review]:
    """Read a user's reviews, the corrected ones and their corrections included, oldest first."""
    query = select(Review).where(Review.user_id == user_id).order_by(Review.id)
    return (await session.execute(query)).scalars().all()


async def answered_since(session: Session, user_id: int, day: date) -> bool:
    """Tell whether a user rated anything on a local date or later."""
    query = select(exists().where(Review.user_id == user_id, Review.reviewed_on >= day))
    return bool(await session.scalar(query))


async def days(session: Session, user_id: int) -> Sequence[date]:
    """List the local dates with a review, newest first."""
    query = (
        select(Review.reviewed_on)
        .where(Review.user_id == user_id)
        .group_by(Review.reviewed_on)
        .order_by(Review.reviewed_on.desc())
    )
    return (await session.execute(query)).scalars().all()


async def tally(session: Session, user_id: int) -> Sequence[Row[str, int, int]]:
    """Count a user's standing reviews by topic: (topic, answers, of them known)."""
    later = aliased(Review)
    known = func.count().filter(Review.rating > 1)
    query = (
        select(Review.topic, func.count(), known)
        .where(Review.user_id == user_id, ~exists().where(later.replaces == Review.id))
        .group_by(Review.topic)
    )
    return (await session.execute(query)).all()

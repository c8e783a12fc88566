"""The log of answers: rows are added, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from sqlalchemy import Insert, Row, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from bot.db.bulk import dialect_of, run
from bot.db.engine import Session
from bot.db.inserting import insert_on
from bot.db.tables import Review


async def add(session: Session, review: Mapping[str, object]) -> int | None:
    """Append a review.

    Returns:
        Its id, or None when the ask was rated (or the review corrected) in the meantime.
    """
    return (await run(session, adding(dialect_of(session)), **parameters_of(review))).scalar_one_or_none()


def parameters_of(review: Mapping[str, object]) -> dict[str, object]:
    """Give a review's values as parameters of `adding`."""
    return {"guess": 0.0, "replaces": None, **review}


@cache
def adding(dialect: str) -> Insert:
    """Build the appending of a review; once per engine."""
    names = [column.name for column in Review.__table__.columns if column.name != "id"]
    row = insert_on(dialect, Review).values({name: bindparam(name) for name in names})
    return row.on_conflict_do_nothing().returning(Review.__table__.c.id)


async def log(session: Session, user_id: int) -> Sequence[Review]:
    """Read a user's reviews, the corrected ones and their corrections included, oldest first."""
    query = select(Review).where(Review.user_id == user_id).order_by(Review.id)
    return (await session.execute(query)).scalars().all()


async def answered_since(session: Session, user_id: int, day: date) -> bool:
    """Tell whether a user rated anything on a local date or later."""
    query = select(exists().where(Review.user_id == user_id, Review.reviewed_on >= day))
    return bool(await session.scalar(query))


async def counts_by_day(session: Session, user_id: int, since: date) -> Sequence[tuple[date, int]]:
    """Count a user's answers on each local date after `since`, oldest first; a correction is no answer."""
    query = (
        select(Review.reviewed_on, func.count())
        .where(Review.user_id == user_id, Review.reviewed_on > since, Review.replaces.is_(None))
        .group_by(Review.reviewed_on)
        .order_by(Review.reviewed_on)
    )
    return [(day, count) for day, count in (await session.execute(query)).all()]


async def since(session: Session, user_id: int, day: date) -> tuple[int, int, int]:
    """Count a user's standing answers from a local date on: answers, those known, dates with any."""
    later = aliased(Review)
    query = select(
        func.count(), func.count().filter(Review.rating > 1), func.count(Review.reviewed_on.distinct())
    ).where(
        Review.user_id == user_id,
        Review.reviewed_on >= day,
        ~exists().where(later.replaces == Review.id),
    )
    answers, known, days = (await session.execute(query)).one()
    return answers, known, days


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

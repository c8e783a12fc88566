"""What a press on a card reads and what a rating writes, in as few statements as there can be.

What is read are plain rows: mapped objects cost several times that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Insert, and_, bindparam, select

from bot.db import cards, reviews
from bot.db.bulk import dialect_of, run
from bot.db.engine import Session
from bot.db.inserting import parameters_of, upsert_beside
from bot.db.learners import Known
from bot.db.tables import Ask, Base, Card, Learner, Review, User


class PressedAsk(NamedTuple):
    """The ask whose button was pressed."""

    id: int
    question_id: str
    content_hash: str
    way: str
    practice_id: int | None
    number: int
    of: int
    reason: dict[str, Any]
    option_order: str | None
    revealed_at: datetime | None
    hinted_at: datetime | None


class PressedUser(NamedTuple):
    """Who pressed."""

    id: int
    time_zone: str | None
    four_buttons: bool
    interview_on: date | None
    interview_set_on: date | None


class PressedCard(NamedTuple):
    """The user's memory of the question."""

    question_id: str
    stability: float | None
    difficulty: float | None
    reviewed_on: date | None
    due_on: date | None
    asked_on: date | None
    missed: bool
    misses: int
    last_review_id: int | None


class PressedReview(NamedTuple):
    """The newest review of this very ask by this user: the one that stands."""

    id: int
    topic: str
    rating: int
    first: bool
    guess: float
    reviewed_on: date


@dataclass(frozen=True, slots=True)
class AskInHand:
    """All that a press on a card needs."""

    ask: PressedAsk
    user: PressedUser
    learner: Known | None
    card: PressedCard | None
    review: PressedReview | None


async def in_hand(session: Session, ask_id: int, user_id: int) -> AskInHand | None:
    """Read an ask for a press by its user, whose row is locked until the transaction ends.

    The lock is a statement of its own: one that waits for a lock goes on with the rows as they were
    before the wait. SQLite has one writer at a time, and needs none.

    Returns:
        None when there is no such ask, or it was not shown to this user.
    """
    if dialect_of(session) == "postgresql":
        await run(session, _LOCK, user=user_id)
    row = (await run(session, _IN_HAND, user=user_id, ask=ask_id)).one_or_none()
    if row is None:
        return None
    ask, user, learner, card, review = (row[start:end] for start, end in _SPANS)
    return AskInHand(
        PressedAsk._make(ask),
        PressedUser._make(user),
        Known._make(learner) if learner[0] is not None else None,
        PressedCard._make(card) if card[0] is not None else None,
        PressedReview._make(review) if review[0] is not None else None,
    )


async def record(
    session: Session, review: Mapping[str, object], card: Mapping[str, object], learner: Mapping[str, object]
) -> bool:
    """Append a review; write its card, which comes to name it, and its learner. One statement on PostgreSQL.

    Returns:
        False when the ask was rated in the meantime: then nothing is written.
    """
    if dialect_of(session) == "postgresql":
        written = {
            **reviews.parameters_of(review),
            **parameters_of(Card, card),
            **parameters_of(Learner, learner),
        }
        return (await run(session, _record(), **written)).one_or_none() is not None
    review_id = await reviews.add(session, review)
    if review_id is None:
        return False
    await cards.put(session, {**card, "last_review_id": review_id}, learner)
    return True


@cache
def _record() -> Insert:
    review = reviews.adding("postgresql").cte("review")
    card = upsert_beside(review, Card, "user_id", "question_id", last_review_id=review.c.id).cte("card")
    learner = upsert_beside(review, Learner, "user_id")
    return learner.add_cte(card).returning(Learner.user_id)


_PARTS: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (Ask, PressedAsk._fields),
    (User, PressedUser._fields),
    (Learner, Known._fields),
    (Card, PressedCard._fields),
    (Review, PressedReview._fields),
)
"""The tables, and the columns of each; its first is never null in a row that is there."""

_ENDS = tuple(sum(len(names) for _, names in _PARTS[: place + 1]) for place in range(len(_PARTS)))
_SPANS = tuple(zip((0, *_ENDS), _ENDS, strict=False))
"""Where each table's columns stand in a row."""

_LOCK = select(User.id).where(User.id == bindparam("user")).with_for_update()

_IN_HAND = (
    select(*[getattr(table, name) for table, names in _PARTS for name in names])
    .select_from(Ask)
    .join(User, User.id == Ask.user_id)
    .outerjoin(Learner, Learner.user_id == User.id)
    .outerjoin(Card, and_(Card.user_id == User.id, Card.question_id == Ask.question_id))
    .outerjoin(Review, and_(Review.ask_id == Ask.id, Review.user_id == User.id))
    .where(Ask.id == bindparam("ask"), Ask.user_id == bindparam("user"))
    .order_by(Review.id.desc())
    .limit(1)
)

"""What was shown where: asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select, update

from bot.db.engine import Session
from bot.db.tables import Ask, Card, Learner, Review, User


@dataclass(frozen=True, slots=True)
class AskInHand:
    """All that a press on a card needs, read in one statement."""

    ask: Ask
    user: User
    learner: Learner | None
    card: Card | None
    review: Review | None
    """The newest review of this very ask by this user: the one that stands."""


async def in_hand(session: Session, ask_id: int, user_id: int) -> AskInHand | None:
    """Read an ask for a press by its user, whose row is locked until the transaction ends.

    Returns:
        None when there is no such ask, or it was not shown to this user.
    """
    query = (
        select(Ask, User, Learner, Card, Review)
        .select_from(Ask)
        .join(User, User.id == user_id)
        .outerjoin(Learner, Learner.user_id == user_id)
        .outerjoin(Card, and_(Card.user_id == user_id, Card.question_id == Ask.question_id))
        .outerjoin(Review, and_(Review.ask_id == Ask.id, Review.user_id == user_id))
        .where(Ask.id == ask_id, Ask.user_id == user_id)
        .order_by(Review.id.desc())
        .limit(1)
        .with_for_update(of=User)
    )
    row = (await session.execute(query)).one_or_none()
    return AskInHand(*row) if row else None


async def unsent(session: Session, user_id: int, way: str, practice_id: int | None) -> Ask | None:
    """Find an ask that was chosen but, after a crash or a broken line, never confirmed as shown."""
    query = (
        select(Ask)
        .where(Ask.user_id == user_id, Ask.way == way, Ask.message_id.is_(None))
        .where(Ask.practice_id == practice_id if practice_id else Ask.practice_id.is_(None))
        .order_by(Ask.id.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def daily_on(session: Session, user_id: int, day: date) -> int:
    """Count the daily questions that a user was shown on a local date."""
    query = select(func.count()).where(Ask.user_id == user_id, Ask.asked_on == day, Ask.way == "daily")
    return await session.scalar(query) or 0


async def shown(session: Session, ask_id: int, message_id: int) -> None:
    """Note the message that shows an ask; the first one stays."""
    query = update(Ask).where(Ask.id == ask_id, Ask.message_id.is_(None)).values(message_id=message_id)
    await session.execute(query)


async def latest_of_question(session: Session, user_id: int, question_id: str) -> int | None:
    """Find the newest ask of a question to a user: an older one can no longer be corrected."""
    query = select(func.max(Ask.id)).where(Ask.user_id == user_id, Ask.question_id == question_id)
    return await session.scalar(query)


async def add(session: Session, ask: Ask) -> Ask:
    """Write a new ask, so that it has its id."""
    session.add(ask)
    await session.flush()
    return ask

"""What was shown where: asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, bindparam, func, insert, select, update

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

    The lock is a statement of its own: one that waits for a lock goes on with the rows as they were
    before the wait. SQLite has one writer at a time, and needs none.

    Returns:
        None when there is no such ask, or it was not shown to this user.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(User.id).where(User.id == user_id).with_for_update())
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
    )
    row = (await session.execute(query)).one_or_none()
    return AskInHand(*row) if row else None


async def newest(session: Session, user_id: int, day: date) -> Ask | None:
    """Find the newest ask of a user on a local date."""
    query = select(Ask).where(Ask.user_id == user_id, Ask.asked_on == day).order_by(Ask.id.desc()).limit(1)
    return (await session.execute(query)).scalar_one_or_none()


async def unsent(session: Session, user_id: int, way: str, day: date, practice_id: int | None) -> Ask | None:
    """Find an ask of a local date that was chosen but, after a crash or a broken line, never confirmed."""
    query = (
        select(Ask)
        .where(Ask.user_id == user_id, Ask.asked_on == day)
        .where(Ask.way == way, Ask.message_id.is_(None))
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


async def daily_of_users(
    session: Session, user_ids: Sequence[int], days: Sequence[date]
) -> dict[int, list[Ask]]:
    """Read the daily asks of many users on some local dates, oldest first."""
    query = (
        select(Ask)
        .where(Ask.user_id.in_(user_ids), Ask.asked_on.in_(days), Ask.way == "daily")
        .order_by(Ask.id)
    )
    found = defaultdict[int, list[Ask]](list)
    for ask in (await session.execute(query)).scalars():
        found[ask.user_id or 0].append(ask)
    return found


async def add_all(session: Session, new: Sequence[Ask]) -> None:
    """Write many new asks in one statement, each of another user, so that they have their ids."""
    if not new:
        return
    names = [column.name for column in Ask.__table__.columns if column.name != "id"]
    # Past the instrumented attributes, which cost more than the statement.
    rows = [{name: vars(ask).get(name) for name in names} for ask in new]
    query = insert(Ask).returning(Ask.id, Ask.user_id)
    made = {user_id: ask_id for ask_id, user_id in await (await session.connection()).execute(query, rows)}
    for ask in new:
        ask.id = made[ask.user_id]


async def shown_all(session: Session, message_of: Mapping[int, int]) -> None:
    """Note the messages that show many asks (ask id -> message id); the first one of each stays."""
    query = (
        update(Ask)
        .where(Ask.id == bindparam("shown_id"), Ask.message_id.is_(None))
        .values(message_id=bindparam("shown_in"))
    )
    if message_of:
        rows = [{"shown_id": ask, "shown_in": message} for ask, message in message_of.items()]
        await (await session.connection()).execute(query, rows)

"""Members' answers in rounds, and the points of boards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select, update

from bot.db.engine import Session
from bot.db.group_tables import Answer, Member, Round
from bot.db.inserting import insert


@dataclass(frozen=True, slots=True)
class Named:
    """An answer with the round's number and the name to show; no name for a hidden member."""

    answer: Answer
    number: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Total:
    """One member's points on a board."""

    user_id: int
    name: str | None
    points: int
    answers: int


async def add(session: Session, answer: dict[str, object]) -> bool:
    """Write an answer; False when the member had answered that round."""
    row = insert(session, Answer).values(answer).on_conflict_do_nothing().returning(Answer.user_id)
    return (await session.execute(row)).scalar_one_or_none() is not None


async def find(session: Session, round_id: int, user_id: int) -> Answer | None:
    """Read one."""
    return await session.get(Answer, (round_id, user_id))


async def streak_before(session: Session, quiz_id: int, number: int, user_id: int) -> int:
    """Tell how many right answers in a row a member had in the round before."""
    query = (
        select(Answer.streak)
        .join(Round, Round.id == Answer.round_id)
        .where(Round.quiz_id == quiz_id, Round.number == number - 1, Answer.user_id == user_id)
    )
    return await session.scalar(query) or 0


async def counted_on(session: Session, user_id: int, question_id: str, day: date) -> bool:
    """Tell whether a question brought a member points on that date, in whatever group."""
    query = select(
        exists().where(
            Answer.user_id == user_id,
            Answer.question_id == question_id,
            Answer.answered_on == day,
            Answer.on_board.is_(True),
        )
    )
    return bool(await session.scalar(query))


async def count(session: Session, round_id: int) -> int:
    """Count the answers of a round."""
    query = select(func.count()).select_from(Answer).where(Answer.round_id == round_id)
    return await session.scalar(query) or 0


async def of_quiz(session: Session, quiz_id: int) -> Sequence[Named]:
    """Read all answers of a game, in the order they came."""
    query = (
        select(Answer, Round.number, Member.name, Member.hidden)
        .join(Round, Round.id == Answer.round_id)
        .outerjoin(Member, (Member.chat_id == Answer.chat_id) & (Member.user_id == Answer.user_id))
        .where(Round.quiz_id == quiz_id)
        .order_by(Round.number, Answer.answered_at)
    )
    rows = (await session.execute(query)).all()
    return [Named(answer, number, None if hidden else name) for answer, number, name, hidden in rows]


async def board(
    session: Session, chat_id: int, since: date | None, before: date | None, limit: int
) -> Sequence[Total]:
    """Add up the points of a chat's present members, the highest first.

    Args:
        since: first local date that counts; None has no beginning.
        before: first local date that no longer counts; None has no end.
    """
    points = func.sum(Answer.points)
    query = (
        select(Answer.user_id, Member.name, Member.hidden, points, func.count())
        .join(Member, (Member.chat_id == Answer.chat_id) & (Member.user_id == Answer.user_id))
        .where(Answer.chat_id == chat_id, Answer.on_board.is_(True), Member.left_at.is_(None))
        .group_by(Answer.user_id, Member.name, Member.hidden)
        .having(points > 0)
        .order_by(points.desc(), Answer.user_id)
        .limit(limit)
    )
    if since is not None:
        query = query.where(Answer.answered_on >= since)
    if before is not None:
        query = query.where(Answer.answered_on < before)
    rows = (await session.execute(query)).all()
    return [Total(row[0], None if row[2] else row[1], int(row[3]), row[4]) for row in rows]


async def move_chat(session: Session, old_id: int, new_id: int) -> None:
    """Let a chat's points follow it to its new id."""
    await session.execute(update(Answer).where(Answer.chat_id == old_id).values(chat_id=new_id))

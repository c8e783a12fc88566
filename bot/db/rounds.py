"""Rounds of groups' games, each with its ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update

from bot.db.engine import Session
from bot.db.group_tables import Quiz, Round
from bot.db.tables import Ask


@dataclass(frozen=True, slots=True)
class RoundInHand:
    """A round with what it belongs to."""

    round: Round
    ask: Ask
    quiz: Quiz


async def of_poll(session: Session, poll_id: str) -> RoundInHand | None:
    """Find the round that a poll belongs to; none for an orphan or somebody else's poll."""
    return await _one(session, Round.poll_id == poll_id)


async def find(session: Session, round_id: int) -> RoundInHand | None:
    """Read a round."""
    return await _one(session, Round.id == round_id)


async def _one(session: Session, condition: object) -> RoundInHand | None:
    query = (
        select(Round, Ask, Quiz)
        .join(Ask, Ask.id == Round.ask_id)
        .join(Quiz, Quiz.id == Round.quiz_id)
        .where(condition)  # type: ignore[arg-type]  # a comparison of a column
    )
    row = (await session.execute(query)).one_or_none()
    return RoundInHand(*row) if row else None


async def is_any_on_its_way(session: Session) -> bool:
    """Tell whether a round is being shown; its lease does not matter, as who took the move may be late."""
    query = (
        select(Round.id)
        .join(Quiz, Quiz.id == Round.quiz_id)
        .where(Quiz.busy.is_(True), Quiz.step_at.is_not(None), Round.message_id.is_(None))
    )
    return bool(await session.scalar(select(query.exists())))


async def last(session: Session, quiz_id: int) -> tuple[Round, Ask] | None:
    """Read the newest round of a game."""
    query = (
        select(Round, Ask)
        .join(Ask, Ask.id == Round.ask_id)
        .where(Round.quiz_id == quiz_id)
        .order_by(Round.number.desc())
        .limit(1)
    )
    row = (await session.execute(query)).one_or_none()
    return (row[0], row[1]) if row else None


async def of_quiz(session: Session, quiz_id: int) -> Sequence[tuple[Round, Ask]]:
    """Read the rounds of a game, in order."""
    query = (
        select(Round, Ask)
        .join(Ask, Ask.id == Round.ask_id)
        .where(Round.quiz_id == quiz_id)
        .order_by(Round.number)
    )
    return [(row[0], row[1]) for row in (await session.execute(query)).all()]


async def asked_in(session: Session, chat_id: int) -> dict[str, date]:
    """Tell when each question was last asked in a group."""
    query = (
        select(Ask.question_id, func.max(Ask.asked_on))
        .join(Round, Round.ask_id == Ask.id)
        .join(Quiz, Quiz.id == Round.quiz_id)
        .where(Quiz.chat_id == chat_id)
        .group_by(Ask.question_id)
    )
    return {row[0]: row[1] for row in (await session.execute(query)).all()}


async def leave_behind(session: Session, chat_id: int) -> None:
    """Forget the messages of a chat that has moved: the same numbers are others' in its new place."""
    query = select(Quiz.id).where(Quiz.chat_id == chat_id).scalar_subquery()
    await session.execute(
        update(Round)
        .where(Round.quiz_id.in_(query), Round.message_id.is_not(None))
        .values(message_id=0, reason_id=None, snippet_id=None)
    )


async def add(session: Session, new: Round) -> Round:
    """Write a new round, so that it has its id."""
    session.add(new)
    await session.flush()
    return new

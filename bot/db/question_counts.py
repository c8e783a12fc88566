"""First answers to each question by everyone: counted once a day out of the log's new rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import QuestionCount, Review, Watermark


async def all_counts(session: Session) -> Mapping[str, tuple[int, int]]:
    """Read question -> (first answers, of them known)."""
    rows = await session.execute(
        select(QuestionCount.question_id, QuestionCount.answers, QuestionCount.known)
    )
    return {question_id: (answers, known) for question_id, answers, known in rows.all()}


async def newest_review(session: Session) -> int:
    """Give the id of the log's last row."""
    return await session.scalar(select(func.max(Review.id))) or 0


async def first_answers(session: Session, after: int, to: int) -> Sequence[Row[str, int, int | None]]:
    """Read self-rated first answers between two log ids: (question, rating, rating that it replaces)."""
    before = aliased(Review)
    query = (
        select(Review.question_id, Review.rating, before.rating)
        .outerjoin(before, before.id == Review.replaces)
        .where(Review.id > after, Review.id <= to)
        .where(Review.first.is_(True), Review.guess == 0, Review.way != "group")
    )
    return (await session.execute(query)).all()


async def add(session: Session, question_id: str, answers: int, known: int) -> None:
    """Add to a question's counters."""
    row = insert(session, QuestionCount).values(question_id=question_id, answers=answers, known=known)
    grown = {
        "answers": QuestionCount.answers + row.excluded.answers,
        "known": QuestionCount.known + row.excluded.known,
    }
    await session.execute(row.on_conflict_do_update(index_elements=["question_id"], set_=grown))


async def watermark(session: Session, name: str) -> int:
    """Tell how far a job has come; 0 before its first run."""
    return await session.scalar(select(Watermark.value).where(Watermark.name == name)) or 0


async def move_watermark(session: Session, name: str, value: int) -> None:
    """Note how far a job has come."""
    row = insert(session, Watermark).values(name=name, value=value)
    await session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

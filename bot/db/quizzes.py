"""Groups' games: at most one is open per chat or forum topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from bot.db.engine import Session
from bot.db.group_tables import Player, Quiz
from bot.db.inserting import insert


async def open_one(session: Session, chat_id: int, thread_id: int) -> Quiz | None:
    """Read the open game of a chat or topic."""
    query = select(Quiz).where(
        Quiz.chat_id == chat_id,
        Quiz.thread_id == thread_id,
        Quiz.ended_at.is_(None),
        Quiz.kind == "game",
    )
    return (await session.execute(query)).scalar_one_or_none()


async def start(session: Session, values: dict[str, object]) -> Quiz | None:
    """Open a game; None when the chat or topic has one."""
    row = insert(session, Quiz).values(values).on_conflict_do_nothing().returning(Quiz.id)
    quiz_id = (await session.execute(row)).scalar_one_or_none()
    return await session.get(Quiz, quiz_id) if quiz_id is not None else None


async def find(session: Session, quiz_id: int) -> Quiz | None:
    """Read a game, locked for a change."""
    return await session.get(Quiz, quiz_id, with_for_update=True)


async def look_up(session: Session, quiz_id: int) -> Quiz | None:
    """Read a game without a lock."""
    return await session.get(Quiz, quiz_id)


async def due_ids(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """List games whose next move is due, the longest waiting first."""
    query = select(Quiz.id).where(Quiz.step_at <= now).order_by(Quiz.step_at).limit(limit)
    return (await session.execute(query)).scalars().all()


async def next_moment(session: Session) -> datetime | None:
    """Find the earliest moment at which a game has a move to make."""
    return await session.scalar(select(func.min(Quiz.step_at)))


async def take_due(session: Session, quiz_id: int, now: datetime) -> Quiz | None:
    """Lock a game whose move is due; None when it is not, or another one holds it."""
    query = select(Quiz).where(Quiz.id == quiz_id, Quiz.step_at <= now).with_for_update(skip_locked=True)
    return (await session.execute(query)).scalar_one_or_none()


async def open_in_chat(session: Session, chat_id: int) -> Sequence[Quiz]:
    """Read and lock all open games of a chat, its daily question's included."""
    is_open = (Quiz.chat_id == chat_id, Quiz.ended_at.is_(None))
    query = select(Quiz).where(*is_open).order_by(Quiz.id).with_for_update()
    return (await session.execute(query)).scalars().all()


async def daily_topics(session: Session, chat_id: int) -> Sequence[str | None]:
    """List the topics of a chat's daily questions, the newest first."""
    query = select(Quiz.topic).where(Quiz.chat_id == chat_id, Quiz.kind == "daily").order_by(Quiz.id.desc())
    return (await session.execute(query)).scalars().all()


async def join(session: Session, quiz_id: int, user_id: int, now: datetime) -> bool:
    """Note who is in; False if they were."""
    row = (
        insert(session, Player)
        .values(quiz_id=quiz_id, user_id=user_id, joined_at=now)
        .on_conflict_do_nothing()
        .returning(Player.user_id)
    )
    return (await session.execute(row)).scalar_one_or_none() is not None


async def players(session: Session, quiz_id: int) -> Sequence[int]:
    """List who is in, the first to join first."""
    query = select(Player.user_id).where(Player.quiz_id == quiz_id).order_by(Player.joined_at)
    return (await session.execute(query)).scalars().all()


async def move_chat(session: Session, old_id: int, new_id: int) -> None:
    """Let a chat's games follow it to its new id."""
    await session.execute(update(Quiz).where(Quiz.chat_id == old_id).values(chat_id=new_id))

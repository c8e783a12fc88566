"""Who plays in which group, under which name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.db.engine import Session
from bot.db.group_tables import Member
from bot.db.inserting import insert


async def seen(session: Session, chat_id: int, user_id: int, name: str) -> None:
    """Note that someone is in a group, and how they are called now; their wishes stay."""
    row = insert(session, Member).values(
        chat_id=chat_id, user_id=user_id, name=name, hidden=False, counted=False, left_at=None
    )
    changes = {"name": name, "left_at": None}
    await session.execute(row.on_conflict_do_update(index_elements=["chat_id", "user_id"], set_=changes))


async def find(session: Session, chat_id: int, user_id: int) -> Member | None:
    """Read a member."""
    return await session.get(Member, (chat_id, user_id))


async def names(session: Session, chat_id: int, user_ids: Sequence[int]) -> dict[int, str | None]:
    """Give the names to show; none for a hidden member."""
    query = select(Member.user_id, Member.name, Member.hidden).where(
        Member.chat_id == chat_id, Member.user_id.in_(user_ids)
    )
    return {row[0]: None if row[2] else row[1] for row in (await session.execute(query)).all()}


async def left(session: Session, chat_id: int, user_id: int, now: datetime) -> None:
    """Note that someone has left a group."""
    query = update(Member).where(Member.chat_id == chat_id, Member.user_id == user_id).values(left_at=now)
    await session.execute(query)


async def counted(session: Session, chat_id: int) -> Sequence[int]:
    """List the present members who agreed to be counted."""
    query = select(Member.user_id).where(
        Member.chat_id == chat_id, Member.counted.is_(True), Member.left_at.is_(None)
    )
    return (await session.execute(query)).scalars().all()


async def move_chat(session: Session, old_id: int, new_id: int) -> None:
    """Let a chat's members follow it to its new id."""
    known = select(Member.user_id).where(Member.chat_id == old_id).scalar_subquery()
    await session.execute(delete(Member).where(Member.chat_id == new_id, Member.user_id.in_(known)))
    await session.execute(update(Member).where(Member.chat_id == old_id).values(chat_id=new_id))

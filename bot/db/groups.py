"""Groups that the bot was added to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select, update

from bot.db.engine import Session
from bot.db.group_tables import Group
from bot.db.inserting import insert
from bot.db.tables import Ask, Subscription


async def lock(session: Session, chat_id: int, now: datetime) -> Group:
    """Read a group for a change, making the row first if there is none."""
    query = select(Group).where(Group.chat_id == chat_id).with_for_update()
    group = (await session.execute(query)).scalar_one_or_none()
    if group is None:
        row = insert(session, Group).values(chat_id=chat_id, joined_at=now)
        await session.execute(row.on_conflict_do_nothing())
        group = (await session.execute(query)).scalar_one()
    return group


async def find(session: Session, chat_id: int) -> Group | None:
    """Read a group."""
    return await session.get(Group, chat_id)


async def zone(session: Session, chat_id: int) -> str | None:
    """Tell the time zone that a group's daily question goes by."""
    found: str | None = await session.scalar(
        select(Subscription.time_zone).where(Subscription.chat_id == chat_id)
    )
    return found


async def move_chat(session: Session, old_id: int, new_id: int) -> None:
    """Let a group's wishes, subscription and asks follow it to its new id."""
    has_old = exists().where(Subscription.chat_id == old_id)
    if await session.scalar(select(has_old)):
        await session.execute(delete(Subscription).where(Subscription.chat_id == new_id))
    for table in (Group, Subscription, Ask):
        await session.execute(update(table).where(table.chat_id == old_id).values(chat_id=new_id))

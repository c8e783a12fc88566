"""Who: people that talk to the bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select, update

from bot.db.bulk import dialect_of, is_among, run
from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import User


async def find(session: Session, user_id: int) -> User | None:
    """Read a user without a lock."""
    return await session.get(User, user_id)


async def lock(session: Session, user_id: int, now: datetime) -> User:
    """Read a user for a change, making the row first if there is none: changes of one user take turns."""
    query = select(User).where(User.id == user_id).with_for_update()
    user = (await session.execute(query)).scalar_one_or_none()
    if user is None:
        row = insert(session, User).values(id=user_id, created_at=now)
        await session.execute(row.on_conflict_do_nothing())
        user = (await session.execute(query)).scalar_one()
    return user


async def lock_known(session: Session, user_id: int) -> bool:
    """Lock a user for a change, if there is one; tell whether there is."""
    query = select(User.id).where(User.id == user_id).with_for_update()
    return await session.scalar(query) is not None


async def close_dialog(session: Session, user_id: int) -> None:
    """Forget what the bot waits to hear, if it does."""
    query = update(User).where(User.id == user_id, User.dialog.is_not(None)).values(dialog=None)
    await session.execute(query)


class Plain(NamedTuple):
    """What a choice needs of a user."""

    id: int
    four_buttons: bool
    interview_on: date | None
    interview_set_on: date | None


async def read_all(session: Session, user_ids: Sequence[int]) -> dict[int, Plain]:
    """Read many users without a lock."""
    found = (await run(session, _read_all(dialect_of(session)), ids=user_ids)).all()
    return {row[0]: Plain._make(row) for row in found}


@cache
def _read_all(dialect: str) -> Select[*tuple[Any, ...]]:
    query = select(*(getattr(User, name) for name in Plain._fields))
    return query.where(is_among(dialect, User.id))

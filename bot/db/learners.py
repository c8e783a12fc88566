"""The selection policy's state, one row per user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import select

from bot.db.engine import Session
from bot.db.inserting import insert, upsert
from bot.db.tables import Learner


async def find(session: Session, user_id: int) -> Learner | None:
    """Read a learner's row; none before the first answer."""
    return await session.get(Learner, user_id)


async def put(session: Session, learner: Learner) -> None:
    """Write a learner's row, whether or not it is there."""
    await session.execute(upsert(session, learner, "user_id"))


async def of_users(session: Session, user_ids: Sequence[int]) -> dict[int, Learner]:
    """Read the rows of many users, as plain rows that read like learners."""
    query = select(*Learner.__table__.columns).where(Learner.user_id.in_(user_ids))
    return {row.user_id: cast("Learner", row) for row in await session.execute(query)}


async def put_recent(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    """Write the last questions of many users; all else of a row that is there stays.

    Args:
        rows: every column of each.
    """
    row = insert(session, Learner)
    query = row.on_conflict_do_update(index_elements=["user_id"], set_={"recent": row.excluded.recent})
    if rows:
        await (await session.connection()).execute(query, rows)

"""The selection policy's state, one row per user."""

from __future__ import annotations

from collections.abc import Sequence

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
    """Read the rows of many users."""
    query = select(Learner).where(Learner.user_id.in_(user_ids))
    return {row.user_id: row for row in (await session.execute(query)).scalars()}


async def put_recent(session: Session, rows: Sequence[Learner]) -> None:
    """Write the last questions of many users; all else of a row that is there stays."""
    names = [column.name for column in Learner.__table__.columns]
    row = insert(session, Learner)
    query = row.on_conflict_do_update(index_elements=["user_id"], set_={"recent": row.excluded.recent})
    if rows:
        values = [{name: getattr(learner, name) for name in names} for learner in rows]
        await (await session.connection()).execute(query, values)

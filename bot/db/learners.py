"""The selection policy's state, one row per user."""

from __future__ import annotations

from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import Learner


async def find(session: Session, user_id: int) -> Learner | None:
    """Read a learner's row; none before the first answer."""
    return await session.get(Learner, user_id)


async def put(session: Session, learner: Learner) -> None:
    """Write a learner's row, whether or not it is there."""
    values = {column.name: getattr(learner, column.name) for column in Learner.__table__.columns}
    row = insert(session, Learner).values(values)
    changes = {name: row.excluded[name] for name in values if name != "user_id"}
    await session.execute(row.on_conflict_do_update(index_elements=["user_id"], set_=changes))

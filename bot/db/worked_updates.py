"""Which updates of Telegram were worked off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CursorResult, delete

from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import WorkedUpdate


async def record(session: Session, update_id: int, now: datetime) -> bool:
    """Note an update within the transaction that works it off; False if it was noted before."""
    row = insert(session, WorkedUpdate).values(id=update_id, worked_at=now).on_conflict_do_nothing()
    result = await session.execute(row)
    return isinstance(result, CursorResult) and result.rowcount == 1


async def forget_before(session: Session, moment: datetime) -> int:
    """Delete the notes older than a moment; says how many."""
    result = await session.execute(delete(WorkedUpdate).where(WorkedUpdate.worked_at < moment))
    return result.rowcount if isinstance(result, CursorResult) else 0

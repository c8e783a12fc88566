"""Which updates of Telegram were worked off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CursorResult, delete

from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import WorkedUpdate


async def record(
    session: Session, update_id: int, now: datetime, *, anew_before: datetime | None = None
) -> bool:
    """Note an update within the transaction that works it off; False if it was noted before.

    Args:
        anew_before: a note from before this moment does not count, and is made anew.
    """
    row = insert(session, WorkedUpdate).values(id=update_id, worked_at=now)
    if anew_before is None:
        row = row.on_conflict_do_nothing()
    else:
        row = row.on_conflict_do_update(
            index_elements=[WorkedUpdate.id],
            set_={"worked_at": now},
            where=WorkedUpdate.worked_at < anew_before,
        )
    result = await session.execute(row)
    return isinstance(result, CursorResult) and result.rowcount == 1


async def forget_before(session: Session, moment: datetime) -> int:
    """Delete the notes older than a moment; says how many."""
    result = await session.execute(delete(WorkedUpdate).where(WorkedUpdate.worked_at < moment))
    return result.rowcount if isinstance(result, CursorResult) else 0

"""Messages to come beside the questions: who gets which, when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, exists, func, select, update

from bot.db.engine import Session
from bot.db.inserting import insert
from bot.db.tables import Notice


async def plan(session: Session, user_id: int, kind: str, due_at: datetime, due_on: date) -> None:
    """Plan a notice, or move the one of its kind."""
    values = {"due_at": due_at, "due_on": due_on}
    row = insert(session, Notice).values(user_id=user_id, kind=kind, **values)
    await session.execute(row.on_conflict_do_update(index_elements=["user_id", "kind"], set_=values))


async def move(session: Session, user_id: int, kind: str, due_at: datetime) -> None:
    """Move a planned notice; one that was dropped meanwhile stays so."""
    query = update(Notice).where(Notice.user_id == user_id, Notice.kind == kind).values(due_at=due_at)
    await session.execute(query)


async def keep(session: Session, user_id: int, kind: str, due_on: date, latest: datetime) -> bool:
    """Leave a date's notice as it is, or bring it forward to `latest`; False if none is planned."""
    planned = (Notice.user_id == user_id, Notice.kind == kind, Notice.due_on == due_on)
    await session.execute(update(Notice).where(*planned, Notice.due_at > latest).values(due_at=latest))
    return bool(await session.scalar(select(exists().where(*planned))))


async def drop(session: Session, user_id: int, *kinds: str) -> None:
    """Forget planned notices."""
    await session.execute(delete(Notice).where(Notice.user_id == user_id, Notice.kind.in_(kinds)))


async def due(session: Session, now: datetime, limit: int) -> Sequence[Notice]:
    """Take what is due, the longest first; rows that another claimer holds are passed over."""
    query = (
        select(Notice)
        .where(Notice.due_at <= now)
        .order_by(Notice.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(query)).scalars().all()


async def next_moment(session: Session) -> datetime | None:
    """Find the earliest due moment of all."""
    return await session.scalar(select(func.min(Notice.due_at)))

"""Everything about one person, found by walking the tables: one that is added later is covered too.

A table is about a person when it has `user_id`, or is `users` itself; a private chat's id is its user's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select

from bot.db.engine import Session
from bot.db.tables import Base

OWNERS = ("user_id", "chat_id")


async def everything(session: Session, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Read every row about a person, by table."""
    found = {}
    for table, mine in _about(user_id):
        rows = (await session.execute(select(table).where(mine))).mappings().all()
        found[table.name] = [dict(row) for row in rows]
    return found


async def erase(session: Session, user_id: int) -> None:
    """Delete every row about a person, children first."""
    for table, mine in reversed(list(_about(user_id))):
        await session.execute(delete(table).where(mine))


def _about(user_id: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    for table in Base.metadata.sorted_tables:
        columns = [table.c[name] for name in OWNERS if name in table.c]
        if table.name == "users":
            columns = [table.c.id]
        if columns:
            yield table, or_(*(column == user_id for column in columns))

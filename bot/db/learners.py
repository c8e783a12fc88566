"""The selection policy's state, one row per user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import JSON, BigInteger, Insert, Select, literal, literal_column, select, true

from bot.db.bulk import dialect_of, is_among, rows, run, tell
from bot.db.engine import Session
from bot.db.inserting import insert_on, parameters_of, upsert
from bot.db.tables import Learner


async def find(session: Session, user_id: int) -> Learner | None:
    """Read a learner's row; none before the first answer."""
    return await session.get(Learner, user_id)


async def put(session: Session, learner: Mapping[str, object]) -> None:
    """Write a learner's row, whether or not it is there."""
    await tell(session, upsert(dialect_of(session), Learner, "user_id"), **parameters_of(Learner, learner))


class Known(NamedTuple):
    """A learner's row, plain."""

    user_id: int
    ok: float
    no: float
    credit: float
    asks: int
    recent: list[str]
    topics: dict[str, list[float]]


async def of_users(session: Session, user_ids: Sequence[int]) -> dict[int, Known]:
    """Read the rows of many users."""
    found = (await run(session, _of_users(dialect_of(session)), ids=user_ids)).all()
    return {row[0]: Known._make(row) for row in found}


async def put_recent(session: Session, recent: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Write the last questions of many users; all else of a row that is there stays, a new one is fresh."""
    if recent:
        await tell(session, _put_recent(dialect_of(session)), rows=recent)


@cache
def _of_users(dialect: str) -> Select[*tuple[Any, ...]]:
    query = select(*(getattr(Learner, name) for name in Known._fields))
    return query.where(is_among(dialect, Learner.user_id))


@cache
def _put_recent(dialect: str) -> Insert:
    new = rows(dialect, user_id=BigInteger(), recent=JSON())
    fresh = {
        "ok": literal(1.0),
        "no": literal(1.0),
        "credit": literal(0.0),
        "asks": literal(0),
        "topics": literal_column("'{}'"),
    }
    full = select(*new.c, *fresh.values()).where(true())
    row = insert_on(dialect, Learner).from_select([*new.c.keys(), *fresh], full)
    return row.on_conflict_do_update(index_elements=["user_id"], set_={"recent": row.excluded.recent})

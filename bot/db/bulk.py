"""Many rows in one statement: they travel as one JSON document, which the database unfolds.

Sent as so many parameters, rows cost SQLAlchemy and the driver several times what the database has to do
with them; sent as a statement each, they cost PostgreSQL as much again. A statement in this form is the same
for any number of rows: it is built once per engine (`dialect_of` tells which).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    CursorResult,
    Dialect,
    Executable,
    String,
    Subquery,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from bot.db.engine import Session


class Document(TypeDecorator[Sequence[Any]]):
    """Rows, or ids, as JSON; their dates and moments in the form that the engine stores."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> str:
        """Write the document."""
        if dialect.name == "sqlite":
            return orjson.dumps(value, _as_stored, orjson.OPT_PASSTHROUGH_DATETIME).decode()
        return orjson.dumps(value).decode()


class SharedDocument(Document):
    """What `shared` unfolds. PostgreSQL gets a row for each id: it would take a list in a list for ten
    thousand rows, and read a whole table to find them.
    """

    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> str:
        """Write the document."""
        if dialect.name != "sqlite":
            value = [(*row[:-1], one) for row in value or () for one in row[-1]]
        return super().process_bind_param(value, dialect)


def dialect_of(session: Session) -> str:
    """Tell a session's engine: sqlite or postgresql."""
    return session.get_bind().dialect.name


def rows(dialect: str, **columns: TypeEngine[Any]) -> Subquery:
    """Unfold the parameter `rows`, a sequence of sequences, into a table with these columns."""
    return _unfolded(dialect, bindparam("rows", type_=Document), columns)


def shared(dialect: str, one: str, **columns: TypeEngine[Any]) -> Subquery:
    """Unfold the parameter `rows`, of which each is the values of these columns and, last, a list of ids.

    Args:
        one: name of the column of the ids: the table has a row for each, beside what it shares with others.
    """
    document = bindparam("rows", type_=SharedDocument)
    if dialect != "sqlite":
        return _unfolded(dialect, document, columns | {one: BigInteger()})
    each = func.json_each(document).table_valued("value")
    fields = _fields(each.c.value, columns | {"ids": String()})
    # Materialized, or SQLite reads all of the ids again for each of them.
    some = select(*fields).cte("shared").prefix_with("MATERIALIZED")
    ids = func.json_each(some.c.ids).table_valued("value")
    full = select(*(some.c[name] for name in columns), ids.c.value.label(one))
    return full.select_from(some.join(ids, true())).subquery("rows")


def is_among(dialect: str, column: Any) -> ColumnElement[bool]:
    """Hold for the rows whose integer column is in the parameter `ids`, a list."""
    if dialect == "sqlite":
        each = func.json_each(bindparam("ids", type_=Document)).table_valued("value")
        found: ColumnElement[bool] = column.in_(select(each.c.value))
        return found
    equal: ColumnElement[bool] = column == any_(bindparam("ids", type_=ARRAY(BigInteger)))
    return equal


async def run(session: Session, statement: Executable, **parameters: Any) -> CursorResult[Any]:
    """Execute past the unit of work: what comes back are plain rows."""
    return await (await connection_of(session)).execute(statement, parameters)


async def tell(session: Session, statement: Executable, **parameters: Any) -> None:
    """Execute what brings nothing back; on SQLite it waits for the next statement, or for the end."""
    connection = await connection_of(session)
    await connection.execute(statement, parameters, execution_options={"later": True})


async def connection_of(session: Session) -> AsyncConnection:
    """Give a transaction's connection; asked for once, since asking takes a seventh of a statement."""
    found: AsyncConnection | None = session.info.get("connection")
    if found is None:
        found = session.info["connection"] = await session.connection()
    return found


def _unfolded(dialect: str, document: ColumnElement[Any], columns: Mapping[str, TypeEngine[Any]]) -> Subquery:
    if dialect == "sqlite":
        each = func.json_each(document).table_valued("value")
        fields = _fields(each.c.value, columns)
    else:
        each = func.json_array_elements(cast(document, JSON)).table_valued("value")
        fields = [
            cast(each.c.value.op("->>")(literal_column(str(place))), kind).label(name)
            for place, (name, kind) in enumerate(columns.items())
        ]
    return select(*fields).subquery("rows")


def _fields(row: ColumnElement[Any], columns: Mapping[str, TypeEngine[Any]]) -> list[ColumnElement[Any]]:
    """Take SQLite's row, an array, apart."""
    return [
        func.json_extract(row, literal_column(f"'$[{place}]'"), type_=kind).label(name)
        for place, (name, kind) in enumerate(columns.items())
    ]


@lru_cache(maxsize=1024)
def _as_stored(value: date) -> str:
    """Write a date or a moment as SQLAlchemy stores it on SQLite; in a batch most are the same."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return value.isoformat()

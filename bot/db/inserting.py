"""INSERT ... ON CONFLICT, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.bulk import dialect_of
from bot.db.engine import Session
from bot.db.tables import Base


@cache
def upsert(dialect: str, table: type[Base], *keys: str) -> sqlite.Insert | postgresql.Insert:
    """Build the writing of a whole row, whether or not one with these keys is there; once per engine.

    Its parameters are what `parameters_of` gives for the row's values.
    """
    return _or_change(insert_on(dialect, table).values(_bound(table)), keys)


def upsert_beside(
    made: CTE, table: type[Base], *keys: str, **taken: ColumnElement[Any]
) -> sqlite.Insert | postgresql.Insert:
    """Build the same for PostgreSQL, to happen only if what is made in the same statement was made.

    Args:
        taken: values that are not parameters but come from there.
    """
    values = {**_bound(table), **taken}
    full = select(*values.values()).select_from(made)
    return _or_change(postgresql.insert(table).from_select(list(values), full), keys)


def _bound(table: type[Base]) -> dict[str, ColumnElement[Any]]:
    columns = table.__table__.columns
    return {
        column.name: bindparam(f"{table.__tablename__}_{column.name}", type_=column.type)
        for column in columns
    }


def _or_change(
    row: sqlite.Insert | postgresql.Insert, keys: Sequence[str]
) -> sqlite.Insert | postgresql.Insert:
    changes = {column.name: column for column in row.excluded if column.name not in keys}
    return row.on_conflict_do_update(index_elements=list(keys), set_=changes)


def parameters_of(table: type[Base], values: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row's values as parameters; those of several tables fit into one statement."""
    return {f"{table.__tablename__}_{name}": value for name, value in values.items()}


def insert(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Start an INSERT that may end in `on_conflict_do_nothing` or `on_conflict_do_update`."""
    return insert_on(dialect_of(session), table)


def insert_on(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Start the same for an engine, before there is a session."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)

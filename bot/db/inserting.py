"""INSERT ... ON CONFLICT, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.bulk import dialect_of
from bot.db.engine import Session
from bot.db.tables import Base


@cache
def upsert(dialect: str, table: type[Base], *keys: str) -> sqlite.Insert | postgresql.Insert:
    """Build the writing of a whole row, whether or not one with these keys is there; once per engine.

    Its parameters are what `parameters_of` gives for the row.
    """
    values: dict[str, Any] = {name: bindparam(f"{table.__tablename__}_{name}") for name in _columns(table)}
    statement = insert_on(dialect, table).values(values)
    changes = {name: statement.excluded[name] for name in values if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changes)


def parameters_of(row: Base) -> dict[str, Any]:
    """Give a row's columns as parameters; those of several tables fit into one statement."""
    return {f"{row.__tablename__}_{name}": getattr(row, name) for name in _columns(type(row))}


@cache
def _columns(table: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in table.__table__.columns)


def insert(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Start an INSERT that may end in `on_conflict_do_nothing` or `on_conflict_do_update`."""
    return insert_on(dialect_of(session), table)


def insert_on(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Start the same for an engine, before there is a session."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)

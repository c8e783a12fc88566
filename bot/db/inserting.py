"""INSERT ... ON CONFLICT, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite

from bot.db.bulk import dialect_of
from bot.db.engine import Session
from bot.db.tables import Base


def upsert(session: Session, row: Base, *keys: str) -> sqlite.Insert | postgresql.Insert:
    """Start writing a whole row, whether or not one with these keys is there."""
    values = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    statement = insert(session, type(row)).values(values)
    changes = {name: statement.excluded[name] for name in values if name not in keys}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changes)


def insert(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Start an INSERT that may end in `on_conflict_do_nothing` or `on_conflict_do_update`."""
    return insert_on(dialect_of(session), table)


def insert_on(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Start the same for an engine, before there is a session."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)

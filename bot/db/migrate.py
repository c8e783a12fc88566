"""Bringing a database up to date, and telling whether it is."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.db.engine import Database, reached

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


class Age(Enum):
    """What a database is, beside the code."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"


class MigrationsPending(Exception):
    """The PostgreSQL database is older than the code."""


class DatabaseIsNewer(Exception):
    """The database has a migration that the code does not know: newer code was here."""


async def age(database: Database) -> Age:
    """Tell whether the database has every migration, lacks some, or has one that this code does not know.

    Raises:
        Unavailable: when it cannot be reached.
    """
    scripts = ScriptDirectory.from_config(_config())

    def heads(connection: Connection) -> set[str]:
        return set(MigrationContext.configure(connection).get_current_heads())

    # To read only: a check of health must not wait for another process' write on SQLite.
    async with database.reading() as session:
        there = await (await session.connection()).run_sync(heads)
    if there == set(scripts.get_heads()):
        return Age.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return Age.OLDER if there <= known else Age.NEWER


async def is_current(database: Database) -> bool:
    """Tell whether the database has every migration, and no other.

    Raises:
        Unavailable: when it cannot be reached.
    """
    return await age(database) is Age.CURRENT


async def make_ready(database: Database, *, migrate: bool = False) -> bool:
    """Bring SQLite up to date; PostgreSQL is migrated by its operator, before new code runs, or by `migrate`.

    Returns:
        Whether it was migrated.

    Raises:
        MigrationsPending: on PostgreSQL.
        DatabaseIsNewer: when newer code has migrated it.
        Unavailable: when the database cannot be reached.
    """
    found = await age(database)
    if found is Age.CURRENT:
        return False
    if found is Age.NEWER:
        raise DatabaseIsNewer
    if not (database.is_sqlite or migrate):
        raise MigrationsPending
    await upgrade(database)
    return True


async def upgrade(database: Database, revision: str = "head") -> None:
    """Run the migrations that are missing, up to a revision."""
    await _run(database, command.upgrade, revision)


async def downgrade(database: Database, revision: str) -> None:
    """Take migrations back, down to a revision or `base`."""
    await _run(database, command.downgrade, revision)


async def _run(database: Database, action: object, revision: str) -> None:
    def run(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        action(config, revision)  # type: ignore[operator]  # upgrade and downgrade share this form

    async with reached(), database.engine.connect() as connection:
        await connection.run_sync(run)

"""Run the migrations on the database of `DATABASE_URL`, or on the connection that the bot hands in.

SQLite cannot alter most things: Alembic rebuilds the table under another name. With foreign keys on,
dropping the old table would delete its children, so they are off meanwhile and checked afterwards.
"""

from __future__ import annotations

import asyncio
import sys

from alembic import context
from sqlalchemy import Connection

from bot.config import ConfigError, read_database_url
from bot.db import BadDatabaseUrl, Database, Unavailable
from bot.db.engine import reached
from bot.db.tables import Base
from bot.db.types import Moment


def render_item(kind: str, item: object, _autogen: object) -> str | bool:
    """Write Moment as the plain type it stands on: a migration must not change when the model's does."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Migrate within one transaction: all or nothing, on SQLite too."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        switch_foreign_keys(connection, "OFF")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        # Alembic takes SQLite for unable to roll DDL back; it is able, once its BEGIN is ours.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite and (orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
            raise RuntimeError(f"the migration would leave rows without their parents: {orphans[:5]}")
    connection.commit()
    if sqlite:
        switch_foreign_keys(connection, "ON")


def switch_foreign_keys(connection: Connection, state: str) -> None:
    """Switch SQLite's foreign keys past SQLAlchemy: within a transaction the pragma does nothing."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={state}")
    cursor.close()


async def connect_and_run() -> None:
    """Open the database ourselves, when Alembic's command line is at work."""
    database = Database(read_database_url())
    async with reached(), database.engine.connect() as connection:
        await connection.run_sync(run)
    await database.close()


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    try:
        asyncio.run(connect_and_run())
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except BadDatabaseUrl as error:
        sys.stderr.write(f"{ConfigError('DATABASE_URL', str(error))}\n")
        sys.exit(2)
    except Unavailable as error:
        sys.stderr.write(f"DATABASE_URL names a database that cannot be reached: {error}\n")
        sys.exit(1)

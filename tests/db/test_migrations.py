"""Migrations go up, down and up again on a filled database, and end where the models are."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from bot.db import Database
from bot.db.migrate import MIGRATIONS, Age, age, downgrade, is_current, upgrade
from bot.db.tables import Base
from bot.db.types import Moment

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
REVISIONS = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database of each kind."""
    database = Database(database_url)
    yield database
    await database.close()


def sample(column: Any, row: int) -> object:
    """Some value of a column's type, different per row where it must be."""
    if column.foreign_keys:
        return row
    kind = datetime if isinstance(column.type, Moment) else column.type.python_type
    values: dict[type, object] = {
        int: row,
        str: f"w{row}",
        bool: True,
        float: 0.5,
        Decimal: 0.5,
        date: date(2026, 11, 23),
        datetime: NOW,
        object: {"topic": [1.0, 2.0]},
    }
    return None if column.nullable and column.unique else values[kind]


async def fill(database: Database) -> None:
    """Put two rows into every table."""
    async with database.transaction() as session:
        for table in Base.metadata.sorted_tables:
            for row in (1, 2):
                values = {
                    column.name: sample(column, row)
                    for column in table.columns
                    if column.name not in {"replaces", "ended_at"}
                }
                await session.execute(table.insert().values(values))


async def counts(database: Database) -> dict[str, int]:
    """Rows of every table that exists."""
    async with database.reading() as session:
        connection = await session.connection()
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        return {
            name: await session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0
            for name in tables
            if name != "alembic_version"
        }


async def test_up_down_up_on_a_filled_database(database: Database) -> None:
    assert not await is_current(database)
    await upgrade(database)
    assert await is_current(database)
    await fill(database)
    full = await counts(database)
    assert set(full.values()) == {2}
    for revision in reversed(REVISIONS[:-1]):
        before = await counts(database)
        await downgrade(database, revision)
        assert not await is_current(database)
        after = await counts(database)
        assert all(after[name] == before[name] for name in after)
    kept = await counts(database)
    await upgrade(database)
    again = await counts(database)
    assert all(again[name] == kept[name] for name in kept)
    await downgrade(database, "base")
    assert await counts(database) == {}
    await upgrade(database)
    assert await is_current(database)


async def test_newer_code_was_here(database: Database) -> None:
    assert await age(database) is Age.OLDER
    await upgrade(database)
    assert await age(database) is Age.CURRENT
    async with database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    assert await age(database) is Age.NEWER
    assert not await is_current(database)


async def test_looking_waits_for_no_writer(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/gotit.db"
    looking, writing = Database(url), Database(url)
    await upgrade(writing)
    async with writing.transaction() as session, asyncio.timeout(5):
        await session.execute(text("UPDATE alembic_version SET version_num = '0099'"))
        assert await is_current(looking)
        await session.rollback()
    await looking.close()
    await writing.close()


async def test_models_equal_migrations(database: Database) -> None:
    await upgrade(database)

    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_moments_keep_their_zone(database: Database) -> None:
    await upgrade(database)
    await fill(database)
    async with database.reading() as session:
        table = Base.metadata.tables["users"]
        found = (await session.execute(select(table.c.created_at))).scalars().all()
    assert found == [NOW, NOW]
    assert all(moment.tzinfo is not None for moment in found)


async def test_a_naive_moment_is_refused(database: Database) -> None:
    await upgrade(database)
    with pytest.raises(Exception, match="naive datetime"):
        async with database.transaction() as session:
            naive = NOW.replace(tzinfo=None)
            await session.execute(
                Base.metadata.tables["worked_updates"].insert().values(id=1, worked_at=naive)
            )


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("nonsense", 2, "DATABASE_URL is not a database URL: give "),
        ("postgresql://u:secret@127.0.0.1:1/d", 1, "DATABASE_URL names a database that cannot be reached: "),
    ],
)
def test_alembic_says_in_one_line_what_is_wrong(url: str, status: int, words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (status, 1), done.stderr
    assert done.stderr.startswith(words)
    assert "secret" not in done.stderr


def test_alembic_says_in_one_line_that_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOKEN=1:geheim\n", encoding="utf-16")
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "--config", str(MIGRATIONS.parent / "alembic.ini"), "current"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert done.stderr.startswith(".env is not text in UTF-8: ")

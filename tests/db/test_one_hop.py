"""SQLite's thread turns once a statement, and less where nothing is brought back."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.db import Database, one_hop
from bot.db.bulk import tell
from bot.db.migrate import upgrade
from bot.db.tables import User

ROOT = Path(__file__).parents[2]
WHEN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated database in a file, with one user."""
    database = Database(f"sqlite:///{tmp_path}/gotit.db")
    await upgrade(database)
    async with database.transaction() as session:
        session.add(User(id=1, created_at=WHEN))
    yield database
    await database.close()


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each turn of SQLite's thread."""
    taken: list[int] = []
    take = one_hop.Connection._execute

    async def counted(self: Any, work: Any, *given: Any) -> Any:
        taken.append(1)
        return await take(self, work, *given)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(one_hop.Connection, "_execute", counted)
    return taken


async def test_a_statement_on_sqlite_takes_one_turn_of_the_thread(sqlite: Database, turns: list[int]) -> None:
    async with sqlite.transaction() as session:
        session.add(User(id=2, created_at=WHEN))
        await session.flush()
        assert (await session.execute(select(User.id))).scalars().all() == [1, 2]
        assert len(turns) == 2
    assert len(turns) == 3


async def test_what_brings_nothing_back_goes_with_the_next_statement(
    sqlite: Database, turns: list[int]
) -> None:
    dark = update(User).where(User.id == 1).values(dark=True)
    async with sqlite.transaction() as session:
        await tell(session, dark)
        assert not turns
        assert (await session.execute(select(User.dark))).scalar_one() is True
        await tell(session, dark.values(dark=False))
        assert len(turns) == 1
    assert len(turns) == 2
    async with sqlite.reading() as session:
        assert (await session.execute(select(User.dark))).scalar_one() is False


async def test_a_transaction_in_which_nothing_was_done_takes_no_turn(
    sqlite: Database, turns: list[int]
) -> None:
    async with sqlite.transaction() as session:
        await session.connection()
    with pytest.raises(ZeroDivisionError):
        async with sqlite.transaction() as session:
            await tell(session, update(User).values(dark=True))
            raise ZeroDivisionError
    assert not turns
    async with sqlite.reading() as session:
        assert (await session.execute(select(User.dark))).scalar_one() is False


async def test_an_error_of_what_waited_undoes_the_whole(sqlite: Database) -> None:
    with pytest.raises(IntegrityError):
        async with sqlite.transaction() as session:
            await session.execute(update(User).values(dark=True))
            await tell(session, insert(User).values(id=1, created_at=WHEN))
    async with sqlite.transaction() as session:
        assert (await session.execute(select(User.dark))).scalar_one() is False


async def test_one_that_is_cancelled_leaves_no_transaction_open(sqlite: Database) -> None:
    async def change() -> None:
        async with sqlite.transaction() as session:
            await session.execute(update(User).values(dark=True))
            await asyncio.sleep(60)

    for turns_of_the_loop in range(12):
        task = asyncio.create_task(change())
        for _ in range(turns_of_the_loop):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        async with asyncio.timeout(5), sqlite.transaction() as session:
            assert (await session.execute(select(User.dark))).scalar_one() is False


def test_a_process_ends_though_a_connection_was_never_closed(tmp_path: Path) -> None:
    words = """
import asyncio
from sqlalchemy import text
from bot.db import Database

left = Database("sqlite:///left.db")

async def main():
    async with left.transaction() as session:
        await session.execute(text("SELECT 1"))

asyncio.run(main())
"""
    python = [sys.executable, "-W", "ignore", "-c", words]
    subprocess.run(python, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, check=True, timeout=120)

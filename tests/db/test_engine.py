"""Transactions that mean it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, text, update

from bot.db import Database, Unavailable, engine
from bot.db.migrate import upgrade
from bot.db.tables import Learner, User
from tests.support.stage import MONDAY


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of each kind with one learner."""
    database = Database(database_url)
    await upgrade(database)
    async with database.transaction() as session:
        session.add(User(id=1, created_at=MONDAY))
        await session.flush()
        session.add(Learner(user_id=1, ok=1, no=1, credit=0, asks=0, recent=[], topics={}))
    yield database
    await database.close()


async def test_a_server_that_only_reads_is_not_there_now(empty_database: str) -> None:
    database = Database(empty_database)
    await upgrade(database)
    assert await database.takes_writes()
    async with database.transaction() as session:
        name = await session.scalar(text("SELECT quote_ident(current_database())"))
        await session.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    await database.close()
    database = Database(empty_database)
    assert not await database.takes_writes()
    with pytest.raises(Unavailable):
        async with database.transaction() as session:
            session.add(User(id=1, created_at=MONDAY))
    await database.close()


async def test_no_update_is_lost_between_reading_and_writing(database: Database) -> None:
    async def count_up() -> None:
        async with database.transaction() as session:
            asks = await session.scalar(select(Learner.asks).with_for_update())
            await asyncio.sleep(0.005)
            await session.execute(update(Learner).values(asks=(asks or 0) + 1))

    await asyncio.gather(*(count_up() for _ in range(10)))
    async with database.reading() as session:
        assert await session.scalar(select(Learner.asks)) == 10


async def test_the_locks_of_a_frozen_process_are_let_go(
    empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LONGEST_SILENCE", "1s")
    database = Database(empty_database)
    await upgrade(database)
    async with database.transaction() as session:
        session.add(User(id=1, created_at=MONDAY))
    taken_over = False
    with pytest.raises(Unavailable):
        async with database.transaction(lets_go=True) as frozen:
            await frozen.execute(select(User).with_for_update())
            async with asyncio.timeout(30), database.transaction() as other:
                await other.execute(select(User).with_for_update())
                taken_over = True
            await frozen.execute(select(User))
    assert taken_over, "a wait in vain is Unavailable too"
    await database.close()


async def test_two_processes_lose_none_either(database: Database) -> None:
    """Two Database objects share no lock of ours: the engine's own BEGIN must hold."""
    other = Database(
        database.url.render_as_string(hide_password=False).replace("+aiosqlite", "").replace("+asyncpg", "")
    )

    async def count_up(which: Database) -> None:
        async with which.transaction() as session:
            asks = await session.scalar(select(Learner.asks).with_for_update())
            await asyncio.sleep(0.005)
            await session.execute(update(Learner).values(asks=(asks or 0) + 1))

    await asyncio.gather(*(count_up(which) for which in (database, other) * 5))
    async with database.reading() as session:
        assert await session.scalar(select(Learner.asks)) == 10
    await other.close()


async def test_an_exception_rolls_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as session:
            await session.execute(update(Learner).values(asks=7))
            raise ZeroDivisionError
    async with database.reading() as session:
        assert await session.scalar(select(Learner.asks)) == 0


async def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with database.transaction() as session:
            session.add(Learner(user_id=99, ok=1, no=1, credit=0, asks=0, recent=[], topics={}))


async def test_reading_goes_on_while_someone_writes(database: Database) -> None:
    async with database.transaction() as writer:
        await writer.execute(update(Learner).values(asks=5))
        async with asyncio.timeout(5), database.reading() as reader:
            assert await reader.scalar(select(Learner.asks)) == 0


async def test_an_unreachable_database_says_so() -> None:
    database = Database("postgresql://nobody:secret@127.0.0.1:1/none")
    with pytest.raises(Unavailable) as caught:
        async with database.reading() as session:
            await session.execute(text("SELECT 1"))
    assert "secret" not in str(caught.value)
    await database.close()


@pytest.mark.parametrize("rested", [True, False])
async def test_a_connection_that_broke(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, rested: bool
) -> None:
    """Whoever rested is asked first and replaced; else one transaction fails, as any that is cut."""
    monkeypatch.setattr(engine, "TRUSTED_SECONDS", 0.0 if rested else 60.0)
    database, killer = Database(postgres_url), Database(postgres_url)
    own = text("SELECT pg_backend_pid()")
    async with database.reading() as session:
        first = await session.scalar(own)
    async with killer.reading() as session:
        await session.execute(text("SELECT pg_terminate_backend(:first, 5000)"), {"first": first})
    if not rested:
        with pytest.raises(Unavailable):
            async with database.reading() as session:
                await session.scalar(own)
    async with database.reading() as session:
        assert await session.scalar(own) != first
    await killer.close()
    await database.close()

"""Of all the processes on one PostgreSQL one is on duty, until it dies, leaves or freezes."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from bot.db import Database, Session, Unavailable, engine
from bot.db.migrate import upgrade
from bot.scheduler import Duty
from bot.scheduler.duty import RENEW_SECONDS, SAFETY_SECONDS
from bot.services import leases


@pytest.fixture
async def database(empty_database: str) -> AsyncIterator[Database]:
    """A migrated PostgreSQL."""
    database = Database(empty_database)
    await upgrade(database)
    yield database
    await database.close()


async def eventually(met: Callable[[], Awaitable[bool]]) -> None:
    """Try until it is so."""
    async with asyncio.timeout(60):
        for pause in itertools.repeat(0.05):
            if await met():
                return
            await asyncio.sleep(pause)


async def test_one_has_it_and_the_other_stands_by(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = Duty(database), Duty(database)
    with caplog.at_level(logging.INFO):
        assert await first.renew()
        assert not await second.renew()
        assert await first.renew()
        assert not await second.renew()
    assert (first.is_mine, second.is_mine) == (True, False)
    assert [record.getMessage() for record in caplog.records] == [
        "this process delivers now",
        "standing by: another process delivers",
    ]


async def test_many_ask_at_once_and_one_gets_it(database: Database) -> None:
    everyone = [Duty(database) for _ in range(8)]
    assert sum(await asyncio.gather(*(duty.renew() for duty in everyone))) == 1


async def test_who_leaves_hands_it_over_at_once(database: Database) -> None:
    first, second = Duty(database), Duty(database)
    first.start()
    await eventually(first.renew)
    assert not await second.renew()
    await first.stop()
    assert not first.is_mine
    assert await second.renew()


async def test_a_dead_ones_lease_runs_out(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    dead, second = Duty(database), Duty(database)
    await dead.renew()
    assert not await second.renew()
    monkeypatch.setattr(leases, "SPAN", timedelta(seconds=0.2))
    await dead.renew()
    await eventually(second.renew)


async def test_one_that_was_frozen_knows_that_its_time_is_over(database: Database) -> None:
    seconds = 100.0
    frozen = Duty(database, monotonic=lambda: seconds)
    await frozen.renew()
    assert frozen.is_mine
    seconds += leases.SPAN.total_seconds() - SAFETY_SECONDS
    assert not frozen.is_mine


async def test_one_that_freezes_while_it_asks_lets_go(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGSTOP between the statement and its COMMIT: the lease's row is locked, and must not stay so."""
    monkeypatch.setattr(engine, "LONGEST_SILENCE", "1s")
    take, asked, woken = leases.take_duty, asyncio.Event(), asyncio.Event()

    async def freeze(session: Session, holder: str) -> bool:
        mine = await take(session, holder)
        asked.set()
        await woken.wait()
        return mine

    monkeypatch.setattr(leases, "take_duty", freeze)
    frozen, second = Duty(database), Duty(database)
    asking = asyncio.create_task(frozen.renew())
    await asked.wait()
    monkeypatch.setattr(leases, "take_duty", take)
    async with asyncio.timeout(30):
        assert await second.renew()
    woken.set()
    with pytest.raises(Unavailable):
        await asking


async def test_an_outage_of_the_database_ends_the_duty_after_the_lease() -> None:
    duty = Duty(Database("postgresql://nobody@127.0.0.1:1/none"))
    duty.start()
    await asyncio.sleep(0.1)
    assert not duty.is_mine
    await duty.stop()


def test_another_takes_over_within_thirty_seconds() -> None:
    assert leases.SPAN.total_seconds() + 2 * RENEW_SECONDS <= 30
    assert leases.SPAN.total_seconds() - SAFETY_SECONDS > RENEW_SECONDS * 2, "one renewal may fail"


async def test_sqlite_needs_none() -> None:
    duty = Duty(Database("sqlite:///never-opened.db"))
    duty.start()
    assert duty.is_mine
    await duty.stop()
    assert duty.is_mine

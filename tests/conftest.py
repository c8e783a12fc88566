"""Fixtures of the whole suite: databases of both kinds, the bank, and the stage."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.bank import Bank, load
from bot.db import Database
from bot.db.migrate import upgrade
from bot.db.tables import Base
from tests.support import postgres
from tests.support.postgres import scratch_database
from tests.support.stage import Stage

DATA = Path(__file__).parents[1] / "data"

# An example's time is the machine's, which has other things to do.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

postgres_url, empty_database = postgres.postgres_url, postgres.empty_database


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The real bank: a test that needs a certain question makes its own."""
    return load(DATA)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/gotit.db"
        return
    with scratch_database(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database, to be copied: migrating anew for each test costs more than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "gotit.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated PostgreSQL database that the tests of a process share, one after the other."""
    with scratch_database(request.getfixturevalue("postgres_url")) as url:
        _migrate(url)
        yield url


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database(url)
        await upgrade(database)
        await database.close()

    asyncio.run(run())


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of each kind, without rows."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "gotit.db")
        yield f"sqlite:///{tmp_path}/gotit.db"
        return
    url: str = request.getfixturevalue("migrated_database")
    postgres.empty(url, [table.name for table in Base.metadata.tables.values()])
    yield url


@pytest.fixture
async def stage(bank: Bank, migrated_url: str) -> AsyncIterator[Stage]:
    """The whole bot before the emulator, on a migrated database."""
    stage = Stage(bank, migrated_url)
    await stage.open()
    yield stage
    await stage.close()

"""Fixtures of the whole suite: databases of both kinds, the bank, and the stage."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.bank import Bank, load
from bot.db.migrate import upgrade
from tests.support.postgres import empty_database, postgres_url, scratch_database  # noqa: F401
from tests.support.stage import Stage

DATA = Path(__file__).parents[1] / "data"


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


@pytest.fixture
async def stage(bank: Bank, database_url: str) -> AsyncIterator[Stage]:
    """The whole bot before the emulator, on a migrated database."""
    stage = Stage(bank, database_url)
    if database_url.startswith("postgresql"):
        await upgrade(stage.app.database)
    await stage.open()
    yield stage
    await stage.close()

"""The guide's commands after a restore: numbers that buttons of later cards carry are not given out again."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db import Database
from bot.db.migrate import upgrade
from tests.db.test_migrations import fill

GUIDE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()
NUMBERED = ("asks", "quizzes", "rounds")
"""What buttons name by its number."""


def numbers_are_skipped(url: str) -> None:
    """Run what the guide says, on either engine."""
    if url.startswith("sqlite:///"):
        block = re.search(r"^    BEGIN;$.*?^    COMMIT;$", GUIDE, re.MULTILINE | re.DOTALL)
        assert block
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA foreign_keys=ON")
            connection.executescript(block[0])
        connection.close()
        return
    import psycopg  # where there is no server's wheel there may be none of this

    query = re.search(r'^    psql "\$DATABASE_URL" -c "(.*)"$', GUIDE, re.MULTILINE)
    assert query
    with psycopg.connect(url) as server:
        server.execute(query[1].encode())


@pytest.mark.parametrize("is_full", [True, False])
async def test_numbers_of_lost_cards_are_not_given_out_again(database_url: str, is_full: bool) -> None:
    database = Database(database_url)
    await upgrade(database)
    if is_full:
        await fill(database)
    numbers_are_skipped(database_url)
    async with database.transaction() as session:
        for name in NUMBERED:
            if database.is_sqlite:
                highest = await session.scalar(text(f"SELECT max(id) FROM {name}"))
            else:
                sequence = f"pg_get_serial_sequence('{name}', 'id')"
                highest = await session.scalar(text(f"SELECT nextval({sequence})"))
            assert highest is not None
            assert highest >= 1_000_000
    await database.close()


def test_every_number_on_a_button_is_skipped() -> None:
    taps = (Path(__file__).parents[2] / "bot" / "rendering" / "callback_data.py").read_text()
    assert set(re.findall(r"^    (\w+)_id: int$", taps, re.MULTILINE)) == {"ask", "quiz", "round"}

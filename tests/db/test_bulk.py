"""Batches as one document: what goes in comes out on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Date, Float, String, insert, select

from bot.db import Database
from bot.db.bulk import dialect_of, is_among, rows, run, shared
from bot.db.migrate import upgrade
from bot.db.tables import User
from bot.db.types import Moment

WHEN = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)
BERLIN = timezone(timedelta(hours=1))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of each kind."""
    database = Database(database_url)
    await upgrade(database)
    yield database
    await database.close()


async def test_every_kind_of_value_comes_back(database: Database) -> None:
    kinds = {"id": BigInteger(), "name": String(), "day": Date(), "at": Moment()}
    kinds |= {"yes": Boolean(), "share": Float(), "more": JSON()}
    given = [
        (2**62, 'Ådå "\\', date(2026, 2, 28), WHEN, True, 0.25, {"kind": "new", "of": [1, None]}),
        (-5, "", date(1, 1, 1), WHEN.astimezone(BERLIN), False, -1.0, []),
        (7, None, None, None, None, None, {}),
    ]
    async with database.transaction() as session:
        new = rows(dialect_of(session), **kinds)
        found = await run(session, select(*new.c), rows=given)
        assert [tuple(row) for row in found] == [tuple(row) for row in given]


async def test_what_ids_share_comes_back_beside_each(database: Database) -> None:
    given = [(WHEN, None, True, [3, 1]), (None, WHEN.date(), False, []), (WHEN, WHEN.date(), False, [2])]
    async with database.transaction() as session:
        new = shared(dialect_of(session), "id", at=Moment(), day=Date(), yes=Boolean())
        found = await run(session, select(new.c.id, new.c.at, new.c.day, new.c.yes), rows=given)
        expected = {(3, WHEN, None, True), (1, WHEN, None, True), (2, WHEN, WHEN.date(), False)}
        assert {tuple(row) for row in found} == expected


async def test_what_is_written_in_bulk_equals_what_is_written_alone(database: Database) -> None:
    async with database.transaction() as session:
        new = rows(dialect_of(session), id=BigInteger(), created_at=Moment(), interview_on=Date())
        full = insert(User).from_select(list(new.c.keys()), select(*new.c))
        await run(session, full, rows=[(1, WHEN, WHEN.date())])
        session.add(User(id=2, created_at=WHEN, interview_on=WHEN.date()))
        await session.flush()
        same = select(User.id).where(User.created_at == WHEN, User.interview_on == WHEN.date())
        assert set((await session.execute(same)).scalars()) == {1, 2}


async def test_ids_are_looked_up(database: Database) -> None:
    async with database.transaction() as session:
        session.add_all(User(id=number, created_at=WHEN) for number in range(1, 6))
        await session.flush()
        query = select(User.id).where(is_among(dialect_of(session), User.id)).order_by(User.id)
        assert list((await run(session, query, ids=[4, 2, 99])).scalars()) == [2, 4]
        assert list((await run(session, query, ids=[])).scalars()) == []

"""What stories of several processes ask of the machine and of the database."""

from __future__ import annotations

import asyncio
import itertools

from sqlalchemy import select

from bot.db import Database
from bot.db.lease_table import Lease

PATIENCE = 300


async def holder(database: Database) -> int:
    """The process that is on duty, by its id; 0 for none."""
    async with database.reading() as session:
        name = await session.scalar(select(Lease.holder))
    return int(name.split("-")[-2]) if name else 0


async def until_holder_is(database: Database, *processes: int) -> int:
    """Wait until one of these is on duty."""
    async with asyncio.timeout(PATIENCE):
        for pause in itertools.repeat(0.1):
            if (found := await holder(database)) in processes:
                return found
            await asyncio.sleep(pause)
    raise AssertionError

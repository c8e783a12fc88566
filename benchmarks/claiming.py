"""What a claim costs as the house grows: G5. `python -m benchmarks.claiming`; FULL=1 goes to a million.

Five thousand of all subscribers are due, evenly spread over the table, so that at a million each stands on a
page of its own. Claims of 500, ten in a table; medians. Finding alone should cost at most 1.5 times what it
does among ten thousand, the whole claim (deliveries written, rows moved on) at most 3 times on PostgreSQL.

Then everyone of the largest table is due: the last of 200 claims should cost at most 1.5 times the median,
and two workers that claim at the same time should never get the same row.
"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import NamedTuple

from benchmarks.house import NOON, cpu, fill
from bot.app import DATA
from bot.bank import Bank, load
from bot.db import Database, subscriptions
from bot.services import deliveries
from tests.support.postgres import installed, scratch_database, start_server

SIZES = (1_000_000, 100_000, 10_000) if os.environ.get("FULL") else (100_000, 10_000)
DUE = 5_000
CLAIM = 500
CLAIMS_IN_A_ROW = 200


class Claims(NamedTuple):
    """Medians in milliseconds: CPU of finding; CPU and wall time of a whole claim."""

    find: float
    claim: float
    wall: float


async def claim(database: Database, limit: int = CLAIM) -> list[int]:
    """Claim once."""
    async with database.transaction() as session:
        return list((await deliveries.claim(session, now=NOON, limit=limit)).ids)


async def claims(url: str, bank: Bank, people: int) -> Claims:
    """Measure on one table."""
    database = Database(url)
    await fill(database, bank, people, cards=0, due=DUE)
    found, spent, waited = [], [], []
    for _ in range(DUE // CLAIM):
        before = cpu()
        async with database.reading() as session:
            await subscriptions.due(session, NOON, CLAIM)
        found.append(cpu() - before)
        before, began = cpu(), time.perf_counter()
        taken = await claim(database)
        spent.append(cpu() - before)
        waited.append(time.perf_counter() - began)
        if len(taken) != CLAIM:
            raise RuntimeError(f"{len(taken)} were claimed")
    await database.close()
    return Claims(*(median(figures[1:]) * 1000 for figures in (found, spent, waited)))


async def all_due(url: str, bank: Bank, people: int) -> tuple[float, float, int]:
    """Let everyone be due: median and last of 200 claims in ms of CPU; then two workers drain the rest.

    Returns:
        Median, last, and how many rows were claimed twice.
    """
    database, other = Database(url), Database(url)
    await fill(database, bank, people, cards=0)
    spent, taken = [], []
    for _ in range(CLAIMS_IN_A_ROW):
        before = cpu()
        taken += await claim(database, people // CLAIMS_IN_A_ROW // 2)
        spent.append(cpu() - before)

    async def drain(own: Database) -> None:
        empty = 0
        while empty < 3:
            got = await claim(own)
            taken.extend(got)
            # Of the rows that it looks at another holds some: none may mean that all of them are held.
            empty = 0 if got else empty + 1

    await asyncio.gather(drain(database), drain(other))
    await database.close()
    await other.close()
    if len(set(taken)) != people:
        raise RuntimeError(f"{len(set(taken))} of {people} were claimed")
    return median(spent) * 1000, median(spent[-5:]) * 1000, len(taken) - len(set(taken))


@contextmanager
def empty(engine: str, server: str) -> Iterator[str]:
    """An empty database's URL."""
    if engine == "SQLite":
        with tempfile.TemporaryDirectory(prefix="gotit-bench-") as folder:
            yield f"sqlite:///{folder}/gotit.db"
    else:
        with scratch_database(server) as url:
            yield url


def main() -> None:
    """Measure and print."""
    logging.disable(logging.INFO)
    bank = load(DATA)
    server = start_server() if installed() is not None else None
    where = server.url if server else ""
    for engine in ("SQLite", "PostgreSQL") if server else ("SQLite",):
        print(f"\n| {engine}, subscribers | find, ms CPU | claim of {CLAIM}, ms CPU | ms wall |")
        print("|---|---|---|---|")
        found = {}
        for size in SIZES:
            with empty(engine, where) as url:
                found[size] = one = asyncio.run(claims(url, bank, size))
            print(f"| {size:,} | {one.find:.1f} | {one.claim:.1f} | {one.wall:.1f} |", flush=True)
        large, small = found[SIZES[0]], found[SIZES[-1]]
        ratios = " | ".join(f"{most / least:.2f}" for most, least in zip(large, small, strict=True))
        print(f"| largest / smallest (goal 1.5, 3, 3) | {ratios} |")
        with empty(engine, where) as url:
            usual, last, twice = asyncio.run(all_due(url, bank, 100_000))
        print(f"| 100,000 due: last / median claim (goal 1.5) | | {last / usual:.2f} | |")
        print(f"| claimed twice by two workers (goal 0) | | {twice} | |", flush=True)
    if server:
        server.release()


if __name__ == "__main__":
    main()

"""What a claim costs as the house grows. `python -m benchmarks.claiming`; FULL=1 goes to a million.

A thousand of all subscribers are due, evenly spread over the table. Each line is the median of five claims of
200: finding alone, and the whole claim with its deliveries and the rows moved on, in CPU of this process and
in wall time. G5 wants finding at most 1.5 times that of the smallest table, and the claim at most 3 times.
"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from statistics import median

from benchmarks.house import NOON, cpu, fill
from bot.app import DATA
from bot.bank import Bank, load
from bot.db import Database, subscriptions
from bot.services import deliveries
from tests.support.postgres import installed, scratch_database, start_server

SIZES = (1_000, 10_000, 100_000)
LARGEST = 1_000_000
DUE = 1_000
CLAIM = 200


async def claims(url: str, bank: Bank, people: int) -> tuple[float, float, float]:
    """Measure on one table; milliseconds of CPU to find, of CPU to claim, of wall time to claim."""
    database = Database(url)
    await fill(database, bank, people, cards=0, due=DUE)
    found, spent, waited = [], [], []
    for _ in range(DUE // CLAIM):
        before = cpu()
        async with database.reading() as session:
            await subscriptions.due(session, NOON, CLAIM)
        found.append(cpu() - before)
        before, began = cpu(), time.perf_counter()
        async with database.transaction() as session:
            taken = await deliveries.claim(session, now=NOON, limit=CLAIM)
        spent.append(cpu() - before)
        waited.append(time.perf_counter() - began)
        if len(taken.ids) != CLAIM:
            raise RuntimeError(f"{len(taken.ids)} were claimed")
    await database.close()
    find, claim, wall = (median(figures) * 1000 for figures in (found, spent, waited))
    return find, claim, wall


def houses(server: str) -> Iterator[tuple[str, int, str]]:
    """Every engine and size, with an empty database for it."""
    sizes = (*SIZES, LARGEST) if os.environ.get("FULL") else SIZES
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="gotit-bench-") as folder:
            yield "SQLite", size, f"sqlite:///{folder}/gotit.db"
    for size in sizes if server else ():
        with scratch_database(server) as url:
            yield "PostgreSQL", size, url


def main() -> None:
    """Measure and print."""
    logging.disable(logging.INFO)
    bank = load(DATA)
    server = start_server() if installed() is not None else None
    print("| database | subscribers | find, ms CPU | claim of 200, ms CPU | ms wall | x the smallest |")
    print("|---|---|---|---|---|---|")
    smallest: dict[str, float] = {}
    for engine, size, url in houses(server.url if server else ""):
        find, claim, wall = asyncio.run(claims(url, bank, size))
        ratio = claim / smallest.setdefault(engine, claim)
        print(f"| {engine} | {size:,} | {find:.1f} | {claim:.1f} | {wall:.1f} | {ratio:.2f} |", flush=True)
    if server:
        server.release()


if __name__ == "__main__":
    main()

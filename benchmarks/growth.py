"""What a delivery, an answer, a choice and /stats cost as the house grows. `python -m benchmarks.growth`.

One thing grows at a time: subscribers, questions of the bank, reviews in the log. Two hundred people are
measured, whose own history is always the same: what they cost should not depend on what they do not touch.
CPU in ms per person: this process, and on PostgreSQL the server's too. FULL=1 goes to 10^6 subscribers, 10^5
questions and 10^7 reviews; it takes a quarter of an hour and a few gigabytes of disk.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import tempfile
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.growth_house import MEASURED, bank_of, furnish, open_asks
from benchmarks.house import NOON, cpu
from bot.app import DATA
from bot.bank import Bank, load
from bot.db import Database, quizzes, subscriptions
from bot.learning import choose_with_reason
from bot.services import deliveries, memory, progress, reviews
from bot.services.asking import House
from bot.services.pools import Pools
from tests.support.postgres import Server, installed, scratch_database, start_server

FULL = bool(os.environ.get("FULL"))
GROWS = {
    "subscribers": [1_000, 10_000, 100_000] + [1_000_000] * FULL,
    "questions": [100, 1_000, 10_000] + [100_000] * FULL,
    "reviews": [10_000, 100_000] + [1_000_000, 10_000_000] * FULL,
}
PARTS = ("delivery", "choice", "answer", "stats", "second")
TICK = os.sysconf("SC_CLK_TCK")


def server_cpu(server: Server | None) -> float:
    """Seconds of all the server's processes."""
    if server is None:
        return 0.0
    postmaster = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    total = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(path.parent.name) == postmaster or int(fields[1]) == postmaster:
            total += int(fields[11]) + int(fields[12])
    return total / TICK


class Meter:
    """Counts CPU of this process and of the database's server."""

    def __init__(self, server: Server | None) -> None:
        self._server = server

    async def per_person(self, work: Awaitable[object], people: int = MEASURED) -> float:
        """Do it; give milliseconds a person."""
        before = cpu() + server_cpu(self._server)
        await work
        return (cpu() + server_cpu(self._server) - before) / people * 1000


PEOPLE = range(1, MEASURED + 1)
FEW = 50


async def choose(database: Database, house: House) -> None:
    """Read what the policy needs of each, and choose."""
    for person in PEOPLE:
        async with database.reading() as session:
            state = await memory.state(session, person, house.pools.of([]))
        choose_with_reason(state, NOON.date().toordinal())


async def answer(database: Database, house: House, asks: list[int]) -> None:
    """Rate each one's ask."""
    for person, ask in zip(PEOPLE, asks, strict=True):
        async with database.transaction() as session:
            await reviews.rate(session, house, ask, 3, user_id=person, now=NOON)


async def stats(database: Database, house: House) -> None:
    """Sum up what /stats shows of a few."""
    for person in PEOPLE[:FEW]:
        async with database.transaction() as session:
            await progress.of_user(session, house, person, now=NOON)


async def deliver(database: Database, house: House) -> None:
    """Claim and prepare everyone's daily question: what delivery does but for sending and marking."""
    async with database.transaction() as session:
        ids = (await deliveries.claim(session, now=NOON)).ids
    if len(ids) != MEASURED:
        raise RuntimeError(f"{len(ids)} were claimed")
    for start in range(0, MEASURED, 50):
        async with database.reading() as session:
            choices = await deliveries.choose(session, house, ids[start : start + 50], now=NOON)
        async with database.transaction() as session:
            await deliveries.prepare(session, choices, now=NOON)


async def seconds(database: Database) -> None:
    """Ask what the timer asks every second."""
    for _ in range(FEW):
        async with database.reading() as session:
            await subscriptions.is_any_group_due(session, NOON)
            await quizzes.due_ids(session, NOON, 500)


async def measure(database: Database, house: House, meter: Meter) -> dict[str, float]:
    """Measure each part on a filled database."""
    asks = await open_asks(database, house.bank)
    async with database.reading() as session:
        await memory.state(session, 1, house.pools.of([]))  # the pool is made once, not for each
    return {
        "second": await meter.per_person(seconds(database), FEW),
        "choice": await meter.per_person(choose(database, house)),
        "stats": await meter.per_person(stats(database, house), FEW),
        "delivery": await meter.per_person(deliver(database, house)),
        "answer": await meter.per_person(answer(database, house, asks)),
    }


@contextmanager
def empty(server: Server | None) -> Iterator[str]:
    """An empty database's URL: on the server, or without one in a file."""
    if server is None:
        with tempfile.TemporaryDirectory(prefix="gotit-bench-") as folder:
            yield f"sqlite:///{folder}/gotit.db"
    else:
        with scratch_database(server.url) as url:
            yield url


async def one(url: str, real: Bank, what: str, size: int, meter: Meter) -> dict[str, float]:
    """Fill and measure one size."""
    database = Database(url)
    bank = bank_of(real, size) if what == "questions" else real
    people = size if what == "subscribers" else 1_000
    await furnish(database, bank, people=people, reviews=size if what == "reviews" else 0)
    found = await measure(database, House(bank, Pools(bank)), meter)
    await database.close()
    return found


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    options.add_argument("--only", choices=list(GROWS))
    only = options.parse_args().only
    logging.disable(logging.INFO)
    real = load(DATA)
    server = start_server() if installed() is not None else None
    print(f"ms of CPU per person, means of {MEASURED} people (stats and second: of {FEW})")
    for engine, where in [("SQLite", None), *([("PostgreSQL", server)] if server else [])]:
        for what, sizes in GROWS.items():
            if only not in {None, what}:
                continue
            print(f"\n| {engine}, {what} | {' | '.join(PARTS)} |")
            print("|---" * (len(PARTS) + 1) + "|")
            for size in sizes:
                with empty(where) as url:
                    found = asyncio.run(one(url, real, what, size, Meter(where)))
                print(f"| {size:,} | {' | '.join(f'{found[part]:.2f}' for part in PARTS)} |", flush=True)
    if server:
        server.release()


if __name__ == "__main__":
    main()

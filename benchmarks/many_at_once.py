"""Everyone is due in the same minute: G4. `python -m benchmarks.many_at_once`; FULL=1 for a million.

A hundred thousand people want their question at noon. Claiming all of them is what scheduling is here: it is
measured in CPU and memory per person, beside as many cron jobs of APScheduler (in memory, with no grace time:
at its default of a second it would drop all). G4 wants none lost, the first claimed within a second, at most
0.10 of APScheduler's CPU and 0.05 of its memory per job, and the event loop never held up for over 25 ms.

The last is measured over a real delivery too: what ships sends to a stand-in for Telegram, at 1,000 a second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from benchmarks.house import NOON, clock, cpu, fill
from benchmarks.sending import ROOT, telegram
from bot.__main__ import settle
from bot.api.limiter import Limiter
from bot.api.sending import Sender
from bot.api.transport import AiohttpRequest
from bot.app import DATA
from bot.bank import load
from bot.db import Database
from bot.delivery import Delivery
from bot.services import deliveries
from bot.services.asking import House
from bot.services.pools import Pools

PEOPLE = 1_000_000 if os.environ.get("FULL") else 100_000
JOBS = 100_000
"""Of APScheduler's, however many people: a million jobs were still at work after seven minutes of CPU."""

DELIVERED = 10_000
FIRST = 100
"""Delivered before, and told apart: the first in the life of a process builds the statements."""

Figures = dict[str, float]


def memory() -> float:
    """Bytes of this process that are resident."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Stalls:
    """The longest time that the event loop was held up by what ran on it, in seconds of its thread's CPU.

    Not of wall time: on a busy machine that counts what other processes take.
    """

    longest = 0.0

    async def watch(self) -> None:
        """Sleep a millisecond, again and again, and see what the loop did meanwhile."""
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.thread_time() - before)


@asynccontextmanager
async def watched() -> AsyncIterator[Stalls]:
    """Watch the loop within the block."""
    stalls = Stalls()
    watching = asyncio.create_task(stalls.watch())
    await asyncio.sleep(0.05)
    stalls.longest = 0.0
    yield stalls
    await asyncio.sleep(0.01)  # the last one counts too
    watching.cancel()


def _figures(fired: int, seconds: float, size: float, stalls: Stalls, first: float) -> Figures:
    """Name what was measured; times per job in microseconds."""
    return {"fired": fired, "us": seconds * 1e6, "bytes": size, "stall": stalls.longest, "first": first}


async def ours(folder: str, people: int) -> Figures:
    """Claim everyone, batch after batch, as the tick does."""
    database = Database(f"sqlite:///{folder}/gotit.db")
    await fill(database, load(DATA), people, cards=0)
    async with database.transaction() as session:  # one claim to begin with: it builds the statements
        claimed = len((await deliveries.claim(session, now=NOON, limit=1)).ids)
    settle()
    first = 0.0
    async with watched() as stalls:
        rss, before, began = memory(), cpu(), time.perf_counter()
        while True:
            async with database.transaction() as session:
                got = len((await deliveries.claim(session, now=NOON)).ids)
            first = first or time.perf_counter() - began
            claimed += got
            if not got:
                break
        spent, grown = cpu() - before, memory() - rss
    await database.close()
    return {
        "fired": claimed,
        "us": spent / people * 1e6,
        "bytes": grown / people,
        "stall": stalls.longest,
        "first": first,
    }


async def apscheduler(_folder: str, people: int) -> Figures:
    """Keep a cron job for each, then let their minute come."""
    fired, done, first = 0, asyncio.Event(), 0.0

    async def fire(_person: int) -> None:
        nonlocal fired, first
        first = first or time.perf_counter() - began
        fired += 1
        if fired == people:
            done.set()

    rss = memory()
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None})
    scheduler.start(paused=True)
    hour = (datetime.now(UTC) + timedelta(hours=2)).hour
    for person in range(people):
        scheduler.add_job(fire, "cron", hour=hour, args=[person], id=str(person))
    grown = memory() - rss
    _make_due(scheduler, datetime.now(UTC))
    async with watched() as stalls:
        before, began = cpu(), time.perf_counter()
        scheduler.resume()
        await done.wait()
        spent = cpu() - before
    scheduler.shutdown(wait=False)
    return {
        "fired": fired,
        "us": spent / people * 1e6,
        "bytes": grown / people,
        "stall": stalls.longest,
        "first": first,
    }


def _make_due(scheduler: AsyncIOScheduler, moment: datetime) -> None:
    """Let every job's minute come, as if the clock had moved."""
    store = scheduler._jobstores["default"]  # noqa: SLF001 - it has no other way
    jobs = [job for job, _ in store._jobs]  # noqa: SLF001
    for job in jobs:
        job._modify(next_run_time=moment)  # noqa: SLF001
    store._jobs = [(job, moment.timestamp()) for job in jobs]  # noqa: SLF001
    store._jobs_index = {job.id: (job, moment.timestamp()) for job in jobs}  # noqa: SLF001


async def delivered(folder: str, people: int) -> Figures:
    """Deliver to many with everything that ships, and watch the loop."""
    database, bank = Database(f"sqlite:///{folder}/gotit.db"), load(DATA)
    await fill(database, bank, FIRST)
    with telegram() as root:
        request = AiohttpRequest()
        await request.initialize()
        sender = Sender(request, f"{root}/bot1234567:benchmark", Limiter(1000))
        delivery = Delivery(database, House(bank, Pools(bank)), sender, clock, rate=1000)
        async with watched() as first:
            await delivery.deliver()
        delivery.tally.outcomes.clear()
        await fill(database, bank, people, first=FIRST + 1)
        settle()
        async with watched() as stalls:
            began = time.perf_counter()
            await delivery.deliver()
            seconds = time.perf_counter() - began
        await request.shutdown()
    await database.close()
    sent, rate = delivery.tally.outcomes["sent"], people / seconds
    return {"fired": sent, "stall": stalls.longest, "rate": rate, "first stall": first.longest}


PARTS = {"ours": ours, "apscheduler": apscheduler, "delivered": delivered}


def run(part: str, people: int) -> Figures:
    """Measure a part in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.many_at_once", "--part", part, "--people", str(people)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def table() -> None:
    """Measure and print."""
    mine, theirs = run("ours", PEOPLE), run("apscheduler", JOBS)
    print(f"due at the same moment: {PEOPLE:,} people, and {JOBS:,} jobs of APScheduler\n", flush=True)
    print("| | ours | APScheduler | ratio | goal |\n|---|---|---|---|---|")
    print(f"| lost | {PEOPLE - mine['fired']:.0f} | {JOBS - theirs['fired']:.0f} | | 0 |")
    for name, key, unit, goal in (
        ("CPU a job, us", "us", 1, 0.1),
        ("memory a job, bytes", "bytes", 1, 0.05),
        ("loop held up, ms", "stall", 1000, "25 ms"),
        ("first after, ms", "first", 1000, "1,000 ms"),
    ):
        ratio = mine[key] / theirs[key]
        print(f"| {name} | {mine[key] * unit:.1f} | {theirs[key] * unit:.1f} | {ratio:.3f} | {goal} |")
    whole = run("delivered", DELIVERED)
    print(f"| {DELIVERED:,} delivered: lost | {DELIVERED - whole['fired']:.0f} | | | 0 |")
    print(f"| the same: loop held up, ms | {whole['stall'] * 1000:.0f} | | | 25 ms |")
    print(f"| once in a process, with its first delivery, ms | {whole['first stall'] * 1000:.0f} | | | |")
    print(f"| the same: messages a second, of 1,000 | {whole['rate']:.0f} | | | |")


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m benchmarks.many_at_once")
    options.add_argument("--part", choices=list(PARTS))
    options.add_argument("--people", type=int, default=PEOPLE)
    given = options.parse_args()
    logging.disable(logging.INFO)
    if given.part is None:
        table()
    else:
        with tempfile.TemporaryDirectory(prefix="gotit-bench-") as where:
            print(json.dumps(asyncio.run(PARTS[given.part](where, given.people))))

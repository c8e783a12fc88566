"""Our own side of `benchmarks.sending`, one part in a process of its own.

Words: part, root, count, in flight, database URL. The parts:

bare      the transport that ships posting the dictionaries of a question, nothing else
deliver   the whole delivery that ships: claim, choose, render, send, mark; without a pace
paced     the same at a `SEND_RATE` of 1000, paid broadcast
choose    of it, the choice alone: claim and prepare, minus `claim`
claim     of it, the claim alone

Each is warmed up first, and runs as `python -m bot` does: on its event loop, with its settled memory.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from typing import Any

from benchmarks.house import NOON, clock, cpu, fill, server_cpu
from bot.__main__ import run, settle
from bot.api.limiter import Limiter
from bot.api.markup import payload
from bot.api.sending import Sender, Sent
from bot.api.transport import AiohttpRequest, post_plain
from bot.app import DATA
from bot.bank import Bank, load
from bot.db import Database
from bot.delivery import Delivery
from bot.delivery.rounds import SLICE
from bot.learning import Kind, Reason
from bot.rendering import cards
from bot.services import deliveries
from bot.services.asking import House
from bot.services.pools import Pools

TOKEN = "1234567:benchmark"  # noqa: S105 - opens nothing
UNPACED = 1_000_000
"""Messages a second: no pace, as for the bare loops."""

WINDOW_RATE = 640
"""Of the delivery: its window is 128 then, as many in flight as in the bare loops."""

PAID_RATE = 1000
WARM = 400


class Watched(Sender):
    """A Sender that notes when its first and its last message was done."""

    first: float | None = None
    last = 0.0

    async def send(self, *given: Any, **more: Any) -> Sent:
        """Send, and look at the clock."""
        sent = await super().send(*given, **more)
        self.last = time.perf_counter()
        self.first = self.first or self.last
        return sent


async def bare(bank: Bank, root: str, count: int, at_once: int) -> dict[str, float]:
    """Post ready dictionaries, so many in flight."""
    request = AiohttpRequest()
    await request.initialize()
    question = next(iter(bank.questions.values()))
    reason = Reason(Kind.NEW, question.topic, share=0.5)
    fields = payload(cards.question(bank, question, cards.CardView(1, reason)))
    numbers = iter(range(WARM + count))

    async def work(last: int) -> None:
        for number in numbers:
            await post_plain(request, f"{root}/bot{TOKEN}/sendMessage", {"chat_id": number, **fields})
            if number >= last:
                return

    await asyncio.gather(*(work(WARM - at_once) for _ in range(at_once)))
    settle()
    before = cpu()
    await asyncio.gather(*(work(WARM + count) for _ in range(at_once)))
    spent = cpu() - before
    await request.shutdown()
    return {"us": spent / count * 1e6}


async def deliver(
    database: Database, bank: Bank, root: str, count: int, *, pace: int, rate: int, url: str
) -> dict[str, float]:
    """Deliver what is due, with the classes that ship."""
    request = AiohttpRequest()
    await request.initialize()
    sender = Watched(request, f"{root}/bot{TOKEN}", Limiter(pace))
    delivery = Delivery(database, House(bank, Pools(bank)), sender, clock, rate=rate)

    async def once() -> tuple[float, float, float]:
        sender.first = None
        before, before_there, sent = cpu(), server_cpu(url), delivery.tally.outcomes["sent"]
        taken = await delivery.deliver()
        spent, there = cpu() - before, server_cpu(url) - before_there
        if delivery.tally.outcomes["sent"] - sent != taken:
            raise RuntimeError(f"not all were sent: {delivery.tally}")
        return spent, there, sender.last - (sender.first or 0.0)

    await fill(database, bank, WARM)
    await once()
    await fill(database, bank, count, first=WARM + 1)
    settle()
    spent, there, seconds = await once()
    await request.shutdown()
    return {
        "us": spent / count * 1e6,
        "server": there / count * 1e6,
        "rate": count / seconds,
        "share": spent / seconds,
    }


async def choose(database: Database, bank: Bank, count: int, url: str, *, prepare: bool) -> dict[str, float]:
    """Claim, and perhaps prepare, what is due."""
    house = House(bank, Pools(bank))

    async def once() -> tuple[float, float]:
        before, before_there = cpu(), server_cpu(url)
        while True:
            async with database.transaction() as session:
                ids = (await deliveries.claim(session, now=NOON)).ids
            if not ids:
                return cpu() - before, server_cpu(url) - before_there
            for start in range(0, len(ids) if prepare else 0, SLICE):
                async with database.reading() as session:
                    choices = await deliveries.choose(session, house, ids[start : start + SLICE], now=NOON)
                async with database.transaction() as session:
                    await deliveries.prepare(session, choices, now=NOON)

    await fill(database, bank, WARM)
    await once()
    await fill(database, bank, count, first=WARM + 1)
    settle()
    spent, there = await once()
    return {"us": spent / count * 1e6, "server": there / count * 1e6}


async def measure(part: str, root: str, count: int, at_once: int, url: str) -> dict[str, float]:
    """Measure one part: microseconds of this process and of the server for each message, and more."""
    bank = load(DATA)
    if part == "bare":
        return await bare(bank, root, count, at_once)
    database = Database(url)
    try:
        if part == "deliver":
            return await deliver(database, bank, root, count, pace=UNPACED, rate=WINDOW_RATE, url=url)
        if part == "paced":
            return await deliver(database, bank, root, count, pace=PAID_RATE, rate=PAID_RATE, url=url)
        return await choose(database, bank, count, url, prepare=part == "choose")
    finally:
        await database.close()


async def main() -> None:
    """Measure what the command line says."""
    part, root, count, at_once, url = sys.argv[1:6]
    print(json.dumps(await measure(part, root, int(count), int(at_once), url)))


if __name__ == "__main__":
    logging.disable(logging.INFO)
    run(main())

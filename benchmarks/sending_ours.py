"""Our own side of `benchmarks.sending`, one part in a process of its own.

Words: part, root, count, in flight, database URL. The parts:

bare      the transport that ships posting the dictionaries of a question, nothing else
deliver   the whole delivery that ships: claim, choose, render, pace, send, mark
choose    of it, the choice alone: claim and prepare, minus `claim`
claim     of it, the claim alone
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time

from benchmarks.house import NOON, clock, cpu, fill
from bot.api.limiter import Limiter
from bot.api.markup import payload
from bot.api.sending import Sender
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

WARM = 200


async def bare(bank: Bank, root: str, count: int, at_once: int) -> float:
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
    before = cpu()
    await asyncio.gather(*(work(WARM + count) for _ in range(at_once)))
    spent = cpu() - before
    await request.shutdown()
    return spent


async def deliver(database: Database, bank: Bank, root: str) -> float:
    """Deliver what is due, with the classes that ship."""
    request = AiohttpRequest()
    await request.initialize()
    sender = Sender(request, f"{root}/bot{TOKEN}", Limiter(UNPACED))
    delivery = Delivery(database, House(bank, Pools(bank)), sender, clock, rate=WINDOW_RATE)
    before = cpu()
    taken = await delivery.deliver()
    spent = cpu() - before
    if delivery.tally.outcomes["sent"] != taken:
        raise RuntimeError(f"not all were sent: {delivery.tally}")
    await request.shutdown()
    return spent


async def choose(database: Database, bank: Bank, *, prepare: bool) -> float:
    """Claim, and perhaps prepare, what is due."""
    house = House(bank, Pools(bank))
    before = cpu()
    while True:
        async with database.transaction() as session:
            ids = (await deliveries.claim(session, now=NOON)).ids
        if not ids:
            return cpu() - before
        for start in range(0, len(ids) if prepare else 0, SLICE):
            async with database.transaction() as session:
                await deliveries.prepare(session, house, ids[start : start + SLICE], now=NOON)


async def main(part: str, root: str, count: int, at_once: int, url: str) -> dict[str, float]:
    """Measure one part."""
    bank = load(DATA)
    began = time.perf_counter()
    if part == "bare":
        spent = await bare(bank, root, count, at_once)
    else:
        database = Database(url)
        await fill(database, bank, count)
        began = time.perf_counter()
        if part == "deliver":
            spent = await deliver(database, bank, root)
        else:
            spent = await choose(database, bank, prepare=part == "choose")
        await database.close()
    return {"us": spent / count * 1e6, "rate": count / (time.perf_counter() - began)}


if __name__ == "__main__":
    logging.disable(logging.INFO)
    what, where, many, flight, address = sys.argv[1:6]
    print(json.dumps(asyncio.run(main(what, where, int(many), int(flight), address))))

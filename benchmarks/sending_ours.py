"""Our own side of `benchmarks.sending`, one part in a process of its own.

Words: part, root, count, in flight, database URL. The parts:

bare      the transport that ships posting the dictionaries of a question, nothing else
chosen    the delivery that ships, of questions that were chosen beforehand: claim, render, send, mark
deliver   the same with the choice
paced     that at a `SEND_RATE` of 1000, paid broadcast

Each is warmed up first, and runs as `python -m bot` does: on its event loop, with its settled memory.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.house import NOON, ask, ask_everyone, clock, cpu, fill, server_cpu
from bot.__main__ import run, settle
from bot.api.limiter import Limiter
from bot.api.markup import payload
from bot.api.sending import Sender, Sent
from bot.api.transport import AiohttpRequest, post_plain
from bot.app import DATA
from bot.bank import Bank, load
from bot.db import Database
from bot.db.asks import NewAsk
from bot.delivery import Delivery
from bot.delivery.rounds import Round
from bot.learning import Kind, Reason
from bot.rendering import cards
from bot.services.asking import House
from bot.services.deliveries import Parcel
from bot.services.pools import Pools

TOKEN = "1234567:benchmark"  # noqa: S105 - opens nothing
UNPACED = 1_000_000
"""Messages a second: no pace, as for the bare loops."""

PAID_RATE = 1000
"""Of every delivery, for its window: of 200 messages that are sent and not yet marked, some 90 are in flight
on average, of 128 in the bare loops."""

WARM = 400


class Watched(Sender):
    """A Sender that notes when each message was done."""

    def __init__(self, request: AiohttpRequest, address: str, limiter: Limiter) -> None:
        super().__init__(request, address, limiter)
        self.moments: list[float] = []

    async def send(self, *given: Any, **more: Any) -> Sent:
        """Send, and look at the clock."""
        sent = await super().send(*given, **more)
        self.moments.append(time.perf_counter())
        return sent


async def bare(bank: Bank, request: AiohttpRequest, address: str, count: int, at_once: int) -> float:
    """Post ready dictionaries, so many in flight; seconds of CPU."""
    question = next(iter(bank.questions.values()))
    reason = Reason(Kind.NEW, question.topic, share=0.5)
    fields = payload(cards.question(bank, question, cards.CardView(1, reason)))
    numbers = iter(range(WARM + count))

    async def work(last: int) -> None:
        for number in numbers:
            await post_plain(request, f"{address}/sendMessage", {"chat_id": number, **fields})
            if number >= last:
                return

    await asyncio.gather(*(work(WARM - at_once) for _ in range(at_once)))
    settle()
    before = cpu()
    await asyncio.gather(*(work(WARM + count) for _ in range(at_once)))
    return cpu() - before


def choose_beforehand(bank: Bank, people: int) -> None:
    """Let rounds find their questions chosen: delivery, ask and person have the same number here."""
    questions = bank.questions
    parcels = {}
    for one in range(1, people + 1):
        fields = ask(bank, one)
        del fields["chat_id"]
        shown = NewAsk(**fields, id=one)
        parcels[one] = Parcel(one, one, one, NOON, 0, shown, questions[shown.question_id])

    async def prepare(_round: Round, ids: Sequence[int]) -> list[Parcel]:
        return [parcels[one] for one in ids]

    Round._prepare = prepare  # type: ignore[method-assign]  # noqa: SLF001 - no seam of its own for a benchmark


async def deliver(
    database: Database, bank: Bank, sender: Sender, count: int, *, chosen: bool, url: str
) -> tuple[float, float]:
    """Deliver what is due, with the classes that ship; seconds of CPU, of this process and of the server."""
    delivery = Delivery(database, House(bank, Pools(bank)), sender, clock, rate=PAID_RATE)

    async def once(people: range) -> tuple[float, float]:
        await fill(database, bank, len(people), first=people[0])
        if chosen:
            await ask_everyone(database, bank, people, "daily")
        settle()
        before, before_there, sent = cpu(), server_cpu(url), delivery.tally.outcomes["sent"]
        taken = await delivery.deliver()
        spent, there = cpu() - before, server_cpu(url) - before_there
        if not delivery.tally.outcomes["sent"] - sent == taken == len(people):
            raise RuntimeError(f"not all were sent: {delivery.tally}")
        return spent, there

    if chosen:
        choose_beforehand(bank, WARM + count)
    await once(range(1, WARM + 1))
    return await once(range(WARM + 1, WARM + count + 1))


async def measure(part: str, root: str, count: int, at_once: int, url: str) -> dict[str, float]:
    """Measure one part: microseconds of this process and of the server for each message, and more."""
    bank = load(DATA)
    request = AiohttpRequest()
    await request.initialize()
    address, database = f"{root}/bot{TOKEN}", Database(url) if url else None
    try:
        if database is None:
            return {"us": await bare(bank, request, address, count, at_once) / count * 1e6}
        if part == "paced":
            watched = Watched(request, address, Limiter(PAID_RATE))
            spent, _ = await deliver(database, bank, watched, count, chosen=False, url=url)
            seconds = watched.moments[-1] - watched.moments[-count]
            return {"rate": count / seconds, "share": spent / seconds}
        sender = Sender(request, address, Limiter(UNPACED))
        spent, there = await deliver(database, bank, sender, count, chosen=part == "chosen", url=url)
        return {"us": spent / count * 1e6, "server": there / count * 1e6}
    finally:
        await request.shutdown()
        if database is not None:
            await database.close()


async def main() -> None:
    """Measure what the command line says."""
    part, root, count, at_once, url = sys.argv[1:6]
    print(json.dumps(await measure(part, root, int(count), int(at_once), url)))


if __name__ == "__main__":
    logging.disable(logging.INFO)
    run(main())

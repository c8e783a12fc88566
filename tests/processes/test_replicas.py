"""Two processes that answer and two that deliver, on one PostgreSQL, as an operator would run them.

A balancer hands the webhook's calls to one replica after the other. A group's quiz goes on although the
process that delivers and one of those that answer are killed in its first round.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web
from sqlalchemy import func, select

from bot.db import Database
from bot.db.group_tables import Round
from bot.db.tables import Delivery, Subscription
from bot.playground.emulator import Group, Person
from bot.playground.emulator.seen import Seen
from tests.crash.trial import Trial
from tests.processes.processes import PATIENCE, until_holder_is
from tests.support.loopback import fetch, free_port

PEOPLE = 40


class Balancer:
    """Round robin; a replica that is gone is passed over, as balancers do after a failed check."""

    def __init__(self, ports: list[int]) -> None:
        self._turns = itertools.cycle(ports)
        self._replicas = len(ports)
        self.taken: Counter[int] = Counter()
        """Updates that were worked off, by the replica's port."""

    @asynccontextmanager
    async def served(self, port: int) -> AsyncIterator[None]:
        """Listen."""
        app = web.Application()
        app.router.add_post("/telegram", self._pass_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        async with aiohttp.ClientSession() as self._session:
            yield
        await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.startswith("X-Telegram")}
        for port in itertools.islice(self._turns, self._replicas):
            url = f"http://127.0.0.1:{port}/telegram"
            try:
                async with self._session.post(url, data=body, headers=headers) as answer:
                    self.taken[port] += answer.status == 200
                    return web.Response(status=answer.status)
            except aiohttp.ClientError:
                continue
        return web.Response(status=502)


async def until(met: Callable[[], object]) -> None:
    """Wait for what happens in other processes."""
    async with asyncio.timeout(PATIENCE):
        while not met():
            await asyncio.sleep(0.05)


def bots_messages(group: Group) -> list[Seen]:
    """What the bot wrote into the group."""
    bots = group.telegram.world.state.bots
    return [seen for seen in group.messages if seen.sender in bots and not seen.message.service]


def polls(group: Group) -> list[Seen]:
    """The rounds that were asked."""
    return [seen for seen in bots_messages(group) if seen.poll is not None]


async def recorded_polls(database: Database) -> int:
    """Count the rounds whose poll the bot knows."""
    async with database.reading() as session:
        return await session.scalar(select(func.count()).where(Round.poll_id.is_not(None))) or 0


async def wish_for_many_times(trial: Trial, people: list[Person]) -> None:
    """Everyone changes their time again and again, without waiting for the answer."""
    for minute in range(6):
        for person in people:
            await person.send(f"/subscribe 9:{minute:02} UTC")
    await until(lambda: not trial.telegram.bot.updates)


async def play(trial: Trial, group: Group, ada: Person, strike: Callable[[], Awaitable[None]]) -> None:
    """Play two rounds; `strike` comes in the first, once the vote is given: a round is short."""
    await ada.send("/quiz python 2", group)
    await until(lambda: "Start" in str([seen.buttons for seen in bots_messages(group)]))
    await ada.press("Start", chat=group)
    await until(lambda: len(polls(group)) == 1)
    await ada.vote(polls(group)[0], 0)
    await strike()
    await until(lambda: len(polls(group)) == 2)
    await ada.vote(polls(group)[1], 0)
    await until(lambda: "Play again" in str(bots_messages(group)[-1].buttons))


async def test_two_of_each(empty_database: str, tmp_path: Path) -> None:
    trial = Trial(empty_database, PEOPLE)
    await trial.prepare()
    database = Database(empty_database)
    front, *ports = (free_port() for _ in range(3))
    balancer = Balancer(ports)
    public = {"WEBHOOK_URL": f"http://127.0.0.1:{front}", "HOST": "127.0.0.1"}
    async with (
        trial.served() as telegram_port,
        trial.nursery(tmp_path, telegram_port) as bots,
        balancer.served(front),
    ):
        answering = [await trial.start(bots, ROLE="web", PORT=str(port), **public) for port in ports]
        for port in ports:  # one that does not listen yet would take no press
            assert (await fetch(f"http://127.0.0.1:{port}/healthz"))[0] == 200
        workers = [await trial.start(bots, ROLE="worker") for _ in range(2)]
        active = await until_holder_is(database, *workers)
        await trial.until(1.0)
        await trial.until_worked_off()
        record = await trial.record(kills=0)
        assert (record.lost, record.repeated) == (0, 0), "one of the two delivers"
        assert record.reviews == record.pressed
        assert all(balancer.taken[port] for port in ports), "both answer presses"

        people = trial.telegram.people[:10]
        await wish_for_many_times(trial, people)
        async with database.reading() as session:
            times = select(Subscription.minute).where(Subscription.chat_id.in_([one.id for one in people]))
            assert set(await session.scalars(times)) == {9 * 60 + 5}, "everyone's last wish counts"

        ada, bob = people[:2]
        group = trial.telegram.add_group("Study", [bob], [ada])
        await until(lambda: bots_messages(group))

        async def strike() -> None:
            """Kill one of each; an unrecorded poll would be asked again, which tests/crash has a test for."""
            async with asyncio.timeout(PATIENCE):
                while not await recorded_polls(database):
                    await asyncio.sleep(0.02)
            for dead in (active, answering[0]):
                os.kill(dead, signal.SIGKILL)

        await play(trial, group, ada, strike)
        (other,) = set(workers) - {active}
        assert await until_holder_is(database, other) == other
        podiums = [seen for seen in bots_messages(group) if "Play again" in str(seen.buttons)]
        assert (len(polls(group)), len(podiums)) == (2, 1), "every move was made once"
        async with database.reading() as session:
            count = await session.scalar(select(func.count()).select_from(Delivery))
        assert count == PEOPLE, "nobody was scheduled twice"
    await database.close()

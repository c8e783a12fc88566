"""The playground itself: the emulator, the bot and the clock, started, moved and stopped together."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import App
from bot.bank import Bank
from bot.config import Config
from bot.db import deliveries, notices, quizzes, subscriptions
from bot.playground.clock import JumpingClock
from bot.playground.emulator import Telegram
from bot.playground.storage import Storage
from bot.rendering import words
from bot.services import zones

TOKEN = "700000001:playground"  # noqa: S105 - opens nothing but this playground
BOT_NAME, BOT_USERNAME = "Gotit", "gotit_bot"
SAVE_SECONDS = 2.0
BOT_PATIENCE = 5.0
"""Seconds that a jump waits for what the bot has in hand."""

MOST_STOPS = 1000
"""Moments that one jump walks through: more than a year of one person's days and Sundays."""

SENDS = {"sendMessage", "sendPoll", "sendPhoto", "sendDocument"}
PLANS = (
    subscriptions.next_moment,
    deliveries.next_moment,
    notices.next_moment,
    quizzes.next_moment,
)
"""Where the bot keeps what it has to do, and when."""

log = logging.getLogger(__name__)


class NotRunning(Exception):
    """The bot has stopped, or has not started yet."""


class Playground:
    """Everything between the chat page and the bot."""

    def __init__(self, bank: Bank, path: Path) -> None:
        self.bank = bank
        self.storage = Storage(path)
        self.clock = JumpingClock()
        self.telegram = self._new_telegram()
        self.root = ""
        self._app: App | None = None
        self._running: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self._saving: asyncio.Task[None] | None = None
        self._saved = ""
        self._moving = asyncio.Lock()
        self._ending = False

    @property
    def app(self) -> App:
        """The bot that runs now.

        Raises:
            NotRunning: between a stop and a start.
        """
        if self._app is None:
            raise NotRunning
        return self._app

    @asynccontextmanager
    async def still(self) -> AsyncIterator[App]:
        """Give the bot to who reads from it: meanwhile it neither jumps, nor restarts, nor stops.

        Raises:
            NotRunning: when it has stopped for good.
        """
        async with self._moving:
            yield self.app

    def load(self) -> None:
        """Take up what an earlier run left."""
        if (offset := self.storage.read("offset")) is not None:
            self.clock.offset = timedelta(seconds=float(offset))
        if (state := self.storage.read("telegram")) is not None:
            self.telegram = Telegram.load(state, now=self.clock)

    def save(self) -> None:
        """Keep the emulator's state and the clock's offset; nobody else may be writing to the file."""
        self._write(self.telegram.dump(), self.clock.offset)
        self._saved = self.telegram.events.last_id

    def _write(self, state: bytes, offset: timedelta) -> None:
        self.storage.write("telegram", state)
        self.storage.write("offset", str(offset.total_seconds()).encode())

    async def start(self, root: str) -> None:
        """Start the bot against the emulator that is served at `root`."""
        self.root = root
        await self._start_bot()
        self._saving = asyncio.create_task(self._keep_saved())

    async def stop(self) -> None:
        """Stop the bot and keep everything."""
        self._ending = True
        async with self._moving:
            if self._saving is not None:
                self._saving.cancel()
            await self._stop_bot()
            self.save()

    async def restart(self) -> None:
        """End the bot and start it again, as an operator would.

        Raises:
            NotRunning: when the playground ends.
        """
        async with self._alone():
            await self._stop_bot()
            await self._start_bot()

    async def start_afresh(self) -> None:
        """Delete everything and begin anew, with the machine's time.

        The emulator's object stays, since the server's routes hold it: it is emptied.

        Raises:
            NotRunning: when the playground ends.
        """
        async with self._alone():
            await self._stop_bot()
            self.storage.delete()
            self.clock.offset = timedelta()
            self.telegram.world.state = self._new_telegram().world.state
            self.telegram.world.calls.clear()
            self.telegram.events.publish("reset", {})
            await self._start_bot()
            await self._save_aside()

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Keep everyone else from moving, saving or stopping what is there."""
        async with self._moving:
            if self._ending:
                raise NotRunning
            yield

    async def next_delivery(self) -> datetime | None:
        """Find when the next question is due, for anyone."""
        async with self.still() as app, app.database.reading() as session:
            return await subscriptions.next_moment(session)

    async def _next_moment(self) -> datetime | None:
        """Find when the bot has something to do: a notice, for one, is not sent when its day is over."""
        async with self.app.database.reading() as session:
            moments = [await next_moment(session) for next_moment in PLANS]
        return min(filter(None, moments), default=None)

    async def jump(self, target: datetime) -> list[str]:
        """Go to a moment, by all at which the bot has something to do, when it has answered what was asked.

        Returns:
            A sentence for each message that somebody got meanwhile.

        Raises:
            NotRunning: when the playground ends.
        """
        async with self._alone():
            meanwhile: list[str] = []
            for _ in range(MOST_STOPS):
                await self._let_the_bot_finish()
                due = await self._next_moment()
                if due is None or due > target or self._ending:
                    break
                self.clock.jump_to(due)
                meanwhile += await self._tick()
            self.clock.jump_to(target)
            meanwhile += await self._tick()
            await self._save_aside()
            return meanwhile

    async def _let_the_bot_finish(self) -> None:
        """Wait for its updates and its timer: no press in flight and no job's lease must expire by a jump."""
        with suppress(TimeoutError):
            async with asyncio.timeout(BOT_PATIENCE):
                while self.telegram.pending_updates:  # noqa: ASYNC110 - bots poll; nothing tells of it
                    await asyncio.sleep(0.01)
                await self.app.timer.idle()

    async def _tick(self) -> list[str]:
        """Let the scheduler's tick happen now; tell what was sent."""
        first = self.telegram.world.next_call_id
        await self.app.tick()
        self.telegram.tick()
        reached = [  # before the first await: the bot goes on calling meanwhile
            int(str(call.parameters["chat_id"]))
            for call in self.telegram.calls
            if call.id >= first and call.ok and call.method in SENDS
        ]
        return [await self._sentence(chat_id) for chat_id in reached]

    async def _sentence(self, chat_id: int) -> str:
        people = {person.id: person.user.first_name for person in self.telegram.people}
        async with self.app.database.reading() as session:
            plan = await subscriptions.of_chat(session, chat_id)
        zone = plan.time_zone if plan else None
        when = self.clock().astimezone(zones.known(zone))
        where = f", {words.zone(zone)} time" if zone else " UTC"
        return f"{people.get(chat_id, 'A group')} got a message on {when:%a %d %b at %H:%M}{where}."

    def _new_telegram(self) -> Telegram:
        telegram = Telegram(now=self.clock)
        telegram.add_bot(TOKEN, BOT_USERNAME, BOT_NAME)
        telegram.add_person("Ada", "Lovelace", "ada")
        telegram.add_person("Grace", "Hopper", "grace")
        return telegram

    async def _start_bot(self) -> None:
        config = Config(
            bot_token=SecretStr(TOKEN),
            bot_api_url=self.root,
            database_url=SecretStr(f"sqlite:///{self.storage.path}"),
        )
        app = App(config, self.bank, clock=self.clock)
        try:
            await app.start()
        except BaseException:
            await app.stop()
            raise
        self._app, self._stop = app, asyncio.Event()
        self._running = asyncio.create_task(app.run(self._stop))

    async def _stop_bot(self) -> None:
        if self._app is None:
            return
        self._stop.set()
        if self._running is not None:
            await self._running
        await self._app.stop()
        self._app = None

    async def _keep_saved(self) -> None:
        while True:
            await asyncio.sleep(SAVE_SECONDS)
            if self.telegram.events.last_id != self._saved:
                async with self._moving:
                    await self._save_aside()

    async def _save_aside(self) -> None:
        """Save without holding up the bot, which may be writing to the same file at this very moment."""
        newest, state = self.telegram.events.last_id, self.telegram.dump()
        try:
            await asyncio.to_thread(self._write, state, self.clock.offset)
        except sqlite3.OperationalError as error:
            log.info("the playground is saved later: %s", error)
            self._saved = ""
        else:
            self._saved = newest

"""The whole bot on a stage: the emulator as Telegram, a clock to turn, people to play.

In-process: calls reach the emulator without a socket. Limits of pace are off, time stands until moved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
from pydantic import SecretStr
from telegram import Update

from bot.api.errors import UnavailableError
from bot.api.limiter import Limiter
from bot.api.transport import AiohttpRequest, Call
from bot.app import App
from bot.bank import Bank
from bot.config import Config
from bot.db.migrate import make_ready
from bot.handlers.routes import ALLOWED_UPDATES
from bot.playground.emulator import ConnectionLost, Person, Telegram, UploadedFile

TOKEN = "1234567:stage-token"
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class StageClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def __call__(self) -> datetime:
        return self.time

    def move(self, **span: float) -> None:
        """Go on (or back) by a span, given as timedelta's words."""
        self.time += timedelta(**span)


class InProcess(AiohttpRequest):
    """The bot's own transport, answered by the emulator in place of a server."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__()
        self.telegram = telegram

    async def initialize(self) -> None:
        """No connection is needed."""

    async def exchange(self, call: Call) -> tuple[int, bytes]:
        """Hand the call to the emulator, through JSON as on the wire."""
        token, method = urlsplit(call.url).path.removeprefix("/bot").split("/", 1)
        written = orjson.dumps(call.fields) if call.files else call.body
        parameters: Mapping[str, Any] = json.loads(written or b"{}")
        files = {name: UploadedFile(file[0], _bytes(file[1]), file[2]) for name, file in call.files.items()}
        try:
            status, envelope = await self.telegram.call(token, method, parameters, files)
        except TimeoutError:
            raise
        except ConnectionLost as error:
            raise aiohttp.ServerDisconnectedError from error
        return status, orjson.dumps(envelope)


class Unlimited(Limiter):
    """A pace without limits: the clock stands, so nobody's turn would ever come."""

    async def acquire(self, chat_id: Any, lane: Any, *, patience: float | None = None) -> None:
        """Let everyone go at once."""


class Stage:
    """The bot, its Telegram and its clock."""

    def __init__(self, bank: Bank, database_url: str, *, now: datetime = MONDAY) -> None:
        self.clock = StageClock(now)
        self.telegram = Telegram(now=self.clock)
        self.telegram.add_bot(TOKEN, "gotit_bot", "Gotit")
        self.bank = bank
        self.database_url = database_url
        self.app = self._app()
        self._offset = 0

    def _app(self) -> App:
        config = Config(bot_token=SecretStr(TOKEN), database_url=SecretStr(self.database_url))
        app = App(config, self.bank, clock=self.clock, request=InProcess(self.telegram), limiter=Unlimited())
        app.duty._monotonic = lambda: 0.0  # nobody else is there, and a slow machine is no reason to leave
        return app

    async def open(self) -> None:
        """Migrate the database and introduce the bot to Telegram; the timer is turned by hand."""
        await make_ready(self.app.database)
        await self.app.application.initialize()

    async def close(self) -> None:
        """Close what is open."""
        await self.app.duty.stop()
        await self.app.application.shutdown()
        await self.app.database.close()

    async def restart(self) -> None:
        """End the bot and start a new one on the same database; Telegram goes on."""
        await self.close()
        self.app = self._app()
        await self.open()

    def person(self, name: str = "Ada", **more: Any) -> Person:
        """Bring someone new."""
        return self.telegram.add_person(name, **more)

    async def waiting(self) -> list[Update]:
        """Read the updates that wait, without confirming them."""
        _, answer = await self.telegram.call(
            TOKEN, "getUpdates", {"offset": self._offset, "timeout": 0, "allowed_updates": ALLOWED_UPDATES}
        )
        return [Update.de_json(raw, self.app.bot) for raw in answer["result"]]

    async def settle(self) -> None:
        """Work off every waiting update, as polling would: confirmed when done."""
        while updates := await self.waiting():
            for update in updates:
                try:
                    await self.app.lanes.submit(update)
                except UnavailableError:
                    return
                self._offset = update.update_id + 1

    async def say(self, person: Person, text: str) -> str:
        """Let someone write, and give the text of the bot's newest message."""
        await person.send(text)
        await self.settle()
        return person.last.text

    async def tap(self, person: Person, words: str, **where: Any) -> str:
        """Let someone press a button, and give the text of the bot's newest message."""
        await person.press(words, **where)
        await self.settle()
        return person.last.text

    async def pass_time(self, **span: float) -> None:
        """Move the clock, and let the scheduler tick once."""
        self.clock.move(**span)
        await self.app.tick()
        await self.settle()


def _bytes(content: Any) -> bytes:
    data: bytes = content if isinstance(content, bytes) else content.read()
    return data

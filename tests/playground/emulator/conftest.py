"""A Telegram with one bot and one person who has started it, and a clock to turn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.playground.emulator import Person, Telegram

TOKEN = "7000000001:secret"
NEW_YEAR = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)

Api = Callable[..., Awaitable[Any]]


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NEW_YEAR

    def __call__(self) -> datetime:
        return self.time

    def move(self, **span: float) -> None:
        self.time += timedelta(**span)


class RefusedError(Exception):
    """What Telegram answered instead."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body["description"])
        self.status = status
        self.body = body


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    made = Telegram(now=clock)
    made.add_bot(TOKEN, "gotit_bot", "Gotit")
    return made


@pytest.fixture
async def ada(telegram: Telegram) -> Person:
    person = telegram.add_person("Ada", "Lovelace", "ada_l")
    await person.start()
    return person


@pytest.fixture
def api(telegram: Telegram) -> Api:
    """Call a method: its result, or RefusedError."""

    async def call(method: str, /, files: Any = None, **parameters: Any) -> Any:
        status, body = await telegram.call(TOKEN, method, parameters, files)
        if not body["ok"]:
            assert status == body["error_code"]
            raise RefusedError(status, body)
        assert status == 200
        return body["result"]

    return call


@pytest.fixture
def refusal(api: Api) -> Api:
    """Call a method that is refused: Telegram's words."""

    async def call(method: str, /, files: Any = None, **parameters: Any) -> str:
        with pytest.raises(RefusedError) as caught:
            await api(method, files=files, **parameters)
        return str(caught.value)

    return call


@pytest.fixture
def updates(api: Api) -> Api:
    """The updates that wait, confirmed by reading: each kind with its content."""
    seen = 0

    async def read() -> list[tuple[str, Any]]:
        nonlocal seen
        found = []
        for update in await api("getUpdates", offset=seen):
            seen = update["update_id"] + 1
            ((kind, content),) = [(key, value) for key, value in update.items() if key != "update_id"]
            found.append((kind, content))
        return found

    return read

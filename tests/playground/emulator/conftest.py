"""A Telegram with one bot and one person who has started it, a clock to turn, and the page's line to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.playground.emulator import Person, Telegram
from bot.playground.emulator.web import application

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


@pytest.fixture
async def page(telegram):
    async with TestClient(TestServer(application(telegram))) as client:
        yield client


@pytest.fixture
def act(page, ada):
    async def post(route, status=200, **body):
        body.setdefault("person", ada.id)
        body.setdefault("chat", ada.chat.key)
        answer = await page.post(f"/api/{route}", json=body)
        read = await answer.json()
        assert answer.status == status, read
        return read

    return post


class Stream:
    """Server-sent events, read one by one."""

    def __init__(self, response):
        self.response = response
        self.last_id = None

    async def next(self, kind=None):
        """The next event, or the next of a kind: its data."""
        while True:
            fields = {}
            while line := (await asyncio.wait_for(self.response.content.readline(), 5)).decode().strip():
                name, _, value = line.partition(": ")
                fields[name] = value
            if "event" not in fields:
                continue
            self.last_id = fields["id"]
            if kind in (None, fields["event"]):
                return fields["event"], orjson.loads(fields["data"])


@pytest.fixture
async def listen(page, telegram):
    opened = []

    async def start(person, **more):
        response = await page.get(
            "/api/events", params={"person": person.id, **more.pop("params", {})}, **more
        )
        assert response.status == 200
        stream = Stream(response)
        await response.content.readline()
        opened.append(response)
        return stream

    yield start
    for response in opened:
        response.close()


@pytest.fixture
def stream_of():
    """Read the events of a response."""
    return Stream

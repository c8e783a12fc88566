"""A server on loopback that answers like the Bot API whatever a test tells it to."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web
from telegram import Update
from telegram.ext import ExtBot

from bot.api.transport import AiohttpRequest

TOKEN = "123456:AAF-very_secret-token_0123456789"
HALF = TOKEN.partition(":")[2]
ME = {"id": 123456, "is_bot": True, "first_name": "Gotit", "username": "gotit_bot"}

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Heard:
    """One request as it arrived."""

    method: str
    fields: dict[str, Any]
    content_type: str
    path: str


@dataclass
class FakeTelegram:
    """Plays the replies in turn, then answers with `default`."""

    root: str = ""
    heard: list[Heard] = field(default_factory=list)
    replies: deque[Reply] = field(default_factory=deque)
    default: Reply | None = None

    async def serve(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        body = await request.read()
        is_json = request.content_type == "application/json"
        self.heard.append(
            Heard(
                method, orjson.loads(body) if is_json else {"raw": body}, request.content_type, request.path
            )
        )
        if self.replies:
            return await self.replies.popleft()(request)
        return await (self.default or ok(ME))(request)

    @property
    def methods(self) -> list[str]:
        return [heard.method for heard in self.heard]

    @property
    def base_url(self) -> str:
        return f"{self.root}/bot{TOKEN}"


def answer(status: int, **fields: Any) -> Reply:
    """Reply with a status and JSON."""

    async def reply(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=orjson.dumps(fields), content_type="application/json")

    return reply


def ok(result: Any) -> Reply:
    return answer(200, ok=True, result=result)


def error(status: int, description: str, **parameters: Any) -> Reply:
    more = {"parameters": parameters} if parameters else {}
    return answer(status, ok=False, error_code=status, description=description, **more)


def page(status: int, text: str) -> Reply:
    """Reply with a page, as a proxy does."""

    async def reply(_request: web.Request) -> web.Response:
        return web.Response(status=status, text=text, content_type="text/html")

    return reply


async def cut(request: web.Request) -> web.StreamResponse:
    """Read the request, then drop the line."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def silence(_request: web.Request) -> web.StreamResponse:
    """Answer long after anyone waits."""
    await asyncio.sleep(30)
    return web.Response()


def message(number: int, user_id: int, chat_id: int | None = None) -> dict[str, Any]:
    """A text of a user, in their private chat or in another, as Telegram sends it."""
    chat = chat_id or user_id
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1,
            "chat": {"id": chat, "type": "private" if chat > 0 else "group"},
            "from": {"id": user_id, "is_bot": False, "first_name": "Ada"},
            "text": "secret text",
        },
    }


def update(number: int, user_id: int, chat_id: int | None = None) -> Update:
    return Update.de_json(message(number, user_id, chat_id), None)


async def until(condition: Callable[[], object]) -> None:
    """Wait in real time, a minute at most, for what happens in another task."""
    async with asyncio.timeout(60):
        while not condition():  # what is waited for is not an event of ours
            await asyncio.sleep(0.002)


@asynccontextmanager
async def fake_telegram() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram()
    app = web.Application(client_max_size=8 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", fake.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.root = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield fake
    await runner.cleanup()


def bot_of(fake: FakeTelegram, request: AiohttpRequest, **more: Any) -> ExtBot[Any]:
    return ExtBot(
        TOKEN,
        base_url=f"{fake.root}/bot",
        base_file_url=f"{fake.root}/file/bot",
        request=request,
        get_updates_request=request,
        **more,
    )

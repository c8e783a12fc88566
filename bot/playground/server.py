"""The playground over HTTP: the emulator's routes, the chat page, and the clock bar's own few."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import web

from bot.playground.emulator.web import application
from bot.playground.knows import knows
from bot.playground.playground import NotRunning, Playground

PAGE = Path(__file__).parent / "page"
LONGEST_JUMP = 366 * 24 * 3600
"""Seconds that one request may go ahead."""

LOOPBACK_NAMES = {"127.0.0.1", "localhost", "::1"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def build(playground: Playground) -> web.Application:
    """Put all routes together."""
    app = application(playground.telegram)
    app.middlewares.extend((_own_page_only, _bot_is_there, _still_there))
    app.add_routes(_routes(playground))
    app.router.add_static("/page", PAGE)
    app.on_response_prepare.append(_ask_again)
    return app


async def _ask_again(request: web.Request, answer: web.StreamResponse) -> None:
    """Let the browser ask whether a file has changed: after an upgrade old scripts would meet new routes."""
    if request.path == "/" or request.path.startswith("/page/"):
        answer.headers["Cache-Control"] = "no-cache"


@web.middleware
async def _own_page_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another web page sends, and names that only a trick makes point here.

    A browser lets any page post to loopback; it does tell where the page is from.
    """
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return _json({"error": "only the playground's own page may ask this"}, 403)
    if _is_loopback(request) and urlsplit(f"//{request.host}").hostname not in LOOPBACK_NAMES:
        return _json({"error": "the playground answers to 127.0.0.1 and localhost"}, 403)
    return await handler(request)


@web.middleware
async def _bot_is_there(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell who asks while the bot stops that it is away: the page asks again."""
    try:
        return await handler(request)
    except NotRunning:
        return _json({"error": "the bot is not running just now"}, 503)


@web.middleware
async def _still_there(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let go of who goes away while the body comes: nobody is left to answer, and it is no error of ours."""
    try:
        return await handler(request)
    except ConnectionError:
        return web.Response(status=400)


def _is_loopback(request: web.Request) -> bool:
    return (request.remote or "").startswith("127.") or request.remote == "::1"


def _routes(playground: Playground) -> list[web.RouteDef]:
    async def index(_request: web.Request) -> web.StreamResponse:
        answer = web.FileResponse(PAGE / "index.html")
        answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return answer

    async def clock(_request: web.Request) -> web.StreamResponse:
        return _json(await _clock(playground))

    async def move(request: web.Request) -> web.StreamResponse:
        target = await _target(playground, await _object(request))
        if isinstance(target, str):
            return _json({"error": target}, 400)
        meanwhile = await playground.jump(target)
        return _json({**await _clock(playground), "meanwhile": meanwhile})

    async def known(request: web.Request) -> web.StreamResponse:
        person = request.query.get("person", "")
        if not person.isdecimal():
            return _json({"error": "there is no such person"}, 404)
        async with playground.still() as app:
            return _json(await knows(app.database, playground.bank, int(person), playground.clock()))

    async def restart(_request: web.Request) -> web.StreamResponse:
        await playground.restart()
        return _json({"ok": True})

    async def afresh(_request: web.Request) -> web.StreamResponse:
        await playground.start_afresh()
        return _json({"ok": True})

    return [
        web.get("/", index),
        web.get("/playground/clock", clock),
        web.post("/playground/clock", move),
        web.get("/playground/knows", known),
        web.post("/playground/restart", restart),
        web.post("/playground/afresh", afresh),
    ]


async def _clock(playground: Playground) -> dict[str, Any]:
    due = await playground.next_delivery()
    return {
        "now": int(playground.clock().timestamp()),
        "offset": int(playground.clock.offset.total_seconds()),
        "next_delivery": int(due.timestamp()) if due else None,
    }


async def _target(playground: Playground, wish: dict[str, Any]) -> datetime | str:
    """Read where the clock shall go; a sentence when it cannot."""
    if wish.get("to") == "next_delivery":
        due = await playground.next_delivery()
        return due or "Nobody has a question coming: subscribe first."
    seconds = wish.get("seconds")
    if type(seconds) is not int or not 0 < seconds <= LONGEST_JUMP:  # True is an int, but no span
        return "The clock goes ahead by 1 second to 366 days."
    return datetime.fromtimestamp(playground.clock().timestamp(), UTC) + timedelta(seconds=seconds)


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")

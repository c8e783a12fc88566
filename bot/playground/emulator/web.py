"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

Bodies may be JSON, forms or multipart, parameters may stand in the URL too, as on the real server.
`application` serves it with the page's interface; `routes` are for an application of your own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import orjson
from aiohttp import web

from bot.playground.emulator.errors import ApiError, ConnectionLost
from bot.playground.emulator.files import LARGEST_FILE, bytes_of
from bot.playground.emulator.page_actions import routes as action_routes
from bot.playground.emulator.page_api import routes as page_routes
from bot.playground.emulator.state import Json
from bot.playground.emulator.telegram import Telegram
from bot.playground.emulator.uploads import UploadedFile

LOOK_SECONDS = 1.0
"""How often a waiting call looks whether its caller is still there."""

Answer = asyncio.Future[tuple[int, Json]]
LARGEST_BODY = LARGEST_FILE + (1 << 20)


def application(telegram: Telegram) -> web.Application:
    """An application with the Bot API and the page's interface; it resumes and ends webhooks."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(routes(telegram))
    app.add_routes(page_routes(telegram))
    app.add_routes(action_routes(telegram))
    app.cleanup_ctx.append(background(telegram))
    return app


def background(telegram: Telegram) -> Callable[[web.Application], AsyncIterator[None]]:
    """A cleanup context: webhooks run while the application does."""

    async def run(app: web.Application) -> AsyncIterator[None]:
        await telegram.resume()
        yield
        await telegram.close()

    return run


def routes(telegram: Telegram) -> list[web.RouteDef]:
    """The Bot API alone."""

    async def call(request: web.Request) -> web.StreamResponse:
        """Any method, by GET or POST."""
        try:
            parameters, files = await _arguments(request)
        except ApiError as error:
            return _answer(error.code, error.envelope())
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            answer = asyncio.ensure_future(telegram.call(token, method, parameters, files))
            status, body = await _unless_gone(request, answer)
        except ConnectionLost:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        return _answer(status, body)

    async def download(request: web.Request) -> web.StreamResponse:
        """A file that getFile told of."""
        bot = telegram.world.bot_by_token(request.match_info["token"])
        if bot is None:
            return _answer(401, ApiError(401, "Unauthorized").envelope())
        for stored in telegram.world.state.files.values():
            if stored.path == request.match_info["path"]:
                return web.Response(body=bytes_of(stored), content_type="application/octet-stream")
        return _answer(404, ApiError(404, "Not Found").envelope())

    return [
        web.get("/bot{token}/{method}", call),
        web.post("/bot{token}/{method}", call),
        web.get("/file/bot{token}/{path:.+}", download),
    ]


async def _unless_gone(request: web.Request, answer: Answer) -> tuple[int, Json]:
    """The answer; a long poll ends when nobody waits for it any more."""
    try:
        while not answer.done():
            await asyncio.wait([answer], timeout=LOOK_SECONDS)
            if request.transport is None or request.transport.is_closing():
                raise ConnectionLost("the caller went away")
        return answer.result()
    finally:
        answer.cancel()  # nothing happens to an answer that is there


def _answer(status: int, body: Json) -> web.Response:
    headers = {}
    retry_after = body.get("parameters", {}).get("retry_after")
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return web.Response(
        status=status,
        body=orjson.dumps(body),
        content_type="application/json",
        charset="utf-8",
        headers=headers,
    )


async def _arguments(request: web.Request) -> tuple[dict[str, object], dict[str, UploadedFile]]:
    """Parameters and files from the URL and the body."""
    parameters: dict[str, object] = dict(request.query)
    files: dict[str, UploadedFile] = {}
    kind = request.content_type
    if request.method != "POST":
        return parameters, files
    if kind == "application/json":
        parameters |= _json_object(await request.read())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                mime_type = value.content_type or "application/octet-stream"
                files[name] = UploadedFile(value.filename, value.file.read(), mime_type)
            elif isinstance(value, bytes | bytearray):
                files[name] = UploadedFile(name, bytes(value))
            else:
                parameters[name] = value
    return parameters, files


def _json_object(body: bytes) -> dict[str, object]:
    if not body.strip():
        return {}
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(value, dict):
        raise ApiError(400, "Bad Request: can't parse JSON object")
    return value

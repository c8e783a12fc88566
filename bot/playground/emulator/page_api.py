"""What the chat page reads: state, events, calls, files (docs/playground.md, "The page's interface")."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import orjson
from aiohttp import web

from bot.playground.emulator.errors import NotPossible
from bot.playground.emulator.events import Event
from bot.playground.emulator.files import bytes_of
from bot.playground.emulator.state import Json
from bot.playground.emulator.telegram import Telegram
from bot.playground.emulator.updates import watch_bot
from bot.playground.emulator.views import call_view, event_view, person_view, state_view

Answerer = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEARTBEAT_SECONDS = 15.0
CLOCK_SECONDS = 0.5
"""How often an open event stream looks whether the clock has made something due."""

_SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp")


def json_answer(body: Json, status: int = 200) -> web.Response:
    """A JSON body."""
    return web.Response(
        status=status, body=orjson.dumps(body), content_type="application/json", charset="utf-8"
    )


def told(answerer: Answerer) -> Answerer:
    """Answer what a person cannot do with 404 or 400 and a sentence."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return json_answer({"error": "other sites may not use the playground"}, 403)
        try:
            return await answerer(request)
        except NotPossible as error:
            missing = str(error).startswith("there is no ")
            return json_answer({"error": str(error)}, 404 if missing else 400)

    return answer


def person_of(telegram: Telegram, spelling: object) -> int:
    """The id of a person that a request names."""
    if not str(spelling).isdecimal() or int(str(spelling)) not in telegram.world.state.people:
        raise NotPossible(f"there is no person {spelling}")
    return int(str(spelling))


def routes(telegram: Telegram) -> list[web.RouteDef]:
    """The reading half of the page's interface."""
    world = telegram.world

    async def state(request: web.Request) -> web.StreamResponse:
        telegram.tick()
        if "person" not in request.query:
            return json_answer(state_view(world))
        return json_answer(person_view(world, person_of(telegram, request.query["person"])))

    async def calls(request: web.Request) -> web.StreamResponse:
        spelled = request.query.get("limit", "100")
        limit = int(spelled) if spelled.isdecimal() else 100
        newest = list(world.calls)[::-1][:limit]
        return json_answer({"calls": [call_view(call) for call in newest]})

    async def file(request: web.Request) -> web.StreamResponse:
        stored = world.state.files.get(request.match_info["file"])
        if stored is None:
            raise NotPossible("there is no such file")
        inline = stored.mime_type in _SHOWN_INLINE or stored.kind == "photo"
        name = stored.name.replace('"', "").encode("latin-1", "replace").decode("latin-1")
        headers = {
            "Content-Disposition": "inline" if inline else f'attachment; filename="{name}"',
            "Cache-Control": "private, max-age=86400",
            "X-Content-Type-Options": "nosniff",
        }
        kind = stored.mime_type if stored.mime_type in _SHOWN_INLINE else "application/octet-stream"
        kind = "image/png" if stored.kind == "photo" and kind == "application/octet-stream" else kind
        return web.Response(body=bytes_of(stored), content_type=kind, headers=headers)

    async def events(request: web.Request) -> web.StreamResponse:
        person_id = person_of(telegram, request.query.get("person"))
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        after = request.headers.get("Last-Event-ID") or request.query.get("after")
        with suppress(ConnectionError):  # the page goes away, perhaps before the first line
            await stream.prepare(request)
            await _stream(telegram, stream, person_id, after)
        return stream

    return [
        web.get("/api/state", told(state)),
        web.get("/api/calls", told(calls)),
        web.get("/api/file/{file}", told(file)),
        web.get("/api/events", told(events)),
    ]


async def _stream(telegram: Telegram, stream: web.StreamResponse, person_id: int, after: str | None) -> None:
    """Write what was missed, then what comes, until the page goes away."""
    hub = telegram.events
    with hub.queue() as queue:
        missed = hub.since(after) if after else []
        if missed is None:
            await stream.write(f"id: {hub.last_id}\nevent: reset\ndata: {{}}\n\n".encode())
        else:
            await stream.write(b": welcome\n\n")
            for event in missed:
                await _write(telegram, stream, person_id, event)
        silence = 0.0
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), CLOCK_SECONDS)
            except TimeoutError:
                telegram.tick()
                for bot in telegram.world.state.bots.values():
                    watch_bot(telegram.world, bot)
                silence += CLOCK_SECONDS
                if silence >= HEARTBEAT_SECONDS:
                    await stream.write(b": still here\n\n")
                    silence = 0.0
                continue
            silence = 0.0
            await _write(telegram, stream, person_id, event)


async def _write(telegram: Telegram, stream: web.StreamResponse, person_id: int, event: Event) -> None:
    data = event_view(telegram.world, event, person_id)
    if data is not None:
        name = telegram.events.id_of(event.number)
        await stream.write(f"id: {name}\nevent: {event.kind}\ndata: ".encode() + orjson.dumps(data) + b"\n\n")

"""A playground without Gotit: the emulator, its page, a small scripted bot, and a few routes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from aiohttp import web

from bot.playground.emulator import Telegram
from bot.playground.emulator.web import application
from bot.playground.server import CONTENT_SECURITY_POLICY, PAGE
from tests.support.loopback import free_port

TOKEN = "700000001:toy"
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
COMMANDS = {"echo": "Say it again", "menu": "Show some buttons", "mute": "Say nothing"}
Json = dict[str, Any]


class Toy:
    """The server and the bot; `url` is where a browser finds the page."""

    def __init__(self) -> None:
        self.offset = timedelta()
        self.telegram = Telegram(now=self.now)
        self.telegram.add_bot(TOKEN, "toy_bot", "Toy")
        self.ada = self.telegram.add_person("Ada", "Lovelace", "ada")
        self.grace = self.telegram.add_person("Grace", "Hopper", "grace")
        self.known: Json = {
            "subscription": {"sentence": "", "next_due": None},
            "cards": [],
            "topics": [],
            "log": [],
        }
        self.planned = True
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._bot: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://127.0.0.1:{self.port}/"

    def now(self) -> datetime:
        """A Monday's noon and the jumps: on a slow machine, too, no minute passes by itself."""
        return MONDAY + self.offset

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call the Bot API as the bot."""
        status, body = await self.telegram.call(TOKEN, method, parameters)
        assert status == 200, body
        return body["result"]

    async def say(self, text: str, **more: Any) -> Json:
        """Let the bot write to Ada."""
        message: Json = await self.call("sendMessage", chat_id=self.ada.id, text=text, **more)
        return message

    def meet(self) -> None:
        """Let Ada have started the bot before."""
        self.ada.chat.started = True
        self.telegram.world.tell_chat(self.ada.chat)

    async def start(self) -> None:
        """Serve the page, on the port that it had before if there was one."""
        self.port = self.port or free_port()
        app = application(self.telegram)
        app.add_routes(self._routes())
        app.router.add_static("/page", PAGE)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def stop(self) -> None:
        """Stop serving; the world stays."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def start_bot(self) -> None:
        """Let the bot fetch its updates."""
        commands = [{"command": name, "description": words} for name, words in COMMANDS.items()]
        await self.call("setMyCommands", commands=commands)
        await self.call("setMyDescription", description="I repeat what you say.")
        self._bot = asyncio.create_task(self._poll())

    async def stop_bot(self) -> None:
        """Let the bot go away."""
        if self._bot is not None:
            self._bot.cancel()
            with suppress(asyncio.CancelledError):
                await self._bot
            self._bot = None

    async def _poll(self) -> None:
        offset = 0
        while True:
            updates = await self.call("getUpdates", offset=offset, timeout=20)
            for update in updates:
                offset = update["update_id"] + 1
                await self._answer(update)

    async def _answer(self, update: Json) -> None:
        if "callback_query" in update:
            await self._answer_press(update["callback_query"])
        text = update.get("message", {}).get("text")
        if text is None or text == "/mute":
            return
        chat_id = update["message"]["chat"]["id"]
        if text == "/menu":
            await self.call("sendMessage", chat_id=chat_id, text="Choose.", reply_markup=KEYBOARD)
        else:
            await self.call("sendMessage", chat_id=chat_id, text=f"You said: {text}")

    async def _answer_press(self, query: Json) -> None:
        does = query["data"]
        answers: Json = {
            "alert": {"text": "An alert stays.", "show_alert": True},
            "toast": {"text": "A toast goes."},
        }
        if does == "silence":
            return
        await self.call("answerCallbackQuery", callback_query_id=query["id"], **answers.get(does, {}))
        if does == "edit":
            message = query["message"]
            await self.call(
                "editMessageText",
                chat_id=message["chat"]["id"],
                message_id=message["message_id"],
                text="Choose. The answer is 42.",
                reply_markup={"inline_keyboard": [[{"text": "Again", "callback_data": "toast"}]]},
            )

    def _routes(self) -> list[web.RouteDef]:
        async def index(_request: web.Request) -> web.StreamResponse:
            answer = web.FileResponse(PAGE / "index.html")
            answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
            return answer

        def route(
            answer: Callable[[Json], Awaitable[Json]],
        ) -> Callable[[web.Request], Awaitable[web.Response]]:
            async def respond(request: web.Request) -> web.Response:
                body = await request.read()
                return web.Response(
                    body=orjson.dumps(await answer(orjson.loads(body or b"{}"))),
                    content_type="application/json",
                )

            return respond

        return [
            web.get("/", index),
            web.get("/playground/clock", route(self._clock)),
            web.post("/playground/clock", route(self._jump)),
            web.get("/playground/knows", route(self._knows)),
            web.post("/playground/restart", route(self._restart)),
        ]

    async def _clock(self, _wish: Json) -> Json:
        now = int(self.now().timestamp())
        return {
            "now": now,
            "offset": int(self.offset.total_seconds()),
            "next_delivery": now + 7200 if self.planned else None,
        }

    async def _jump(self, wish: Json) -> Json:
        self.offset += timedelta(seconds=wish.get("seconds", 7200))
        await self.say("A question, at its time.")
        return {**await self._clock({}), "meanwhile": ["Ada got a question."]}

    async def _knows(self, _wish: Json) -> Json:
        return self.known

    async def _restart(self, _wish: Json) -> Json:
        await self.stop_bot()
        self.telegram.events.publish("bot", {"bot": self.telegram.bot.user.id})
        await self.start_bot()
        return {"ok": True}


KEYBOARD: Json = {
    "inline_keyboard": [
        [{"text": "Edit", "callback_data": "edit", "style": "primary"}],
        [
            {"text": "Alert", "callback_data": "alert", "style": "success"},
            {"text": "Toast", "callback_data": "toast", "style": "danger"},
        ],
        [
            {"text": "Silence", "callback_data": "silence"},
            {"text": "Manual", "url": "https://docs.python.org/3/"},
        ],
        [
            {"text": "Copy", "copy_text": {"text": "copied words"}},
            {"text": "Deep", "url": "https://t.me/toy_bot?start=deep"},
        ],
    ]
}

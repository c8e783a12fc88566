"""The two ways in, as they ship: the webhook over HTTP, and the polling loop."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.api.in_order import InOrder
from bot.api.polling import poll
from bot.api.transport import AiohttpRequest, Call
from bot.handlers.routes import ALLOWED_UPDATES
from bot.web.application import application, serve
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.webhook import HEADER, Webhook
from tests.support.stage import Stage

SECRET = "the-webhooks-secret"
Raw = dict[str, Any]


def worked(lanes: InOrder) -> int:
    """How many updates have an ending in the metrics; those that were sent back come again."""
    return lanes.worked.done + lanes.worked.failed + lanes.worked.unreadable


class ByWebhook:
    """Posts updates as Telegram does, each until it is taken."""

    def __init__(self, webhook: Webhook, url: str, session: aiohttp.ClientSession) -> None:
        self.webhook = webhook
        self._url = url
        self._session = session

    async def post(self, body: bytes, **headers: str) -> int:
        """Post a body; give the status."""
        headers = {HEADER: SECRET, **headers}
        async with self._session.post(self._url, data=io.BytesIO(body), headers=headers) as answer:
            return answer.status

    async def push(self, raws: Sequence[Raw]) -> None:
        """Post all at once, in the order given."""
        before = self.webhook.answers.total()
        # With `json`, since Telegram may send what orjson would refuse to write: half a surrogate pair.
        statuses = await asyncio.gather(*(self.post(json.dumps(raw).encode()) for raw in raws))
        assert set(statuses) <= {200, 400}, statuses
        assert self.webhook.answers.total() - before == len(raws), "each is counted, once"


class Queue(AiohttpRequest):
    """Telegram's queue of updates; every other call goes on to the stage's emulator."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._onward: AiohttpRequest = stage.app.bot.request  # type: ignore[assignment]
        self.updates: list[Raw] = []
        self.news = asyncio.Event()

    async def exchange(self, call: Call) -> tuple[int, bytes]:
        """Answer `getUpdates` by the offset, as Telegram does."""
        if urlsplit(call.url).path.rpartition("/")[2] != "getUpdates":
            return await self._onward.exchange(call)
        fields = json.loads(call.body)
        offset = fields.get("offset")
        if offset is not None:
            self.updates = [raw for raw in self.updates if _number(raw) is None or _number(raw) >= offset]
        if not self.updates and fields["timeout"]:
            self.news.clear()
            await self.news.wait()
        return 200, json.dumps({"ok": True, "result": self.updates[:100]}).encode()


def _number(raw: Raw) -> Any:
    number = raw.get("update_id")
    return number if isinstance(number, int) else None


class ByPolling:
    """Puts updates into Telegram's queue and waits until they are confirmed."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue

    async def push(self, raws: Sequence[Raw]) -> None:
        """Offer all at once; what has no number is never confirmed."""
        self.queue.updates += [raw for raw in raws if _number(raw) is not None]
        self.queue.news.set()
        async with asyncio.timeout(60):
            for _ in itertools.count():
                if all(_number(raw) is None for raw in self.queue.updates):
                    return
                await asyncio.sleep(0.001)


@asynccontextmanager
async def by_webhook(stage: Stage) -> AsyncIterator[ByWebhook]:
    """Serve the stage's bot on loopback."""
    webhook = Webhook(stage.app.bot, stage.app.lanes, SECRET)
    app = application(Health({}), Metrics([webhook.samples]), webhook)
    async with serve(app, "127.0.0.1", 0) as port, aiohttp.ClientSession() as session:
        yield ByWebhook(webhook, f"http://127.0.0.1:{port}/telegram", session)


@asynccontextmanager
async def by_polling(stage: Stage) -> AsyncIterator[ByPolling]:
    """Let the stage's bot poll."""
    stop = asyncio.Event()
    queue = Queue(stage)
    bot = stage.app.bot
    bot._request = (queue, queue)  # type: ignore[assignment]  # the library gives no way to change it
    polling = asyncio.create_task(
        poll(bot, stage.app.lanes, allowed_updates=ALLOWED_UPDATES, stop=stop, pause=lambda _: 0.001)
    )
    yield ByPolling(queue)
    stop.set()
    await polling

"""Telegram's webhook: an update comes in by POST and is answered when it is worked off.

200 means done. 503 means that the update must come again, which Telegram then does; so an
update that can never be read is answered with 200 too, and counted.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

import orjson
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from bot.api.in_order import InOrder, has_id
from bot.api.reaching import until_it_arrives
from bot.web.metrics import Sample, counted

PATH = "/telegram"

LARGEST = 1024 * 1024
"""Bytes of an update at most; Telegram's own stay far below."""

READ_SECONDS = 15.0
"""For the body to arrive: a caller that dawdles must not keep a connection for ever."""

MOST_INSIDE = 1000
"""Updates in work or waiting: beyond that the next is sent back, so that memory stays bounded."""

MOST_ARRIVING = 200
"""Bodies being read: they could be LARGEST each, and are not yet among the updates inside. Telegram itself
sends at most CONNECTIONS at once."""

CONNECTIONS = 100
"""Updates that Telegram may send at once, its own maximum."""

HEADER = "X-Telegram-Bot-Api-Secret-Token"


ENDINGS = (
    "broken_off",
    "malformed",
    "sent_back",
    "too_large",
    "too_many",
    "unreadable",
    "worked_off",
    "wrong_secret",
)
"""How a call can end."""


class WebhookRefused(Exception):
    """Telegram does not take the webhook's address; the text is its reason."""


def default_secret(token: str) -> str:
    """Return the webhook's secret of a bot whose operator chose none, the same in every process."""
    return hmac.new(token.encode(), b"gotit-webhook", hashlib.sha256).hexdigest()


async def announce(bot: Bot, url: str, secret: str, allowed_updates: Sequence[str]) -> None:
    """Tell Telegram where to send updates, however long that takes; the kinds too, so that none lingers.

    Args:
        bot: initialized.
        url: the public root, without a path.
        secret: comes back with every call.
        allowed_updates: the kinds to receive.

    Raises:
        WebhookRefused: Telegram does not take the address.
        InvalidToken: Telegram refuses the token.
    """
    call = partial(
        bot.set_webhook,
        f"{url.rstrip('/')}{PATH}",
        max_connections=CONNECTIONS,
        allowed_updates=allowed_updates,
        secret_token=secret,
    )
    try:
        await until_it_arrives(call)
    except BadRequest as error:
        raise WebhookRefused(error.message) from None


class Webhook:
    """Receives updates.

    Args:
        bot: what the updates belong to.
        lanes: works them off.
        secret: must be in every call's header.
    """

    def __init__(self, bot: Bot, lanes: InOrder, secret: str) -> None:
        self.answers: Counter[str] = Counter()
        """How calls ended (one of ENDINGS), for the metrics."""
        self._bot = bot
        self._lanes = lanes
        self._secret = secret.encode()
        self._arriving = 0

    def samples(self) -> Iterator[Sample]:
        """Tell how calls ended."""
        return counted("gotit_webhook_calls_total", "Calls of the webhook.", "ending", self.answers, ENDINGS)

    async def receive(self, request: web.Request) -> web.Response:
        """Take one update; the answer waits until it is worked off."""
        ending, response = await self._receive(request)
        self.answers[ending] += 1
        return response

    async def _receive(self, request: web.Request) -> tuple[str, web.Response]:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret):
            return "wrong_secret", web.Response(status=403)
        if self._lanes.inside >= MOST_INSIDE or self._arriving >= MOST_ARRIVING:
            return "too_many", web.Response(status=503)
        self._arriving += 1
        try:
            async with asyncio.timeout(READ_SECONDS):
                body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return "too_large", web.Response(status=413)
        except (web.RequestPayloadError, ConnectionError, TimeoutError):
            return "broken_off", web.Response(status=400)
        finally:
            self._arriving -= 1
        try:
            raw = orjson.loads(body)
        except ValueError:
            raw = None
        if not has_id(raw):
            return "malformed", web.Response(status=400)
        update = self._lanes.read(raw, self._bot)
        if update is None:
            return "unreadable", web.Response()
        if await self._lanes.settle(update):
            return "worked_off", web.Response()
        return "sent_back", web.Response(status=503)

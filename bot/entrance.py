"""Where updates come in, by polling or by the webhook, and where health and metrics are looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web
from telegram.ext import ExtBot

from bot.api.in_order import InOrder
from bot.api.polling import poll
from bot.config import Config
from bot.handlers.routes import ALLOWED_UPDATES
from bot.web.application import application, serve
from bot.web.health import Check, Health
from bot.web.metrics import Metrics, Source
from bot.web.webhook import Webhook, announce, default_secret

WEBHOOK_PORT = 8080


class Entrance:
    """Takes updates in and hands them to the lanes.

    Args:
        sources: what the metrics tell.
        checks: what `/healthz` looks at, by name.
    """

    def __init__(
        self,
        config: Config,
        bot: ExtBot[Any],
        lanes: InOrder,
        sources: Iterable[Source],
        checks: Mapping[str, Check],
    ) -> None:
        self._config = config
        self._bot = bot
        self._lanes = lanes
        self._sources = sources
        self._checks = checks

    async def run(self, stop: asyncio.Event) -> None:
        """Work off updates until `stop` is set: by polling, by the webhook, or none in a worker.

        Raises:
            OSError: when the port is busy.
            WebhookRefused: when Telegram does not take the webhook's address.
        """
        config = self._config
        if config.webhook_url is None and config.port is None:
            await self._receive(stop)
            return
        public = config.webhook_url is not None
        receives = public and config.role != "worker"
        host = config.host or ("0.0.0.0" if public else "127.0.0.1")  # noqa: S104 - behind a proxy
        http = self._http(public=public, receives=receives)
        async with serve(http, host, config.port or WEBHOOK_PORT):
            if receives:
                await self._announce(stop)
            else:
                await self._receive(stop)

    async def _announce(self, stop: asyncio.Event) -> None:
        """Give Telegram the webhook's address, and serve until `stop` is set."""
        url = f"{self._config.webhook_url}"
        announcing = asyncio.create_task(announce(self._bot, url, self._secret(), ALLOWED_UPDATES))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({announcing, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if announcing.done():
                announcing.result()
                await stopping
        finally:
            announcing.cancel()
            stopping.cancel()

    async def _receive(self, stop: asyncio.Event) -> None:
        if self._config.role == "worker":
            await stop.wait()
        else:
            await poll(self._bot, self._lanes, allowed_updates=ALLOWED_UPDATES, stop=stop)

    def _http(self, *, public: bool, receives: bool) -> web.Application:
        token = self._config.metrics_token.get_secret_value() if self._config.metrics_token else None
        sources = list(self._sources)
        webhook = Webhook(self._bot, self._lanes, self._secret()) if receives else None
        if webhook is not None:
            sources.append(webhook.samples)
        metrics = Metrics(sources, token=token, is_hidden=public and not token)
        return application(Health(self._checks), metrics, webhook)

    def _secret(self) -> str:
        own = self._config.webhook_secret
        return own.get_secret_value() if own else default_secret(self._config.bot_token.get_secret_value())

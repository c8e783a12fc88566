"""Puts the HTTP side together and runs it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot import stopping
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.webhook import LARGEST, PATH, Webhook


def application(health: Health, metrics: Metrics, webhook: Webhook | None = None) -> web.Application:
    """Build the application.

    Args:
        health: answers `GET /healthz`.
        metrics: answers `GET /metrics`.
        webhook: answers `POST /telegram`; None when the bot polls.
    """
    app = web.Application(client_max_size=LARGEST)
    app.router.add_get("/healthz", health.show)
    app.router.add_get("/metrics", metrics.show)
    if webhook is not None:
        app.router.add_post(PATH, webhook.receive)
    return app


@asynccontextmanager
async def serve(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve within the block; on leaving it, take no new call and let the begun ones end.

    Args:
        app: the application.
        host: the address to listen on.
        port: 0 chooses a free one.

    Yields:
        The port.

    Raises:
        OSError: the port is taken, or the address is not this machine's.
    """
    runner = web.AppRunner(
        app,
        access_log=None,  # it would be a line for each update
        auto_decompress=False,  # Telegram sends nothing compressed: no bombs, no errors after the answer
        handle_signals=False,
        shutdown_timeout=stopping.WIND_DOWN_SECONDS,
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()

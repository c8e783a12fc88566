"""Is the bot alive? 200 if every check passes, 503 with the names of those that do not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

import orjson
from aiohttp import web

CHECK_SECONDS = 3.0
"""For one check: what hangs is not alive."""

Check = Callable[[], Awaitable[bool]]
log = logging.getLogger(__name__)


class Health:
    """Answers whoever watches the process.

    checks: name -> a question that is answered with true, in time, when that part is alive.
    """

    def __init__(self, checks: Mapping[str, Check], *, seconds: float = CHECK_SECONDS) -> None:
        self._checks = dict(checks)
        self._seconds = seconds
        self._failed: list[str] = []

    async def show(self, _request: web.Request) -> web.Response:
        """Ask every check at the same time."""
        passed = await asyncio.gather(*map(self._passes, self._checks.values()))
        failed = [name for name, is_alive in zip(self._checks, passed, strict=True) if not is_alive]
        if failed != self._failed:
            log.warning("health: %s", f"{', '.join(failed)} failed" if failed else "all is well again")
            self._failed = failed
        return web.Response(
            status=503 if failed else 200,
            body=orjson.dumps({"ok": not failed, "failed": failed}),
            content_type="application/json",
        )

    async def _passes(self, check: Check) -> bool:
        try:
            async with asyncio.timeout(self._seconds):
                return await check()
        # A check may fail in any way of its own; its text could name the database's password.
        except Exception as error:  # noqa: BLE001
            log.debug("health: a check raised %s", type(error).__name__)
            return False

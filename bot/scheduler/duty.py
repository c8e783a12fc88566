"""Duty: of all the processes on one PostgreSQL, one delivers. On SQLite there is one process anyway.

The lease is kept in the database, by its clock; how long this process may rely on it is counted here,
on the monotonic clock, from before the question was asked. So a process that was frozen knows, when it
wakes, that its time is over.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
import uuid
from collections.abc import Callable
from contextlib import suppress

from bot.db import Database, Unavailable
from bot.services import leases

RENEW_SECONDS = 5.0
SAFETY_SECONDS = 2.0
"""Before the lease's end: a message that is on its way must be through by then."""

log = logging.getLogger(__name__)


class Duty:
    """This process's part in the duty.

    Args:
        name: of this process; made up if not given.
    """

    def __init__(
        self,
        database: Database,
        *,
        name: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._name = name or f"{os.uname().nodename[:30]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._monotonic = monotonic
        self._until = float("-inf")
        self._was_mine: bool | None = None
        self._renewing: asyncio.Task[None] | None = None

    @property
    def is_mine(self) -> bool:
        """Tell whether this process is the one that delivers, at this very moment."""
        return self._database.is_sqlite or self._monotonic() < self._until

    def start(self) -> None:
        """Ask for the duty, again and again."""
        if not self._database.is_sqlite:
            self._renewing = asyncio.create_task(self._keep_renewing())

    async def stop(self) -> None:
        """Leave the duty to another at once."""
        if self._renewing is not None:
            self._renewing.cancel()
        if self.is_mine and not self._database.is_sqlite:
            self._until = float("-inf")
            with suppress(Unavailable):
                async with self._database.transaction(lets_go=True) as session:
                    await leases.leave_duty(session, self._name)

    async def renew(self) -> bool:
        """Ask once; tell whether the duty is this process's now."""
        asked = self._monotonic()
        async with self._database.transaction(lets_go=True) as session:
            mine = await leases.take_duty(session, self._name)
        self._until = asked + leases.SPAN.total_seconds() - SAFETY_SECONDS if mine else float("-inf")
        if mine is not self._was_mine:
            log.info("this process delivers now" if mine else "standing by: another process delivers")
            self._was_mine = mine
        return mine

    async def _keep_renewing(self) -> None:
        while True:
            try:
                await self.renew()
            except Unavailable as error:
                log.warning("the duty to deliver cannot be renewed: %s", error)
            except Exception:
                log.exception("the duty to deliver cannot be renewed")
            await asyncio.sleep(RENEW_SECONDS)

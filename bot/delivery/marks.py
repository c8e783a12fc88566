"""What became of messages, written in batches: a transaction for each would cost more than the send."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.clock import Clock
from bot.db import Database, Unavailable
from bot.services import deliveries
from bot.services.deliveries import Ending

MARK_SECONDS = 0.1
"""How long the first of a batch waits for others."""

RETRY_SECONDS = 1.0
"""Between tries while the database is away. What was sent stays in memory till then, and nothing new
is sent beyond the window."""

LAST_SECONDS = 2.0
"""For the last batch of a process that ends."""

log = logging.getLogger(__name__)


class Marks:
    """Collects endings and writes them.

    Args:
        most: size of a batch.
        written: is told of every batch once it is committed.
    """

    def __init__(
        self, database: Database, clock: Clock, most: int, written: Callable[[Sequence[Ending]], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._most = most
        self._written = written
        self._waiting: list[Ending] = []
        self._in_hand: list[Ending] = []
        self._any, self._enough = asyncio.Event(), asyncio.Event()
        self._closed = False

    def add(self, ending: Ending) -> None:
        """Take one."""
        self._waiting.append(ending)
        self._any.set()
        if len(self._waiting) >= self._most:
            self._enough.set()

    def close(self) -> None:
        """Take no more: `write` ends once everything is written."""
        self._closed = True
        self._any.set()
        self._enough.set()

    async def write(self) -> None:
        """Write batches until closed. Broken off, it still writes what it can within a moment."""
        try:
            while not self._closed or self._waiting:
                await self._any.wait()
                with suppress(TimeoutError):
                    async with asyncio.timeout(MARK_SECONDS):
                        await self._enough.wait()
                self._in_hand, self._waiting = self._waiting, []
                if not self._closed:
                    self._any.clear()
                    self._enough.clear()
                if self._in_hand:
                    await self._write_batch(self._in_hand)
                    self._in_hand = []
        except asyncio.CancelledError:
            with suppress(TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    await self._commit([*self._in_hand, *self._waiting])
            raise

    async def _write_batch(self, batch: Sequence[Ending]) -> None:
        try:
            await self._commit(batch)
        except Exception:
            log.exception("%d marks could not be written: trying them one by one", len(batch))
            for ending in batch:
                await self._write_one(ending)
        self._written(batch)

    async def _write_one(self, ending: Ending) -> None:
        """Write one that may be what broke its batch; it must not be sent again and again for that."""
        for attempt in (ending, Ending(ending.parcel, "failed")):
            try:
                await self._commit([attempt])
            except Exception:
                log.exception("delivery %d cannot be marked as %s", ending.parcel.delivery_id, attempt.how)
            else:
                return

    async def _commit(self, batch: Sequence[Ending]) -> None:
        told = False
        while True:
            try:
                async with self._database.transaction(lets_go=True) as session:
                    await deliveries.mark(session, batch, now=self._clock())
            except Unavailable as error:
                if not told:
                    log.warning("the database is away, %d marks wait: %s", len(batch), error)
                told = True
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return

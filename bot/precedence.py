"""Whose work goes first in this process: an update's. A broadcast gives way while one is in work.

Its slices fill most of a processor, and a press needs a dozen turns of the event loop: each is as long as
what a broadcast has ready for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MOST_SECONDS = 0.005
"""How long a part of a broadcast gives way, as long as most presses take: those that wait for a slow database
or never end must not stop it. A bunch of messages makes up for what it missed (`limiter.LATE_SECONDS`)."""

_is_working: ContextVar[bool] = ContextVar("is_working", default=False)


class Precedence:
    """Counts the updates that need this process, and lets others wait for it."""

    def __init__(self) -> None:
        self._working = 0
        self._free: asyncio.Event | None = None
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def is_claimed(self) -> bool:
        """Whether an update needs this process now."""
        return self._working > 0

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work an update off."""
        token = _is_working.set(True)
        self._begin()
        try:
            yield
        finally:
            self._end()
            _is_working.reset(token)

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """Wait for Telegram: an update that does needs this process no more than anyone else."""
        if not _is_working.get():
            yield
            return
        self._end()
        try:
            yield
        finally:
            self._begin()

    async def give_way(self) -> None:
        """Wait until no update needs this process, but no longer than MOST_SECONDS."""
        if not self.is_claimed:
            return
        if self._free is None:
            self._free = asyncio.Event()
            self._alarm = asyncio.get_running_loop().call_later(MOST_SECONDS, self._let_go_on)
        await self._free.wait()

    def _begin(self) -> None:
        self._working += 1

    def _end(self) -> None:
        self._working -= 1
        if not self.is_claimed:
            self._let_go_on()

    def _let_go_on(self) -> None:
        if self._free is not None and self._alarm is not None:
            self._alarm.cancel()
            self._free.set()
            self._free = self._alarm = None

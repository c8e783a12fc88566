"""Whose work goes first in this process: an update's. A broadcast gives way while one is in work.

Its slices fill most of a processor, and a press needs a dozen turns of the event loop: each is as long as
what a broadcast has ready for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

MOST_SECONDS = 0.005
"""How long a part of a broadcast gives way, as long as most presses take: those that wait for a slow database
or never end must not stop it. Less than what the limiter's second is too long (`limiter.SECOND`), since a
message that has its turn is kept back by it."""


@dataclass(slots=True)
class _Work:
    """One update's work, in all of its tasks.

    calls: of Telegram, for which it waits now.
    """

    calls: int = 0
    is_done: bool = False


_work: ContextVar[_Work | None] = ContextVar("work", default=None)


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
        work = _Work()
        token = _work.set(work)
        self._begin()
        try:
            yield
        finally:
            work.is_done = True
            if not work.calls:
                self._end()
            _work.reset(token)

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """Wait for Telegram: an update that does needs this process no more than anyone else."""
        work = _work.get()
        if work is None or work.is_done:
            yield
            return
        if not work.calls:
            self._end()
        work.calls += 1
        try:
            yield
        finally:
            work.calls -= 1
            if not work.calls and not work.is_done:
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

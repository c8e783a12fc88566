"""A clock that jumps from one alarm to the next, so that an hour of waiting takes no time."""

from __future__ import annotations

import asyncio
from heapq import heappop, heappush
from itertools import count


class VirtualTime:
    """Offers `monotonic` and `sleep`; `run` lets time pass."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._alarms: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        rings = asyncio.get_running_loop().create_future()
        heappush(self._alarms, (self.now + seconds, next(self._order), rings))
        await rings

    async def run(self, seconds: float = float("inf")) -> None:
        """Let time pass until nothing waits any more, or for so many seconds."""
        until = self.now + seconds
        await settle()
        while self._alarms and self._alarms[0][0] <= until:
            moment, _, rings = heappop(self._alarms)
            if not rings.done():
                self.now = max(self.now, moment)
                rings.set_result(None)
                await settle()
        if until < float("inf"):
            self.now = until


async def settle() -> None:
    """Let every task go on until it waits."""
    for _ in range(8):
        await asyncio.sleep(0)

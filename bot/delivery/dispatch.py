"""Hands prepared parcels to whoever sends: one at a time, as long as the window has a place for it.

In place of two of asyncio's queues, one of parcels and one of places: a message passes through here without
any wait when both are there, and with one otherwise.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import suppress

from bot.services.deliveries import Parcel


class Dispatch:
    """Parcels that wait to be sent, and places for those that are sent and not yet marked.

    Args:
        places: how many parcels may be taken and not yet released.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._waiting: deque[Parcel] = deque()
        self._idle: deque[asyncio.Future[Parcel | None]] = deque()
        self._room = asyncio.Event()
        self._most = 0
        self._out = 0
        self._still = asyncio.Event()
        self._closed = False

    def offer(self, parcels: Iterable[Parcel]) -> None:
        """Put parcels at the end."""
        self._waiting.extend(parcels)
        self._serve()

    async def take(self) -> Parcel | None:
        """Wait for a parcel and a place, and take both; None when nothing more comes."""
        if self._waiting and self._places:
            return self._next()
        if self._closed and not self._waiting:
            return None
        turn: asyncio.Future[Parcel | None] = asyncio.get_running_loop().create_future()
        self._idle.append(turn)
        return await turn

    def done(self) -> None:
        """Say that what was taken is sent, whatever came of it; its place is released when that is marked."""
        self._out -= 1
        if not self._out and not self._waiting:
            self._still.set()

    async def still(self, seconds: float) -> bool:
        """Wait until all is sent, but no longer than that; tell whether it is."""
        self._still.clear()
        if self._out or self._waiting:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._still.wait()
        return not self._out and not self._waiting

    def release(self, places: int) -> None:
        """Give places back: what had them is marked, or was not sent."""
        self._places += places
        self._serve()

    async def room(self, most: int) -> None:
        """Wait until no more than so many parcels wait."""
        self._most = most
        if len(self._waiting) > most:
            self._room.clear()
            await self._room.wait()

    def close(self) -> None:
        """Nothing more comes: who waits in vain goes home."""
        self._closed = True
        self._serve()

    def _next(self) -> Parcel:
        self._places -= 1
        self._out += 1
        parcel = self._waiting.popleft()
        if len(self._waiting) == self._most:
            self._room.set()
        return parcel

    def _serve(self) -> None:
        """Give those who wait what there is."""
        while self._idle and ((self._waiting and self._places) or (self._closed and not self._waiting)):
            turn = self._idle.popleft()
            if not turn.done():  # not of one who was broken off
                turn.set_result(self._next() if self._waiting else None)

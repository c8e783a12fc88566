"""The event stream: what changed, for the chat page and for tests that wait.

An event is stored by reference (`chat`, `message`) and shown as it is when somebody reads it, so a
replay after a broken connection never shows an outdated message.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.playground.emulator.state import Json

KEPT = 2000
"""Events kept for a page that comes back; an older page reads the state again."""


@dataclass(frozen=True)
class Event:
    """One change; `audience` are the people who may know of it, None is everyone."""

    number: int
    kind: str
    data: Json
    audience: frozenset[int] | None = None

    def concerns(self, person_id: int | None) -> bool:
        """Whether the person may know; None asks for everybody's events."""
        return person_id is None or self.audience is None or person_id in self.audience


class EventHub:
    """Broadcasts events to any number of listeners and keeps the last ones."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)
        self._kept: deque[Event] = deque(maxlen=KEPT)
        self._last = 0
        self._queues: set[asyncio.Queue[Event]] = set()

    def publish(self, kind: str, data: Json, audience: frozenset[int] | None = None) -> None:
        """Tell everyone who listens."""
        self._last += 1
        event = Event(self._last, kind, data, audience)
        self._kept.append(event)
        for queue in self._queues:
            queue.put_nowait(event)

    @property
    def last_id(self) -> str:
        """The name of the newest event, to resume after it."""
        return self.id_of(self._last)

    def id_of(self, number: int) -> str:
        """An event's name: unique among all runs of the playground."""
        return f"{self._run}-{number}"

    def since(self, event_id: str) -> list[Event] | None:
        """The events after that one; None when it is unknown or too old."""
        run, _, spelled = event_id.partition("-")
        if run != self._run or not spelled.isdecimal() or int(spelled) > self._last:
            return None
        number = int(spelled)
        oldest = self._kept[0].number if self._kept else self._last + 1
        if number + 1 < oldest:
            return None
        return [event for event in self._kept if event.number > number]

    @contextmanager
    def queue(self) -> Iterator[asyncio.Queue[Event]]:
        """A queue that gets every event from now on."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    async def listen(self, person_id: int | None = None) -> AsyncIterator[Event]:
        """Events from now on, as they come."""
        with self.queue() as queue:
            while True:
                event = await queue.get()
                if event.concerns(person_id):
                    yield event

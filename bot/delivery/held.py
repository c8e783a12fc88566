"""What this process has in hand: its deliveries, each under a lease until it is marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.db import Database
from bot.services import deliveries


class Held:
    """Deliveries by id, with the ends of their leases.

    Args:
        lease: how long a claim holds without being renewed.
    """

    def __init__(self, database: Database, clock: Clock, lease: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._lease = lease
        self._until: dict[int, datetime] = {}

    def take(self, ids: Sequence[int], now: datetime) -> None:
        """Take what was claimed at that moment."""
        self._until |= dict.fromkeys(ids, now + self._lease)

    def let_go(self, delivery_id: int) -> None:
        """Forget one that came to its end."""
        self._until.pop(delivery_id, None)

    def holds(self, delivery_id: int) -> bool:
        """Tell whether one is still this process's: nobody else can have taken it over."""
        return self._until[delivery_id] > self._clock()

    def overdue(self, now: datetime) -> list[int]:
        """List those whose lease has run out, and which are in hand all the same."""
        return [number for number, until in self._until.items() if until <= now]

    async def renew(self) -> None:
        """Hold what is still ours for longer.

        Raises:
            Unavailable: when the database is away.
        """
        now = self._clock()
        ours = [number for number, until in self._until.items() if until > now]
        async with self._database.transaction(lets_go=True) as session:
            await deliveries.keep(session, ours, now + self._lease)
        self._until.update((number, now + self._lease) for number in ours if number in self._until)

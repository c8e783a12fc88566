"""From due notices to sent ones: the eve of an interview, the day after, the week's summary.

The same way as `delivery`: claim under a lease, commit, talk to Telegram, mark.
"""

from __future__ import annotations

import asyncio
import logging

from bot.api.sending import Outcome, Sender
from bot.clock import Clock
from bot.db import Database
from bot.rendering import interview, summary
from bot.rendering.screen import Screen
from bot.services import notices, progress, subscriptions
from bot.services.asking import House
from bot.services.notices import Due

RETRY_SECONDS = 60.0
IN_FLIGHT = 8
"""At the same time: each holds a connection to the database while its figures are read."""

log = logging.getLogger(__name__)


class Notices:
    """Sends the notices that are due."""

    def __init__(self, database: Database, house: House, sender: Sender, clock: Clock) -> None:
        self._database = database
        self._house = house
        self._sender = sender
        self._clock = clock

    async def deliver(self) -> None:
        """Send everything that is due by now."""
        while True:
            async with self._database.transaction(lets_go=True) as session:
                claimed = await notices.claim(session, now=self._clock())
            if not claimed:
                return
            gate = asyncio.Semaphore(IN_FLIGHT)
            async with asyncio.TaskGroup() as tasks:
                for due in claimed:
                    tasks.create_task(self._guarded(gate, due))

    async def _guarded(self, gate: asyncio.Semaphore, due: Due) -> None:
        """Send one; what goes wrong with it is nobody else's trouble, and its lease brings it again."""
        async with gate:
            try:
                await self._send(due)
            except Exception:
                log.exception("notice %s of user %d failed; it comes again", due.kind, due.user_id)

    async def _send(self, due: Due) -> None:
        screen = await self._screen(due)
        if screen is None:
            await self._mark(due, None, None)
            return
        sent = await self._sender.send(due.user_id, screen)
        log.info("notice %s to chat %d: %s", due.kind, due.user_id, sent.outcome)
        await self._mark(due, sent.outcome, sent.retry_after)

    async def _screen(self, due: Due) -> Screen | None:
        """Write the message; None when there is nothing to say."""
        if due.kind == "after":
            return interview.after()
        async with self._database.transaction(lets_go=True) as session:
            now = self._clock()
            found = await progress.of_user(session, self._house, due.user_id, now=now)
            if due.kind == "eve":
                return interview.eve(found)
            week = await progress.week_of(session, due.user_id, found.today)
        return summary.week(found, week) if week.answers else None

    async def _mark(self, due: Due, outcome: Outcome | None, retry_after: float | None) -> None:
        now = self._clock()
        async with self._database.transaction(lets_go=True) as session:
            match outcome:
                case Outcome.LATER | Outcome.UNKNOWN:
                    await notices.put_off(session, due, retry_after or RETRY_SECONDS, now=now)
                case Outcome.BLOCKED | Outcome.GONE:
                    await subscriptions.blocked(session, due.user_id)
                    await notices.close(session, due, now=now)
                case _:
                    await notices.close(session, due, now=now)

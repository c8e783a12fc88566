"""From due rows to sent questions: claim, prepare, send, mark.

In:  a tick.
Out: messages, and what became of each. No transaction is open while Telegram is talked to; a crash
between the send and its mark repeats that question once, with the same ask behind its buttons.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from bot.api.sending import Outcome, Sender, Sent
from bot.clock import Clock
from bot.db import Database
from bot.rendering import cards, notes
from bot.rendering.screen import Screen
from bot.services import deliveries
from bot.services.asking import House
from bot.services.deliveries import Parcel

IN_FLIGHT = 64
"""Sends at the same time: at 30 a second and 80 ms each three would do; headroom for slow answers."""

RETRY_AFTER = (15.0, 60.0, 300.0)
"""Seconds to wait after the first, second and every later failure that may pass."""

log = logging.getLogger(__name__)


class Delivery:
    """Delivers what is due, one round after the other until nothing is left."""

    def __init__(self, database: Database, house: House, sender: Sender, clock: Clock) -> None:
        self._database = database
        self._house = house
        self._sender = sender
        self._clock = clock
        self._round = asyncio.Lock()

    async def deliver(self) -> int:
        """Send everything that is due by now.

        Returns:
            How many deliveries were taken in hand.
        """
        total = 0
        async with self._round:
            while count := await self._deliver_batch():
                total += count
        return total

    async def _deliver_batch(self) -> int:
        async with self._database.transaction() as session:
            claimed = await deliveries.claim(session, now=self._clock())
        if not claimed:
            return 0
        async with self._database.transaction() as session:
            parcels = await deliveries.prepare(session, self._house, claimed, now=self._clock())
        await self._send_all(parcels)
        return len(claimed)

    async def _send_all(self, parcels: Sequence[Parcel]) -> None:
        gate = asyncio.Semaphore(IN_FLIGHT)

        async def send_one(parcel: Parcel) -> None:
            async with gate:
                sent = await self._sender.send(parcel.chat_id, self._screen(parcel))
            await self._mark(parcel, sent)

        async with asyncio.TaskGroup() as tasks:
            for parcel in parcels:
                tasks.create_task(send_one(parcel))

    def _screen(self, parcel: Parcel) -> Screen:
        if parcel.ask is None or parcel.question is None:
            return notes.long_silence(parcel.silent_days)
        return cards.question(
            self._house.bank, parcel.question, cards.view_of(parcel.ask, silent_days=parcel.silent_days)
        )

    async def _mark(self, parcel: Parcel, sent: Sent) -> None:
        now = self._clock()
        log.info("delivery %d to chat %d: %s", parcel.delivery_id, parcel.chat_id, sent.outcome)
        async with self._database.transaction() as session:
            match sent.outcome:
                case Outcome.SENT if sent.message_id is not None:
                    await deliveries.sent(session, parcel, sent.message_id, now=now)
                case Outcome.BLOCKED | Outcome.GONE:
                    await deliveries.failed(session, parcel, blocked=True, now=now)
                case Outcome.LATER | Outcome.UNKNOWN:
                    wait = sent.retry_after or RETRY_AFTER[0]
                    await deliveries.put_off(session, parcel, wait, now=now)
                case _:
                    log.warning("delivery %d refused: %s", parcel.delivery_id, sent.description)
                    await deliveries.failed(session, parcel, blocked=False, now=now)

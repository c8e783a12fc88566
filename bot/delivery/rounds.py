"""One round of delivery: claims ahead of the sends, sends many at once, keeps what it claimed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from bot.api.sending import Outcome, Sender
from bot.clock import Clock
from bot.db import Database, Unavailable
from bot.delivery.courier import Courier
from bot.delivery.dispatch import Dispatch
from bot.delivery.held import Held
from bot.delivery.marks import Marks
from bot.delivery.tally import PROBE, Tally
from bot.services import deliveries
from bot.services.asking import House
from bot.services.deliveries import BATCH, LEASE, Ending, Parcel

SMALLEST_WINDOW = 64
WINDOW_SECONDS = 0.2
SLICE = 100
"""Deliveries prepared in one transaction: a statement costs nearly the same for fifty as for two hundred, but
on SQLite a button press waits until it ends."""

AGAIN_SECONDS = 5.0
"""As often as the timer ticks: what is due meanwhile must not wait until the last message of a round is sent,
which may take a long time."""

LONG_QUEUE_SECONDS = 3600

log = logging.getLogger(__name__)


def window_of(rate: int) -> int:
    """How many messages may be sent and not yet marked: what a crash can repeat at most."""
    return max(SMALLEST_WINDOW, round(WINDOW_SECONDS * rate))


class Delivery:
    """Delivers what is due.

    Args:
        rate: messages a second that Telegram takes.
        lease: how long a claim holds without being renewed.
        may_send: says, before each message, whether this process is the one that delivers.
    """

    def __init__(
        self,
        database: Database,
        house: House,
        sender: Sender,
        clock: Clock,
        *,
        rate: int = 30,
        lease: timedelta = LEASE,
        may_send: Callable[[], bool] = lambda: True,
    ) -> None:
        self.database = database
        self.house = house
        self.clock = clock
        self.rate = rate
        self.lease = lease
        self.tally = Tally()
        self.courier = Courier(sender, house.bank, clock, self.tally)
        self._may_send = may_send
        self._stopping = False
        self._one_at_a_time = asyncio.Lock()

    @property
    def may_go_on(self) -> bool:
        """Tell whether another message may be sent by this process."""
        return not self._stopping and self._may_send()

    def stop(self) -> None:
        """Send nothing more: what is in flight ends, what was claimed is handed back."""
        self._stopping = True

    async def deliver(self) -> int:
        """Send everything that is due by now.

        Returns:
            How many deliveries were taken in hand.
        """
        async with self._one_at_a_time:
            return await Round(self).run()


class Round:
    """One round. It ends when all is sent and nothing is due, or cannot go on."""

    def __init__(self, delivery: Delivery) -> None:
        self._means = delivery
        self._tally = delivery.tally
        window = window_of(delivery.rate)
        self._batch = max(1, min(BATCH, 6 * delivery.rate))
        self._next_batch = PROBE if self._tally.may_probe() else self._batch
        self._senders_to_come = max(8, min(window, 2 * delivery.rate))
        self._dispatch = Dispatch(window)
        self._held = Held(delivery.database, delivery.clock, delivery.lease)
        self._taken = 0
        self._lost = 0
        self._marks = Marks(delivery.database, delivery.clock, min(BATCH, window // 2), self._written)

    async def run(self) -> int:
        """Work until there is nothing left to do; give the number of deliveries taken in hand."""
        try:
            first = await self._claim()
        except Unavailable:
            await self._count_waiting()
            raise
        if not first:
            await self._count_waiting()
            return 0
        self._tally.worst_lag = 0.0
        before = self._tally.outcomes.copy()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._marks.write())
            keeper = tasks.create_task(self._keep())
            async with asyncio.TaskGroup() as senders:
                await self._fill(first, senders)
            keeper.cancel()
            self._marks.close()
        counts = self._tally.outcomes - before
        if counts[Outcome.LATER] or counts[Outcome.UNKNOWN]:
            await self._count_waiting()
        if self._lost:
            log.warning("%d leases ran out before the send: whoever comes next has them", self._lost)
        told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
        log.info("delivered: %s; at most %.1f s late", told or "nothing", self._tally.worst_lag)
        return self._taken

    async def _fill(self, ids: Sequence[int], senders: asyncio.TaskGroup) -> None:
        """Prepare what is claimed, then claim more, as long as not too much waits to be sent."""
        try:
            while True:
                while ids:
                    for start in range(0, len(ids), SLICE):
                        await self._means.house.precedence.give_way()
                        self._offer(await self._prepare(ids[start : start + SLICE]), senders)
                        await self._dispatch.room(self._batch // 2)
                    ids = await self._claim()
                if await self._dispatch.still(AGAIN_SECONDS):
                    break
                ids = await self._claim()
        except Unavailable as error:
            log.warning("the database is away, the rest is delivered later: %s", error)
        self._dispatch.close()

    def _offer(self, parcels: Sequence[Parcel], senders: asyncio.TaskGroup) -> None:
        """Hand parcels over to senders, of whom there are no more than parcels."""
        new = min(len(parcels), self._senders_to_come)
        self._senders_to_come -= new
        for _ in range(new):
            senders.create_task(self._send())
        self._dispatch.offer(parcels)

    async def _claim(self) -> Sequence[int]:
        means = self._means
        if self._tally.is_away or not means.may_go_on:
            return []
        now = means.clock()
        async with means.database.transaction(lets_go=True) as session:
            limit, self._next_batch = self._next_batch, self._batch
            # What was sent while the database was away is still to be marked: it is not due again.
            claimed = await deliveries.claim(
                session, now=now, limit=limit, lease=means.lease, but=self._held.overdue(now)
            )
        self._held.take(claimed.ids, now)
        self._taken += len(claimed.ids)
        if claimed.missed:
            self._miss(claimed.missed)
        return claimed.ids

    def _miss(self, days: int) -> None:
        self._tally.missed += days
        log.warning("%d questions were due on a day that is over: skipped", days)

    async def _prepare(self, ids: Sequence[int]) -> list[Parcel]:
        means = self._means
        async with means.database.reading() as session:
            choices = await deliveries.choose(session, means.house, ids, now=means.clock())
        async with means.database.transaction(lets_go=True) as session:
            prepared = await deliveries.prepare(session, choices, now=means.clock())
        if prepared.missed:
            self._miss(prepared.missed)
        if prepared.skipped:
            self._tally.skipped += prepared.skipped
            log.info("%d deliveries skipped: the day is over, or there is no question", prepared.skipped)
        for gone in set(ids) - {parcel.delivery_id for parcel in prepared.parcels}:
            self._held.let_go(gone)
        return prepared.parcels

    async def _send(self) -> None:
        while (parcel := await self._dispatch.take()) is not None:
            if not self._held.holds(parcel.delivery_id):
                self._lost += 1
                self._held.let_go(parcel.delivery_id)
                self._dispatch.release(1)
            elif not self._means.may_go_on:
                self._marks.add(Ending(parcel, "later"))
            elif self._tally.is_away:
                self._marks.add(Ending(parcel, "later", wait=deliveries.BACKOFF[0]))
            else:
                self._marks.add(await self._means.courier.bring(parcel))
            self._dispatch.done()

    def _written(self, batch: Sequence[Ending]) -> None:
        for ending in batch:
            self._held.let_go(ending.parcel.delivery_id)
        self._dispatch.release(len(batch))

    async def _keep(self) -> None:
        """Renew the leases of what waits, as long as they are ours; and look at the queue."""
        means = self._means
        told = False
        while True:
            try:
                told = await self._count_queue(told)
                await asyncio.sleep(means.lease.total_seconds() / 3)
                await self._held.renew()
            except Unavailable as error:
                log.warning("leases cannot be renewed: %s", error)
                await asyncio.sleep(1)

    async def _count_waiting(self) -> None:
        """Count what is due and cannot be claimed now: it was put off, or the database takes nothing.

        Where the disk is full it can still be read; where it cannot, the last count stays.
        """
        now = self._means.clock()
        with suppress(Unavailable):
            async with self._means.database.reading() as session:
                waiting = await deliveries.waiting(session, now=now)
            self._tally.waits(waiting.due, (now - waiting.since).total_seconds() if waiting.since else 0.0)

    async def _count_queue(self, told: bool) -> bool:
        """Count what waits, and tell once a round when it will take long."""
        if self._taken < self._batch:
            self._tally.queue = self._taken
            return told
        async with self._means.database.reading() as session:
            self._tally.queue = (await deliveries.waiting(session, now=self._means.clock())).due
        seconds = self._tally.queue / self._means.rate
        if seconds > LONG_QUEUE_SECONDS and not told:
            log.warning(
                "%d deliveries wait: %.1f hours at %d a second; who cannot be served today gets tomorrow's",
                self._tally.queue,
                seconds / 3600,
                self._means.rate,
            )
            return True
        return told

"""The timer: ticks that start what is due and wait for nothing, and a watchdog that keeps them alive."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import stopping
from bot.db import Unavailable

Work = Callable[[], Awaitable[object]]

TICK_SECONDS = 5
STANDSTILL = 3 * TICK_SECONDS
"""Seconds on the monotonic clock without a tick after which the watchdog re-arms it."""

OVERSLEPT = 2 * TICK_SECONDS
"""Seconds of a watchdog's sleep that mean that all of the process stood still: its ticks come now. After any
shorter sleep the last tick, if ticks come, is less than STANDSTILL ago."""

OVERLAPS = 8
"""Runs of one job at once: more than its longest wait has ticks; as many as that all wait for one thing."""

LAST_SECONDS = 2.0
"""At the end: for what was broken off to write down what it has done."""

STOP_SECONDS = stopping.WIND_DOWN_SECONDS - LAST_SECONDS
"""At the end: for work in hand."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Jobs:
    """What is done when.

    ticks: every five seconds, by name. One that is still at work is left to it: a broadcast may take hours.
    tidy: every hour.
    overlapping: names of ticks that begin again all the same, up to OVERLAPS at once: what holds one run
        up is no reason for what has become due since to wait.
    """

    ticks: Mapping[str, Work]
    tidy: Work
    overlapping: frozenset[str] = frozenset()


class Timer:
    """Runs the jobs; a watchdog on the monotonic clock keeps the tick alive.

    APScheduler plans by the wall clock. When that is set back an hour, it would stand still for an
    hour: the watchdog notices and arms the jobs anew.

    Args:
        may_work: says whether this process is the one that works on what is due.
    """

    def __init__(
        self,
        jobs: Jobs,
        *,
        may_work: Callable[[], bool] = lambda: True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._jobs = jobs
        self._may_work = may_work
        self._monotonic = monotonic
        self._last_tick = monotonic()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            executors={"default": AsyncIOExecutor()},
            # Late is better than never: the default drops what is more than a second late.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._watch: asyncio.Task[None] | None = None
        self._at_work: set[asyncio.Task[None]] = set()
        self._waiting: set[str] = set()

    def start(self) -> None:
        """Arm the jobs and the watchdog."""
        self._last_tick = self._monotonic()
        self._arm()
        self._scheduler.start()
        self._watch = asyncio.create_task(self._keep_alive())

    async def stop(self) -> None:
        """Stop ticking; wait a while for what is at work, then break it off."""
        if self._watch is not None:
            self._watch.cancel()
        if self._scheduler.running:
            # Shutting down takes effect in a later turn, and cancels (and logs as failed) what is begun
            # until then: begin nothing more.
            self._scheduler.pause()
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # it stops in the loop's next turn
        at_work = tuple(self._at_work)
        if at_work:
            await asyncio.wait(at_work, timeout=STOP_SECONDS)
            for task in at_work:
                task.cancel()
            await asyncio.wait(at_work, timeout=LAST_SECONDS)

    async def idle(self) -> None:
        """Wait until nothing is at work."""
        while at_work := [task for task in self._at_work if not task.done()]:
            await asyncio.wait(at_work)

    @property
    def alive(self) -> bool:
        """Tell whether ticks come."""
        return self._monotonic() - self._last_tick < 2 * STANDSTILL

    def check(self) -> bool:
        """Re-arm the jobs if no tick has come for too long; tell whether that was so."""
        if self._monotonic() - self._last_tick < STANDSTILL:
            return False
        log.warning("no tick for %d s (was the clock set back?): re-arming", STANDSTILL)
        self._last_tick = self._monotonic()
        self._arm()
        return True

    def _arm(self) -> None:
        self._scheduler.add_job(
            self._tick, "cron", second=f"*/{TICK_SECONDS}", id="tick", replace_existing=True
        )
        self._scheduler.add_job(self._tidy, "cron", minute=17, id="tidy", replace_existing=True)

    async def _tick(self) -> None:
        self._last_tick = self._monotonic()
        if not self._may_work():
            return
        for name, work in self._jobs.ticks.items():
            self._begin(name, work)

    def _begin(self, name: str, work: Work) -> None:
        at_work = sum(task.get_name() == name and not task.done() for task in self._at_work)
        if at_work < (OVERLAPS if name in self._jobs.overlapping else 1):
            task = asyncio.create_task(self._guarded(name, work), name=name)
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)

    async def _tidy(self) -> None:
        if self._may_work():
            self._begin("tidy", self._jobs.tidy)

    async def _keep_alive(self) -> None:
        while True:
            asleep = self._monotonic()
            await asyncio.sleep(TICK_SECONDS)
            if self._monotonic() - asleep < OVERSLEPT:
                self.check()

    async def _guarded(self, name: str, work: Work) -> None:
        """Run a job; an error is logged, an outage once, and the next run tries again."""
        try:
            await work()
        except Unavailable as error:
            if name not in self._waiting:
                log.warning("job %s waits: the database is away: %s", name, error)
            self._waiting.add(name)
        except Exception:
            log.exception("job %s failed; it runs again", name)
        else:
            self._waiting.discard(name)

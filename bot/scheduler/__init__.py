"""Time in: a few static jobs of APScheduler. A job is a few lines; the row is the schedule.

One tick every five seconds asks the database what is due. There is no job per user: such jobs
get lost on a restart and are dropped when late.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

Work = Callable[[], Awaitable[None]]

TICK_SECONDS = 5
STANDSTILL = 3 * TICK_SECONDS
"""Seconds on the monotonic clock without a tick after which the watchdog re-arms it."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Jobs:
    """What is done when: `tick` every five seconds, `tidy` every hour."""

    tick: Work
    tidy: Work


class Timer:
    """Runs the jobs; a watchdog on the monotonic clock keeps the tick alive.

    APScheduler plans by the wall clock. When that is set back an hour, it would stand still for an
    hour: the watchdog notices and arms the jobs anew.
    """

    def __init__(self, jobs: Jobs, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._jobs = jobs
        self._monotonic = monotonic
        self._last_tick = monotonic()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            executors={"default": AsyncIOExecutor()},
            # Late is better than never: the default drops what is more than a second late.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Arm the jobs and the watchdog."""
        self._arm()
        self._scheduler.start()
        self._watch = asyncio.create_task(self._keep_alive())

    async def stop(self) -> None:
        """Stop; a job that runs is finished by its own task."""
        if self._watch is not None:
            self._watch.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # it stops in the loop's next turn

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
        await _guarded("tick", self._jobs.tick)

    async def _tidy(self) -> None:
        await _guarded("tidy", self._jobs.tidy)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.check()


async def _guarded(name: str, work: Work) -> None:
    """Run a job; an error is logged once and the next run tries again."""
    try:
        await work()
    except Exception:
        log.exception("job %s failed; it runs again", name)

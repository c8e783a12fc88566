"""The timer ticks, survives failing jobs, and is re-armed when the wall clock steps back."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot import scheduler
from bot.scheduler import STANDSTILL, Jobs, Timer


async def nothing() -> None:
    """Do nothing."""


def job(timer: Timer, name: str):  # type: ignore[no-untyped-def]  # APScheduler has no types
    """The job as APScheduler keeps it."""
    return timer._scheduler.get_job(name)


async def test_late_ticks_are_run_and_never_pile_up() -> None:
    timer = Timer(Jobs(nothing, nothing))
    timer.start()
    tick = job(timer, "tick")
    assert (tick.misfire_grace_time, tick.coalesce, tick.max_instances) == (None, True, 1)
    assert str(tick.trigger) == "cron[second='*/5']"
    assert {found.id for found in timer._scheduler.get_jobs()} == {"tick", "tidy"}
    await timer.stop()


async def test_the_tick_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    monkeypatch.setattr(scheduler, "TICK_SECONDS", 1)
    timer = Timer(Jobs(tick, nothing))
    timer.start()
    async with asyncio.timeout(5):
        await ticked.wait()
    assert timer.alive
    await timer.stop()


async def test_a_failing_job_is_logged_once_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    timer = Timer(Jobs(broken, nothing))
    with caplog.at_level(logging.ERROR):
        await timer._tick()
    assert [record.getMessage() for record in caplog.records] == ["job tick failed; it runs again"]


async def test_a_standstill_is_noticed_and_the_jobs_are_armed_anew() -> None:
    seconds = 100.0
    timer = Timer(Jobs(nothing, nothing), monotonic=lambda: seconds)
    timer.start()
    before = job(timer, "tick")
    assert not timer.check()
    seconds += STANDSTILL
    assert timer.check()
    assert job(timer, "tick") is not before
    assert timer.alive
    seconds += 3 * STANDSTILL
    assert not timer.alive
    await timer.stop()


async def test_stopping_what_was_never_started_is_harmless() -> None:
    await Timer(Jobs(nothing, nothing)).stop()

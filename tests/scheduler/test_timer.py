"""The timer ticks, survives failing jobs, and is re-armed when the wall clock steps back."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base as schedulers

from bot.db import Unavailable
from bot.scheduler import STANDSTILL, TICK_SECONDS, Jobs, Timer
from bot.scheduler import timer as timing


async def nothing() -> None:
    """Do nothing."""


def job(timer: Timer, name: str):  # type: ignore[no-untyped-def]  # APScheduler has no types
    """The job as APScheduler keeps it."""
    return timer._scheduler.get_job(name)


async def test_late_ticks_are_run_and_never_pile_up() -> None:
    timer = Timer(Jobs({"one": nothing}, nothing))
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

    monkeypatch.setattr(timing, "TICK_SECONDS", 1)
    timer = Timer(Jobs({"one": tick}, nothing))
    timer.start()
    async with asyncio.timeout(5):
        await ticked.wait()
    assert timer.alive
    await timer.stop()


async def test_a_failing_job_is_logged_once_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    timer = Timer(Jobs({"broken": broken, "one": nothing}, nothing))
    with caplog.at_level(logging.ERROR):
        await timer._tick()
        await timer.stop()
    assert [record.getMessage() for record in caplog.records] == ["job broken failed; it runs again"]


async def test_an_outage_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    trouble = [Unavailable("gone"), Unavailable("gone"), None, Unavailable("gone again")]

    async def work() -> None:
        if (now := trouble.pop(0)) is not None:
            raise now

    timer = Timer(Jobs({"one": work}, nothing))
    while trouble:
        await timer._tick()
        await asyncio.sleep(0.01)
    await timer.stop()
    assert [record.getMessage() for record in caplog.records] == [
        "job one waits: the database is away: gone",
        "job one waits: the database is away: gone again",
    ]


async def test_one_that_is_still_at_work_holds_no_other_up() -> None:
    done, go_on = [], asyncio.Event()

    async def long() -> None:
        done.append("begun")
        await go_on.wait()
        done.append("ended")

    async def short() -> None:
        done.append("short")

    timer = Timer(Jobs({"long": long, "short": short}, nothing))
    for _ in range(3):
        await timer._tick()
        await asyncio.sleep(0.01)
    assert done == ["begun", "short", "short", "short"]
    assert timer.alive
    go_on.set()
    await timer.stop()
    assert done[-1] == "ended", "what is in hand is finished"


async def test_one_that_overlaps_begins_again_and_all_of_it_is_finished() -> None:
    done, go_on = [], asyncio.Event()

    async def long() -> None:
        done.append("begun")
        await go_on.wait()
        done.append("ended")

    timer = Timer(Jobs({"long": long}, nothing, overlapping=frozenset({"long"})))
    for _ in range(2):
        await timer._tick()
        await asyncio.sleep(0)
    assert done == ["begun", "begun"]
    asyncio.get_running_loop().call_later(0.01, go_on.set)
    await timer.stop()
    assert done[2:] == ["ended", "ended"]


async def test_what_hangs_is_not_begun_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "STOP_SECONDS", 0.01)
    begun = []

    async def hanging() -> None:
        begun.append(1)
        await asyncio.Event().wait()

    timer = Timer(Jobs({"hanging": hanging}, nothing, overlapping=frozenset({"hanging"})))
    for _ in range(timing.OVERLAPS + 3):
        await timer._tick()
        await asyncio.sleep(0)
    assert len(begun) == timing.OVERLAPS
    await timer.stop()


async def test_work_that_does_not_end_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "STOP_SECONDS", 0.01)
    timer = Timer(Jobs({"endless": asyncio.Event().wait}, nothing))
    await timer._tick()
    async with asyncio.timeout(5):
        await timer.stop()


async def test_who_is_not_on_duty_works_on_nothing() -> None:
    done = []

    async def work() -> None:
        done.append("worked")

    timer = Timer(Jobs({"one": work}, work), may_work=lambda: False)
    await timer._tick()
    await timer._tidy()
    await timer.stop()
    assert done == []
    assert timer.alive, "standing by is no failure"


async def test_a_standstill_is_noticed_and_the_jobs_are_armed_anew() -> None:
    seconds = 100.0
    timer = Timer(Jobs({"one": nothing}, nothing), monotonic=lambda: seconds)
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


async def test_a_wall_clock_set_back_an_hour_delays_no_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds, shift = 100.0, timedelta(0)

    class WallClock(datetime):
        """As APScheduler reads it."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) - shift

    def ahead() -> timedelta:
        """How far off the next tick is, by the wall clock."""
        planned: datetime = job(timer, "tick").next_run_time
        return planned - WallClock.now(UTC)

    monkeypatch.setattr(schedulers, "datetime", WallClock)
    timer = Timer(Jobs({"one": nothing}, nothing), monotonic=lambda: seconds)
    timer.start()
    shift = timedelta(hours=1)
    assert ahead() > timedelta(minutes=59), "APScheduler would stand still"
    seconds += STANDSTILL
    assert timer.check()
    assert ahead() <= timedelta(seconds=TICK_SECONDS)
    await timer.stop()


@pytest.mark.parametrize(
    ("stopped", "warnings"), [(0.0, 1), (timing.OVERSLEPT - 1, 1), (timing.OVERSLEPT, 0)]
)
async def test_a_process_that_was_stopped_is_no_standstill(
    stopped: float, warnings: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = 0.0
    timer = Timer(Jobs({}, nothing), monotonic=lambda: seconds)
    seconds = STANDSTILL + 1.0
    monkeypatch.setattr(timing, "TICK_SECONDS", 0)
    watch = asyncio.create_task(timer._keep_alive())
    await asyncio.sleep(0)
    seconds += stopped
    await asyncio.sleep(0)
    watch.cancel()
    assert len(caplog.records) == warnings


async def test_stopping_what_was_never_started_is_harmless() -> None:
    await Timer(Jobs({"one": nothing}, nothing)).stop()


async def test_a_job_that_falls_due_while_the_timer_stops_is_not_logged_as_failed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    timer = Timer(Jobs({"one": nothing}, nothing))
    timer.start()
    job(timer, "tick").modify(next_run_time=datetime.now(UTC))  # wakes the scheduler in the loop's next turn
    await timer.stop()
    await asyncio.sleep(0.01)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_tidying_in_hand_is_finished_before_the_end() -> None:
    done, go_on = [], asyncio.Event()

    async def tidy() -> None:
        await go_on.wait()
        done.append("tidied")

    timer = Timer(Jobs({"one": nothing}, tidy))
    async with asyncio.timeout(5):
        await timer._tidy()
        asyncio.get_running_loop().call_later(0.01, go_on.set)
        await timer.stop()
    assert done == ["tidied"]

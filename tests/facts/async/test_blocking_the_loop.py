"""A blocking call stops every task of the loop, and its timeouts; a thread keeps the loop free."""

import asyncio
import os
import time

import pytest


def nap():
    time.sleep(0.05)


def test_quiz(quiz):
    printed, right = quiz("async", "blocking-the-loop")
    assert printed == right


async def test_timeout_cannot_fire_while_the_loop_is_blocked():
    async with asyncio.timeout(0.01) as limit:  # noqa: ASYNC100 - that it cannot fire is the point
        nap()
    assert not limit.expired()


async def test_timeout_fires_if_the_call_is_in_a_thread():
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await asyncio.to_thread(nap)


async def _ticks_during(work):
    ticks, ready = 0, asyncio.Event()

    async def beat():
        nonlocal ticks
        ready.set()
        while True:
            await asyncio.sleep(0)
            ticks += 1

    beating = asyncio.create_task(beat())
    await ready.wait()
    before = ticks
    await work()
    during = ticks - before
    beating.cancel()
    return during


async def test_other_tasks_run_during_to_thread_and_stand_still_without():
    async def blocking():
        nap()

    async def in_a_thread():
        await asyncio.to_thread(nap)

    assert await _ticks_during(blocking) == 0
    assert await _ticks_during(in_a_thread) > 0


def test_debug_mode_logs_slow_steps(caplog):
    async def main(limit):
        asyncio.get_running_loop().slow_callback_duration = limit
        nap()

    asyncio.run(main(0.02), debug=True)
    assert "took" in caplog.text
    caplog.clear()
    asyncio.run(main(60), debug=True)
    assert "took" not in caplog.text


async def test_slow_step_limit_is_100_ms_by_default():
    assert asyncio.get_running_loop().slow_callback_duration == 0.1


async def test_default_executor_has_cores_plus_four_threads_at_most_32():
    await asyncio.to_thread(int)
    executor = asyncio.get_running_loop()._default_executor
    cores = getattr(os, "process_cpu_count", os.cpu_count)() or 1
    assert executor._max_workers == min(32, cores + 4)

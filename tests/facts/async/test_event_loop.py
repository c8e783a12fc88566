"""Ready callbacks run in order of arrival; create_task only queues; a step is never interrupted."""

import asyncio
import sys
import threading

import pytest

from tests.facts.needs import needs


def test_quiz(quiz):
    printed, right = quiz("async", "event-loop")
    assert printed == right


async def test_callbacks_run_in_order_of_arrival_and_later_ones_wait_for_the_next_turn():
    loop = asyncio.get_running_loop()
    events = []

    def first():
        events.append("first")
        loop.call_soon(events.append, "added meanwhile")

    loop.call_soon(first)
    loop.call_soon(events.append, "second")
    await asyncio.sleep(0)
    assert events == ["first", "second"]
    await asyncio.sleep(0)
    assert events == ["first", "second", "added meanwhile"]


async def test_create_task_only_queues_the_first_step():
    events = []

    async def work():
        events.append("work")

    task = asyncio.create_task(work())
    assert events == []
    await task
    assert events == ["work"]


@needs(python="3.12")
def test_eager_task_factory_starts_at_once():
    async def main():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        events = []

        async def work():
            events.append("work")

        task = asyncio.create_task(work())
        assert events == ["work"]
        await task

    asyncio.run(main())


def test_debug_mode_refuses_call_soon_from_another_thread():
    async def main():
        loop = asyncio.get_running_loop()
        errors = []

        def wrong():
            try:
                loop.call_soon(print)
            except RuntimeError as error:
                errors.append(str(error))

        thread = threading.Thread(target=wrong)
        thread.start()
        thread.join()
        return errors

    [error] = asyncio.run(main(), debug=True)
    assert "Non-thread-safe" in error


async def test_other_threads_hand_work_over():
    loop = asyncio.get_running_loop()

    async def where():
        return threading.get_ident()

    def elsewhere():
        return asyncio.run_coroutine_threadsafe(where(), loop).result(5)

    assert await asyncio.to_thread(elsewhere) == threading.get_ident()


def test_run_cancels_what_is_left():
    ends = []

    async def forever():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ends.append("cancelled")
            raise

    async def main():
        task = asyncio.create_task(forever())
        await asyncio.sleep(0)
        return task

    assert asyncio.run(main()).cancelled()
    assert ends == ["cancelled"]


def test_get_running_loop_needs_a_running_loop():
    with pytest.raises(RuntimeError, match="no running event loop"):
        asyncio.get_running_loop()


def test_get_event_loop_without_one_raises_since_3_14(run_python):
    program = "import asyncio\nasyncio.get_event_loop().close()\n"
    assert ("RuntimeError" in run_python(program).stderr) is (sys.version_info >= (3, 14))

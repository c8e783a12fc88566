"""Calling an async function runs nothing; await runs it and gives way only where something has to wait."""

import asyncio

import pytest


def test_quiz(quiz):
    printed, right = quiz("async", "coroutines-and-await")
    assert printed == "done"
    assert right == "It prints done and warns of a missing await"


def test_dropped_coroutine_is_warned_of(run_python):
    ended = run_python("async def greet(): print('hello')\ngreet()\n")
    assert "RuntimeWarning: coroutine 'greet' was never awaited" in ended.stderr
    assert ended.stdout == ""


async def test_body_starts_when_awaited():
    events = []

    async def greet():
        events.append("hello")

    coroutine = greet()
    assert asyncio.iscoroutine(coroutine)
    assert bool(coroutine)
    assert events == []
    await coroutine
    assert events == ["hello"]


async def _events(run):
    events = []

    async def load(user):
        events.append(f"{user} in")
        await asyncio.sleep(0)
        events.append(f"{user} out")

    await run(load)
    return events


async def test_two_awaits_in_a_row_are_sequential():
    async def run(load):
        await load("mia")
        await load("tom")

    assert await _events(run) == ["mia in", "mia out", "tom in", "tom out"]


async def test_gather_overlaps():
    async def run(load):
        await asyncio.gather(load("mia"), load("tom"))

    assert await _events(run) == ["mia in", "tom in", "mia out", "tom out"]


async def test_await_gives_way_only_where_something_waits():
    events = []

    async def other():
        events.append("other")

    async def ready():
        events.append("ready")

    task = asyncio.create_task(other())
    await ready()
    await ready()
    assert events == ["ready", "ready"]
    await task
    assert events == ["ready", "ready", "other"]


async def test_task_group_cancels_the_rest_when_one_fails():
    ends = []

    async def slow():
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ends.append("cancelled")
            raise

    async def broken():
        await asyncio.sleep(0)
        raise OSError

    async def both():
        async with asyncio.TaskGroup() as group:
            group.create_task(slow())
            group.create_task(broken())

    with pytest.raises(ExceptionGroup):
        await both()
    assert ends == ["cancelled"]

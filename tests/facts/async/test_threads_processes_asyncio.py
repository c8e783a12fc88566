"""Threads share memory, processes do not and need pickling, asyncio stands still in a blocking call."""

import asyncio
import pickle
import sqlite3
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.facts.needs import needs


def test_threads_share_memory_and_overlap_blocking_waits():
    meeting = threading.Barrier(4, timeout=5)
    seen = []

    def blocking_call(number):
        meeting.wait()  # passes only if four calls wait at the same time
        seen.append(number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(blocking_call, range(4)))
    assert sorted(seen) == [0, 1, 2, 3]


PROCESSES = """
import os
from concurrent.futures import ProcessPoolExecutor

seen = []

def note(number):
    seen.append(number)
    return os.getpid(), len(seen)

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as pool:
        pid, length = pool.submit(note, 7).result()
    print(pid != os.getpid(), length, len(seen))
"""


def test_process_changes_its_own_copy(run_python):
    assert run_python(PROCESSES).stdout == "True 1 0\n"


@pytest.mark.parametrize(
    "make",
    [lambda: lambda: 0, threading.Lock, tempfile.TemporaryFile, lambda: sqlite3.connect(":memory:")],
    ids=["lambda", "lock", "open file", "database connection"],
)
def test_what_cannot_be_pickled_cannot_go_to_a_process(make):
    thing = make()
    with pytest.raises((pickle.PicklingError, TypeError, AttributeError)):
        pickle.dumps(thing)
    if hasattr(thing, "close"):
        thing.close()


async def test_gather_over_blocking_calls_overlaps_nothing():
    events = []

    async def call(name):
        events.append(f"{name} in")
        threading.Event().wait(0.01)
        events.append(f"{name} out")

    await asyncio.gather(call("a"), call("b"))
    assert events == ["a in", "a out", "b in", "b out"]


async def test_to_thread_runs_elsewhere_and_overlaps():
    meeting = threading.Barrier(2, timeout=5)

    def blocking_call():
        meeting.wait()
        return threading.get_ident()

    idents = await asyncio.gather(*(asyncio.to_thread(blocking_call) for _ in range(2)))
    assert threading.get_ident() not in idents
    assert len(set(idents)) == 2


@needs(python="3.14")
def test_interpreter_pool_gives_each_worker_an_interpreter_of_its_own(run_python):
    program = """
    from concurrent.futures import InterpreterPoolExecutor
    from concurrent import interpreters

    with InterpreterPoolExecutor(1) as pool:
        inside = pool.submit(eval, "__import__('concurrent.interpreters').interpreters.get_current().id")
        print(inside.result() != interpreters.get_current().id)
    """
    assert run_python(program).stdout == "True\n"

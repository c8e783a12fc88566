"""One thread can have many jobs in progress; races need no second core; threads overlap their waiting."""

import asyncio
import threading


async def test_one_thread_has_many_jobs_in_progress():
    in_progress, most, threads = 0, 0, set()

    async def job():
        nonlocal in_progress, most
        in_progress += 1
        most = max(most, in_progress)
        threads.add(threading.get_ident())
        await asyncio.sleep(0)
        in_progress -= 1

    await asyncio.gather(*(job() for _ in range(50)))
    assert most == 50
    assert len(threads) == 1


async def test_race_needs_no_second_core():
    stock = 0

    async def add_one():
        nonlocal stock
        seen = stock
        await asyncio.sleep(0)
        stock = seen + 1

    await asyncio.gather(*(add_one() for _ in range(10)))
    assert stock == 1


async def test_without_a_pause_between_read_and_write_there_is_no_race():
    stock = 0

    async def add_one():
        nonlocal stock
        stock += 1

    await asyncio.gather(*(add_one() for _ in range(10)))
    assert stock == 10


def test_threads_overlap_their_waiting():
    meeting = threading.Barrier(2, timeout=5)
    met = []

    def wait():
        meeting.wait()
        met.append(threading.get_ident())

    threads = [threading.Thread(target=wait) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(met)) == 2


def test_overlapping_the_waits_beats_the_other_changes_of_the_quiz():
    waiting, computing = 0.95, 0.05
    overlapped = 1 / computing
    four_processes = 4 / (waiting + computing)
    faster_clock = 1 / (waiting + computing / 2)
    split = 1 / (waiting + computing / 4)
    assert round(overlapped) == 20
    assert overlapped > four_processes > max(faster_clock, split)
    assert 1 - 1 / split < 0.04

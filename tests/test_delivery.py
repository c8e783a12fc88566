"""Delivery: many at once, crashes between its steps, floods, leases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.db.tables import Ask, Delivery, Subscription
from bot.playground.emulator import Person
from bot.services import deliveries, subscriptions
from tests.support.stage import Stage


class Killed(BaseException):
    """Nothing catches this, as nothing catches SIGKILL."""


async def subscribed(stage: Stage, count: int) -> list[Person]:
    """People who all want 13:00."""
    people = [stage.person(f"P{number}") for number in range(count)]
    for person in people:
        await person.start()
    await stage.settle()
    async with stage.app.database.transaction() as session:
        for person in people:
            await subscriptions.subscribe(session, person.id, minute=13 * 60, now=stage.clock())
    return people


def arrived(person: Person) -> int:
    """Questions in a chat."""
    return sum("Show answer" in str(seen.buttons) for seen in person.messages())


async def statuses(stage: Stage) -> dict[str, int]:
    """Deliveries by status."""
    async with stage.app.database.reading() as session:
        rows = await session.execute(select(Delivery.status, func.count()).group_by(Delivery.status))
        return {status: number for status, number in rows.all()}


async def test_everyone_gets_theirs_once(stage: Stage) -> None:
    people = await subscribed(stage, 40)
    await stage.pass_time(hours=1)
    assert [arrived(person) for person in people] == [1] * 40
    assert await statuses(stage) == {"sent": 40}
    await asyncio.gather(*(stage.app.tick() for _ in range(3)))
    assert [arrived(person) for person in people] == [1] * 40


async def test_a_crash_after_the_claim_is_taken_over_when_the_lease_ends(stage: Stage) -> None:
    (ada,) = await subscribed(stage, 1)
    stage.clock.move(hours=1)
    async with stage.app.database.transaction() as session:
        assert await deliveries.claim(session, now=stage.clock())
    await stage.restart()
    await stage.pass_time(seconds=30)
    assert arrived(ada) == 0, "the lease still runs: its holder may be alive"
    await stage.pass_time(seconds=31)
    assert arrived(ada) == 1
    await stage.pass_time(minutes=10)
    assert arrived(ada) == 1


async def test_a_crash_before_the_mark_repeats_the_same_ask(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    (ada,) = await subscribed(stage, 1)

    async def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(BaseExceptionGroup):
        patch.setattr(deliveries, "sent", killed)
        await stage.pass_time(hours=1)
    await stage.restart()
    await stage.pass_time(seconds=61)
    assert arrived(ada) == 2
    async with stage.app.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Ask)) == 1


async def test_a_flood_is_waited_out(stage: Stage) -> None:
    (ada,) = await subscribed(stage, 1)
    stage.telegram.faults.flood(40, method="sendMessage")
    await stage.pass_time(hours=1)
    await stage.pass_time(seconds=39)
    assert arrived(ada) == 0
    await stage.pass_time(seconds=2)
    assert arrived(ada) == 1


async def test_trouble_past_midnight_skips_the_day(stage: Stage) -> None:
    (ada,) = await subscribed(stage, 1)
    stage.telegram.faults.server_error(method="sendMessage")
    await stage.pass_time(hours=1)
    await stage.pass_time(days=1)
    assert arrived(ada) == 1, "Tuesday's question"
    assert (await statuses(stage))["skipped"] == 1


async def test_a_refused_message_fails_for_good(stage: Stage) -> None:
    (ada,) = await subscribed(stage, 1)
    stage.telegram.faults.refuse(400, "Bad Request: can't parse entities", method="sendMessage")
    await stage.pass_time(hours=1)
    await stage.pass_time(minutes=30)
    assert arrived(ada) == 0
    assert await statuses(stage) == {"failed": 1}
    await stage.pass_time(days=1)
    assert arrived(ada) == 1, "tomorrow's is another"


async def test_two_workers_never_claim_a_row_twice(stage: Stage) -> None:
    await subscribed(stage, 30)
    stage.clock.move(hours=1)

    async def work() -> list[int]:
        taken = []
        for _ in range(5):
            async with stage.app.database.transaction() as session:
                taken += await deliveries.claim(session, now=stage.clock(), limit=5)
        return taken

    taken = [number for worker in await asyncio.gather(work(), work(), work()) for number in worker]
    assert len(taken) == len(set(taken)) == 30


async def test_the_claim_moves_the_row_in_the_same_transaction(stage: Stage) -> None:
    await subscribed(stage, 1)
    stage.clock.move(hours=1)
    with pytest.raises(ZeroDivisionError):
        async with stage.app.database.transaction() as session:
            assert await deliveries.claim(session, now=stage.clock())
            raise ZeroDivisionError
    async with stage.app.database.reading() as session:
        due = await session.scalar(select(Subscription.next_due))
        assert due is not None
        assert due <= stage.clock()
        assert await session.scalar(select(func.count()).select_from(Delivery)) == 0
    await stage.app.tick()
    async with stage.app.database.reading() as session:
        due = await session.scalar(select(Subscription.next_due))
        assert due is not None
        assert due - stage.clock() == timedelta(days=1)

"""Rows of a group that two transactions lock in the same moment: one waits, none is broken off."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.api.posting import Posted
from bot.api.sending import Outcome
from bot.db import Session, quizzes, subscriptions
from bot.db import groups as places
from bot.db.group_tables import Quiz
from bot.db.tables import Subscription
from bot.playground.emulator import Group, Person
from bot.services import group_daily, groups, moves
from bot.services.plan import Move
from tests.conversations.groups.table import say, started
from tests.support.stage import Stage

KICKED = Posted(Outcome.BLOCKED, description="Forbidden: bot was kicked from the supergroup chat")
SECONDS = 0.2
"""What a lock is held before the next one is asked for: the other one gets its first meanwhile."""


@pytest.fixture(autouse=True)
def slow_locks(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every lock of these rows is followed by a pause; on SQLite, with one writer at a time, it just ends."""

    def slow(lock: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def pausing(*given: Any, **more: Any) -> Any:
            found = await lock(*given, **more)
            await asyncio.sleep(SECONDS)
            return found

        return pausing

    for module, names in (
        (places, ("lock",)),
        (quizzes, ("find", "open_in_chat", "take_due")),
        (subscriptions, ("of_chat", "due_groups")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, slow(getattr(module, name)))


async def claimed(stage: Stage, quiz_id: int) -> Move:
    """A game's next move, to be settled."""
    async with stage.app.database.transaction() as session:
        move = await moves.claim(session, stage.app.house, quiz_id, now=stage.clock())
    assert move is not None
    return move


async def in_transaction(stage: Stage, work: Callable[[Session], Awaitable[Any]]) -> Any:
    """Do something in a transaction of its own."""
    async with stage.app.database.transaction() as session:
        return await work(session)


async def ids(stage: Stage) -> list[int]:
    """The ids of all quizzes, the oldest first."""
    async with stage.app.database.reading() as session:
        return list((await session.execute(select(Quiz.id).order_by(Quiz.id))).scalars())


async def ended(stage: Stage) -> bool:
    """Whether all quizzes are over."""
    async with stage.app.database.reading() as session:
        return all((await session.execute(select(Quiz.status == "over"))).scalars())


async def test_thrown_out_and_told_so_twice(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "2")
    stage.clock.move(seconds=32)
    (quiz_id,) = await ids(stage)
    move = await claimed(stage, quiz_id)
    await asyncio.gather(
        in_transaction(stage, lambda session: groups.gone(session, group.id, now=stage.clock())),
        stage.app.games._settle(move, KICKED),
    )
    assert await ended(stage)


async def test_two_quizzes_of_a_group_that_threw_the_bot_out(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    await stage.pass_time(hours=1)
    await started(stage, ada, group, "2")
    first, second = await ids(stage)
    async with stage.app.database.transaction() as session:
        (await session.get_one(Quiz, first)).status = "stopping"
        (await session.get_one(Quiz, first)).step_at = stage.clock()
    stage.clock.move(seconds=32)
    both = [await claimed(stage, quiz_id) for quiz_id in (second, first)]
    await asyncio.gather(*(stage.app.games._settle(move, KICKED) for move in both))
    assert await ended(stage)


async def test_the_daily_question_falls_due_while_its_wishes_are_changed(
    stage: Stage, group: Group, ada: Person
) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    stage.clock.move(hours=1)
    await asyncio.gather(
        in_transaction(
            stage, lambda session: group_daily.claim_due(session, stage.app.house, now=stage.clock())
        ),
        in_transaction(stage, lambda session: group_daily.of_group(session, group.id, now=stage.clock())),
    )
    await stage.pass_time(seconds=5)
    async with stage.app.database.reading() as session:
        assert await session.scalar(select(Subscription.last_on)) == stage.clock().date()
        assert len((await session.execute(select(Quiz))).all()) == 1


async def test_the_bot_is_thrown_out_while_a_round_is_asked(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "2")
    stage.clock.move(seconds=32)
    await stage.app.games.go_on()
    stage.clock.move(seconds=6)
    (quiz_id,) = await ids(stage)
    await asyncio.gather(
        in_transaction(stage, lambda session: groups.gone(session, group.id, now=stage.clock())),
        in_transaction(
            stage, lambda session: moves.claim(session, stage.app.house, quiz_id, now=stage.clock())
        ),
    )
    assert await ended(stage)

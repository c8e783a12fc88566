"""Groups apart: what holds one group's game up, or breaks it, is no other group's trouble."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.api.posting import Poster
from bot.db import Unavailable
from bot.db.group_tables import Quiz, Round
from bot.games import Games
from bot.playground.emulator import Group, Person
from bot.services import moves
from tests.conversations.groups.table import bot_messages, newest, polls, started
from tests.support.stage import Stage


@pytest.fixture
async def other(stage: Stage, group: Group, ada: Person, bob: Person) -> Group:
    """Another group; in both a quiz runs."""
    made = stage.telegram.add_group("Work", [bob], [ada])
    await stage.settle()
    for place in (group, made):
        await started(stage, ada, place, "3")
    await stage.app.tick()  # it is on duty from now on
    return made


async def quiz_of(stage: Stage, group: Group) -> int:
    """The id of a group's only quiz."""
    async with stage.app.database.reading() as session:
        return (await session.execute(select(Quiz.id).where(Quiz.chat_id == group.id))).scalar_one()


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that happens by itself."""
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.sleep(0.01)


async def test_one_that_waits_for_its_turn_holds_no_other_up(
    stage: Stage, group: Group, other: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    call, turn, waiting = Poster._call, asyncio.Event(), []

    async def crowded(self: Poster, method: str, chat_id: int, fields: dict[str, Any]) -> Any:
        if chat_id == group.id:
            waiting.append(method)
            await turn.wait()
        return await call(self, method, chat_id, fields)

    monkeypatch.setattr(Poster, "_call", crowded)
    timer = stage.app.timer
    async with stage.app.database.transaction() as session:
        late = await session.get_one(Quiz, await quiz_of(stage, other))
        due, late.step_at = late.step_at, None
    stage.clock.move(seconds=32)
    await timer._tick()
    await until(lambda: bool(waiting))
    async with stage.app.database.transaction() as session:
        (await session.get_one(Quiz, late.id)).step_at = due
    await timer._tick()
    await until(lambda: newest(other).poll is None)
    stage.clock.move(seconds=61)
    await timer._tick()
    await until(lambda: len(polls(other)) == 2)
    assert len(waiting) == 1, "its lease is over, and still the same process makes the move once"
    before = len(bot_messages(group))
    turn.set()
    await timer.idle()
    assert len(bot_messages(group)) == before + 1


@pytest.mark.parametrize("error", [ZeroDivisionError("a fault"), Unavailable("deadlock detected")])
async def test_one_that_fails_breaks_no_other_off(
    stage: Stage,
    group: Group,
    other: Group,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stage.clock.move(seconds=32)
    await stage.app.tick()
    stage.clock.move(seconds=6)
    bad = await quiz_of(stage, group)
    claim, post, sent, failed = moves.claim, Games._post, asyncio.Event(), asyncio.Event()

    async def broken(session: Any, house: Any, quiz_id: int, **more: Any) -> Any:
        if quiz_id == bad and not failed.is_set():
            failed.set()
            raise error
        return await claim(session, house, quiz_id, **more)

    async def slow(self: Games, move: Any) -> Any:
        posted = await post(self, move)
        sent.set()
        await failed.wait()
        await asyncio.sleep(0.05)  # the answer is on its way
        return posted

    with monkeypatch.context() as patch:
        patch.setattr(moves, "claim", broken)
        patch.setattr(Games, "_post", slow)
        with caplog.at_level(logging.WARNING):
            await stage.app.games.go_on()
    assert sent.is_set()
    assert [f"quiz {bad} " in record.getMessage() for record in caplog.records] == [True]
    await stage.pass_time(seconds=1)
    assert (len(polls(group)), len(polls(other))) == (2, 2), "the one that failed comes again"
    async with stage.app.database.reading() as session:
        ids = (await session.execute(select(Round.message_id).order_by(Round.id))).scalars().all()
    assert len(ids) == 4
    assert all(ids), "what was sent is written down"


async def test_what_is_broken_off_at_the_end_is_let_go(
    stage: Stage, group: Group, other: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.scheduler.timer.STOP_SECONDS", 0.01)
    endless, post = asyncio.Event(), Games._post

    async def stuck(self: Games, move: Any) -> Any:
        await endless.wait()
        return await post(self, move)

    monkeypatch.setattr(Games, "_post", stuck)
    stage.clock.move(seconds=32)
    await stage.app.timer._tick()
    await until(lambda: len(stage.app.games._in_hand) == 2)
    async with asyncio.timeout(5):
        await stage.app.timer.stop()
    assert not stage.app.games._in_hand

"""Difficulty is counted once a day out of the log's new rows."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot import app
from bot.db import Unavailable
from bot.db.tables import QuestionCount
from bot.services import difficulty
from tests.support.stage import Stage


async def counted(stage: Stage) -> dict[str, tuple[int, int]]:
    """Counters of all questions."""
    async with stage.app.database.transaction() as session:
        await difficulty.count(session, now=stage.clock())
    async with stage.app.database.reading() as session:
        rows = (await session.execute(select(QuestionCount))).scalars().all()
        return {row.question_id: (row.answers, row.known) for row in rows}


async def test_first_answers_count_once_and_corrections_are_followed(stage: Stage) -> None:
    ada, eve = stage.person("Ada"), stage.person("Eve")
    question = next(iter(stage.bank.questions))
    for person, rating in ((ada, "Missed"), (eve, "Got it")):
        await person.start(f"q_{question}")
        await stage.settle()
        await stage.tap(person, rating)
    assert await counted(stage) == {question: (2, 1)}
    await stage.tap(ada, "Change rating")
    await stage.tap(ada, "Got it")
    await eve.start(f"q_{question}")
    await stage.settle()
    await stage.tap(eve, "Missed")
    assert await counted(stage) == {question: (2, 1)}, "the same all day long"
    stage.clock.move(days=1)
    assert await counted(stage) == {question: (2, 2)}, "the correction counts, the second answer does not"
    assert await counted(stage) == {question: (2, 2)}


async def test_many_misses_make_a_question_harder(stage: Stage) -> None:
    question = next(iter(stage.bank.questions))
    async with stage.app.database.transaction() as session:
        session.add(QuestionCount(question_id=question, answers=60, known=6))
        others = [other for other in stage.bank.questions if other != question][:10]
        session.add_all(QuestionCount(question_id=other, answers=60, known=50) for other in others)
    async with stage.app.database.reading() as session:
        learned = await difficulty.learned(session, stage.bank)
    assert learned[question] > max(learned[other] for other in others) + 1
    stage.app.house.pools.learn(learned)
    assert stage.app.house.pools.of([]).difficulty[question] == learned[question]


async def test_a_process_that_never_tidies_takes_in_what_another_counts(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "LEARN_SECONDS", 0.01)
    tries = []

    async def learned(*_: object) -> dict[str, float]:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("gone")
        return {next(iter(stage.bank.questions)): 2.5}

    monkeypatch.setattr(difficulty, "learned", learned)
    learning = asyncio.create_task(stage.app._keep_learning())
    async with asyncio.timeout(30):
        while 2.5 not in stage.app.house.pools.of([]).difficulty.values():
            await asyncio.sleep(0.01)
    learning.cancel()
    assert len(tries) > 1, "an outage of the database ends nothing"

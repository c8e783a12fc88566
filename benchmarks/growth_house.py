"""A house for `benchmarks.growth`: people who are measured, and as much around them as is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Insert, Integer, cast, insert, literal, select, text
from sqlalchemy.orm import InstrumentedAttribute

from benchmarks.house import NOON, ask, fill
from bot.bank import Bank
from bot.db import Database
from bot.db.tables import Ask, Review

Column = InstrumentedAttribute[Any]

MEASURED = 200
"""People 1 to 200: their history is the same whatever stands around them."""

HISTORY = 50
"""Reviews of each of them."""

CROWD = 1000
"""People who wrote the rest of the log; the measured ones are among them."""


def bank_of(bank: Bank, size: int) -> Bank:
    """Make a bank of so many questions out of the real one."""
    real = list(bank.questions.values())
    copies = (replace(real[n % len(real)], id=f"q-{n}", aliases=(), also=()) for n in range(size))
    return Bank.of(bank.topics, copies)


async def furnish(database: Database, bank: Bank, *, people: int = CROWD, reviews: int = 0) -> None:
    """Fill a database: subscribers of whom MEASURED are due, their history, and the log of the others."""
    await fill(database, bank, people, cards=0 if people > CROWD else 20, due=people)
    question = next(iter(bank.questions.values()))
    await _log(database, question.id, question.topic, 0, MEASURED * HISTORY, MEASURED)
    if reviews:
        others = reviews - MEASURED * HISTORY
        await _log(
            database, question.id, question.topic, MEASURED * HISTORY, max(0, others), CROWD - MEASURED
        )
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE subscriptions SET next_due = NULL WHERE id > :most"), {"most": MEASURED}
        )
        if not database.is_sqlite:  # the asks brought their ids along, of which the sequence knows nothing
            await session.execute(text("SELECT setval('asks_id_seq', (SELECT max(id) FROM asks))"))
        await session.execute(text("ANALYZE"))


async def _log(database: Database, question: str, topic: str, start: int, count: int, people: int) -> None:
    """Write so many asks and their reviews; those after `start` belong to who is not measured."""
    first = 1 if start == 0 else MEASURED + 1
    step = 1_000_000
    for low in range(start, start + count, step):
        high = min(low + step, start + count)
        async with database.transaction() as session:
            connection = await session.connection()
            for statement in _statements(question, topic, low, high, first, people):
                await connection.execute(statement)


def _statements(
    question: str, topic: str, low: int, high: int, first: int, people: int
) -> tuple[Insert, Insert]:
    numbers = select(literal(low + 1, Integer).label("number")).cte(recursive=True)
    numbers = numbers.union_all(select(numbers.c.number + 1).where(numbers.c.number < high))
    number = numbers.c.number
    user = cast(first + number % people, Integer)
    day = NOON.date() - timedelta(days=30)
    common: dict[Column, Any] = {}
    asked: Mapping[Column, Any] = common | {
        Ask.id: number,
        Ask.chat_id: user,
        Ask.user_id: user,
        Ask.message_id: number,
        Ask.question_id: literal(question),
        Ask.content_hash: literal("x"),
        Ask.way: literal("daily"),
        Ask.number: literal(1),
        Ask.of: literal(1),
        Ask.reason: literal({}, Ask.reason.type),
        Ask.asked_at: literal(NOON - timedelta(days=30), Ask.asked_at.type),
        Ask.asked_on: literal(day, Ask.asked_on.type),
    }
    review: Mapping[Column, Any] = {
        Review.ask_id: number,
        Review.user_id: user,
        Review.question_id: literal(question),
        Review.topic: literal(topic),
        Review.rating: literal(3),
        Review.way: literal("daily"),
        Review.first: literal(value=False),
        Review.guess: literal(0.0),
        Review.reviewed_at: literal(NOON - timedelta(days=30), Review.reviewed_at.type),
        Review.reviewed_on: literal(day, Review.reviewed_on.type),
    }
    return (
        insert(Ask).from_select([column.key for column in asked], select(*asked.values())),
        insert(Review).from_select([column.key for column in review], select(*review.values())),
    )


async def open_asks(database: Database, bank: Bank) -> list[int]:
    """Show each measured person one more question, unrated; give the asks' ids, in the people's order."""
    async with database.transaction() as session:
        asks = [
            Ask(**ask(bank, person), message_id=person, way="practice", asked_at=NOON)
            for person in range(1, MEASURED + 1)
        ]
        session.add_all(asks)
        await session.flush()
        return [one.id for one in asks]

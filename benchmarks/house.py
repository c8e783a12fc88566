"""A filled house for benchmarks: subscribers whose question is due, with cards and learners."""

from __future__ import annotations

import random
import resource
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from bot.bank import Bank
from bot.db import Database
from bot.db.migrate import upgrade
from bot.db.tables import Card, Learner, Subscription, User

NOON = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)
CHUNK = 2000


def clock() -> datetime:
    """It is noon, for as long as a benchmark takes: everyone wanted 12:00."""
    return NOON


def cpu() -> float:
    """Seconds of this process, all threads, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def fill(
    database: Database, bank: Bank, people: int, *, cards: int = 20, due: int | None = None
) -> None:
    """Make people who subscribed; `due` of them (all, if not given), evenly spread, want it now."""
    await upgrade(database)
    chance = random.Random(7)
    questions = sorted(bank.questions)
    every = people // (due or people)
    learner = {"ok": 9.0, "no": 5.0, "credit": 0.4, "asks": cards, "recent": questions[:4], "topics": {}}
    wish = {
        "status": "active",
        "minute": 720,
        "time_zone": "UTC",
        "weekdays": 127,
        "per_day": 1,
        "topics": [],
    }
    rest = {"unanswered": 0, "created_at": NOON, "last_on": NOON.date() - timedelta(days=1)}
    for start in range(1, people + 1, CHUNK):
        ids = range(start, min(start + CHUNK, people + 1))
        async with database.transaction() as session:
            connection = await session.connection()
            await connection.execute(insert(User), [{"id": user, "created_at": NOON} for user in ids])
            later = NOON + timedelta(hours=1)
            moments = {user: NOON.replace(second=0) if user % every == 0 else later for user in ids}
            await connection.execute(
                insert(Subscription),
                [
                    {"chat_id": user, "user_id": user, "next_due": moments[user], **wish, **rest}
                    for user in ids
                ],
            )
            if not cards:
                continue
            await connection.execute(insert(Learner), [{"user_id": user, **learner} for user in ids])
            seen = [(user, question) for user in ids for question in chance.sample(questions, cards)]
            await connection.execute(insert(Card), [card(chance, user, question) for user, question in seen])


def card(chance: random.Random, user: int, question: str) -> dict[str, object]:
    """One question that was rated some days ago; every third was missed."""
    day = NOON.date() - timedelta(days=chance.randrange(1, 60))
    missed = chance.random() < 0.33
    return {
        "user_id": user,
        "question_id": question,
        "stability": chance.uniform(1, 30),
        "difficulty": chance.uniform(2, 9),
        "reviewed_on": day,
        "due_on": day + timedelta(days=7),
        "asked_on": None,
        "missed": missed,
        "misses": int(missed),
        "last_review_id": None,
    }

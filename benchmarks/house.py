"""A filled house for benchmarks: subscribers whose question is due, with cards and learners."""

from __future__ import annotations

import os
import random
import resource
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import insert, text

from bot.bank import Bank
from bot.db import Database
from bot.db.migrate import upgrade
from bot.db.tables import Ask, Card, Learner, Subscription, User
from bot.learning import Kind, Reason
from bot.services.asking import reason_row

NOON = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)
CHUNK = 2000


def clock() -> datetime:
    """It is noon, for as long as a benchmark takes: everyone wanted 12:00."""
    return NOON


def cpu() -> float:
    """Seconds of this process, all threads, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def server_cpu(url: str) -> float:
    """Seconds of a local PostgreSQL server, all of its processes; 0 for SQLite."""
    folder = parse_qs(urlsplit(url).query).get("host")
    if not folder:
        return 0.0
    postmaster = (Path(folder[0]) / "data" / "postmaster.pid").read_text().split()[0]
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # a process that has just ended counts with its parent's children
            fields = stat.read_text().rpartition(")")[2].split()
            if stat.parent.name == postmaster:
                ticks += sum(map(int, fields[11:15]))
            elif fields[1] == postmaster:
                ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


async def fill(
    database: Database, bank: Bank, people: int, *, first: int = 1, cards: int = 20, due: int | None = None
) -> None:
    """Make people who subscribed; `due` of them (all, if not given), evenly spread, want it now.

    They answered each of their cards once. For every fifth of them a question that returns is owed.

    Args:
        first: the lowest of their ids.
    """
    await upgrade(database)
    chance = random.Random(7)
    questions = sorted(bank.questions)
    every = people // (due or people)
    wish = {
        "status": "active",
        "minute": 720,
        "time_zone": "UTC",
        "weekdays": 127,
        "per_day": 1,
        "topics": [],
    }
    rest = {"unanswered": 0, "created_at": NOON, "last_on": NOON.date() - timedelta(days=1)}
    end = first + people
    for start in range(first, end, CHUNK):
        ids = range(start, min(start + CHUNK, end))
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
            seen = {user: chance.sample(questions, cards) for user in ids}
            await connection.execute(
                insert(Learner), [learner(chance, bank, user, asked) for user, asked in seen.items()]
            )
            every_card = [card(chance, user, question) for user, asked in seen.items() for question in asked]
            await connection.execute(insert(Card), every_card)
    await look_through(database)


async def look_through(database: Database) -> None:
    """Let PostgreSQL tidy its tables and learn their sizes, as a server does by itself some time later.

    SQLite never does, and figures of a table that then grows a hundredfold mislead its planner.
    """
    if not database.is_sqlite:
        engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text("VACUUM ANALYZE"))


async def ask_everyone(
    database: Database, bank: Bank, people: range, way: str, message_id: int | None = None
) -> None:
    """Ask each of some people a question, under an id that is theirs; it was shown if it has a message."""
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.execute(
            insert(Ask),
            [
                {**ask(bank, user), "id": user, "way": way, "message_id": message_id, "asked_at": NOON}
                for user in people
            ],
        )
        if not database.is_sqlite:  # which would count on from where it was
            await connection.execute(text("SELECT setval('asks_id_seq', (SELECT max(id) FROM asks))"))
    await look_through(database)


def ask(bank: Bank, user: int) -> dict[str, Any]:
    """The fields of a question to a user, whatever the way."""
    question = list(bank.questions.values())[user % len(bank.questions)]
    return {
        "chat_id": user,
        "user_id": user,
        "question_id": question.id,
        "content_hash": question.content_hash,
        "number": 1,
        "of": 1,
        "reason": reason_row(Reason(Kind.NEW, question.topic, share=0.5)),
        "asked_on": NOON.date(),
    }


def learner(chance: random.Random, bank: Bank, user: int, asked: list[str]) -> dict[str, object]:
    """What first answers to some questions say."""
    return {
        "user_id": user,
        "ok": 9.0,
        "no": 5.0,
        "credit": chance.random(),
        "asks": len(asked),
        "recent": asked[-4:],
        "topics": {bank.topic_of[question]: [1.2, 0.6] for question in asked},
    }


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

"""A rating's rows are written together, once, on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.db import Database, presses
from bot.db.migrate import upgrade
from bot.db.tables import Ask, Card, Learner, User

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
REVIEW: dict[str, object] = {
    "ask_id": 1,
    "user_id": 5,
    "question_id": "q",
    "topic": "sql",
    "rating": 3,
    "way": "practice",
    "first": True,
    "reviewed_on": TODAY,
    "reviewed_at": NOW,
}
KEY: dict[str, object] = {"user_id": 5, "question_id": "q"}
LEARNER: dict[str, object] = {
    "user_id": 5,
    "ok": 2.0,
    "no": 1.0,
    "credit": 0.0,
    "asks": 1,
    "recent": ["q"],
    "topics": {"sql": [2.0, 1.0]},
}


def card(stability: float, misses: int) -> dict[str, object]:
    """Values of a card, but for its newest review."""
    days = {"reviewed_on": TODAY, "due_on": date(2026, 11, 30), "asked_on": None}
    return {**KEY, **days, "stability": stability, "difficulty": 5.0, "missed": False, "misses": misses}


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of each kind with a user, an ask, and a card that was only shown."""
    database = Database(database_url)
    await upgrade(database)
    async with database.transaction() as session:
        session.add(User(id=5, created_at=NOW, time_zone="Asia/Tokyo"))
        await session.flush()
        asked: dict[str, Any] = {"content_hash": "x", "way": "practice", "number": 1, "of": 1, "reason": {}}
        session.add(Ask(id=1, chat_id=5, user_id=5, question_id="q", asked_at=NOW, asked_on=TODAY, **asked))
        session.add(Card(user_id=5, question_id="q", asked_on=TODAY, missed=False, misses=0))
    yield database
    await database.close()


async def test_what_is_written_is_read_by_the_next_press(database: Database) -> None:
    async with database.transaction() as session:
        before = await presses.in_hand(session, 1, 5)
        assert before is not None
        assert (before.learner, before.review) == (None, None)
        assert before.card is not None
        assert before.card.asked_on == TODAY
        assert await presses.record(session, REVIEW, card(2.5, 0), LEARNER)
    async with database.reading() as session:
        after = await presses.in_hand(session, 1, 5)
        assert after is not None
        assert after.learner is not None
        assert after.card is not None
        assert after.review is not None
        assert after.user.time_zone == "Asia/Tokyo"
        assert after.learner._asdict() == LEARNER
        assert (after.review.rating, after.review.guess, after.review.reviewed_on) == (3, 0.0, TODAY)
        assert after.card.last_review_id == after.review.id
        assert {**KEY, **after.card._asdict()} == {**card(2.5, 0), "last_review_id": after.review.id}
        assert await presses.in_hand(session, 1, 6) is None, "another's"


async def test_a_second_rating_writes_nothing(database: Database) -> None:
    async with database.transaction() as session:
        assert await presses.record(session, REVIEW, card(2.5, 0), LEARNER)
    async with database.transaction() as session:
        assert not await presses.record(session, REVIEW, card(9.0, 7), {**LEARNER, "asks": 2})
    async with database.reading() as session:
        kept = await session.get(Card, (5, "q"))
        learner = await session.get(Learner, 5)
        assert kept is not None
        assert learner is not None
        assert (kept.stability, kept.misses, learner.asks) == (2.5, 0, 1)

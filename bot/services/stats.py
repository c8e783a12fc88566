"""How someone is doing: streak, answers, topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.db import Session, cards, reviews, users
from bot.services import timetable, zones


@dataclass(frozen=True, slots=True)
class TopicTally:
    """Answers of one topic."""

    topic: str
    answers: int
    known: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What /stats shows."""

    streak: int
    answers: int
    known: int
    waiting: int
    topics: tuple[TopicTally, ...]


async def of_user(session: Session, user_id: int, *, now: datetime) -> Stats:
    """Sum up a user's answers; the corrected ones count as corrected."""
    user = await users.find(session, user_id)
    today = timetable.local_date(now, zones.known(user.time_zone if user else None))
    rows = await reviews.tally(session, user_id)
    topics = tuple(TopicTally(topic, answers, known) for topic, answers, known in rows)
    return Stats(
        streak=streak(await reviews.days(session, user_id), today),
        answers=sum(topic.answers for topic in topics),
        known=sum(topic.known for topic in topics),
        waiting=await cards.waiting(session, user_id),
        topics=topics,
    )


def streak(days: Sequence[date], today: date) -> int:
    """Count the days in a row with an answer, up to today; a today without one yet does not end it.

    Args:
        days: distinct local dates with an answer, newest first.
        today: the user's local date.
    """
    expected, run = today, 0
    for day in days:
        if run == 0 and day == today - timedelta(days=1):
            expected = day
        if day > expected:
            continue
        if day != expected:
            break
        run += 1
        expected -= timedelta(days=1)
    return run

"""How someone is doing, in numbers: what /stats shows and its picture draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.db import Session, cards, points, rests, reviews, subscriptions, users
from bot.learning import Share, readiness
from bot.services import memory, timetable, zones
from bot.services.asking import House


@dataclass(frozen=True, slots=True)
class Strength:
    """One topic: the share of its questions that the user would probably answer, with its range (0 to 1)."""

    topic: str
    title: str
    share: float
    low: float
    high: float
    answers: int
    seen: int
    total: int


@dataclass(frozen=True, slots=True)
class Point:
    """Readiness on a local date, with its range (0 to 1)."""

    day: date
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that the picture shows; equal values make the same picture.

    `days` counts the answers of each local date with any, in the last 371 days; `forecast` the questions
    that may return on each of the next 14 dates; `topics` is weakest first; `course` is oldest first.
    """

    today: date
    streak: int
    longest: int
    answers: int
    known: int
    waiting: int
    readiness: Point
    topics: tuple[Strength, ...]
    days: tuple[tuple[date, int], ...]
    rests: tuple[tuple[date, date], ...]
    """Spans of paused dates, the second one excluded."""
    course: tuple[Point, ...]
    forecast: tuple[tuple[date, int], ...]
    interview_on: date | None


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven local dates: answers, those known, dates with any."""

    answers: int
    known: int
    days: int


HEATMAP_DAYS = 371
"""A year of whole weeks."""

FORECAST_DAYS = 14


async def of_user(
    session: Session, house: House, user_id: int, *, now: datetime, topic: str | None = None
) -> Progress:
    """Sum up everything about a user; notes today's readiness for its course.

    Args:
        topic: slug of one to stand among the topics even if the user's choice leaves it out; readiness
            stays that of the choice.
    """
    user = await users.find(session, user_id)
    today = timetable.local_date(now, zones.known(user.time_zone if user else None))
    subscription = await subscriptions.of_chat(session, user_id)
    topics = subscription.topics if subscription else []
    level = subscription.level if subscription else None
    state = await memory.state(session, user_id, house.pools.of(topics, level))
    found = readiness(state, today.toordinal())
    shares = dict(found.topics)
    if topic is not None and topic not in shares:
        alone = replace(state, pool=house.pools.of([topic], level))
        shares[topic] = readiness(alone, today.toordinal()).topics[topic]
    tallies = {topic: (answers, known) for topic, answers, known in await reviews.tally(session, user_id)}
    overall = Point(today, found.overall.share, found.overall.low, found.overall.high)
    if tallies:
        await points.note(session, user_id, today, overall.share, overall.low, overall.high)
    days = await reviews.counts_by_day(session, user_id, today - timedelta(days=HEATMAP_DAYS))
    spans = tuple((rest.begun_on, rest.ended_on or today) for rest in await rests.of_user(session, user_id))
    every_day = await reviews.days(session, user_id)
    titles = {topic.slug: topic.title for topic in house.bank.topics}
    strengths = [
        Strength(slug, titles.get(slug, slug), one.share, one.low, one.high, *_seen(tallies, slug, one))
        for slug, one in shares.items()
    ]
    rows = await cards.of_user(session, user_id)
    return Progress(
        today=today,
        streak=streak(every_day, today, spans),
        longest=longest_streak(every_day, spans),
        answers=sum(answers for answers, _ in tallies.values()),
        known=sum(known for _, known in tallies.values()),
        waiting=sum(row.missed for row in rows),
        readiness=overall,
        topics=tuple(sorted(strengths, key=lambda one: (one.share, one.topic))),
        days=tuple((day, count) for day, count in days),
        rests=spans,
        course=tuple(
            Point(point.day, point.share, point.low, point.high)
            for point in await points.of_user(session, user_id)
        ),
        forecast=_forecast([row.due_on for row in rows if row.due_on], today),
        interview_on=user.interview_on if user else None,
    )


async def week_of(session: Session, user_id: int, today: date) -> Week:
    """Count the answers of the last seven local dates, today included."""
    answers, known, days = await reviews.since(session, user_id, today - timedelta(days=6))
    return Week(answers, known, days)


def streak(days: Sequence[date], today: date, rests: Sequence[tuple[date, date]] = ()) -> int:
    """Count the days in a row with an answer, up to today; a today without one yet does not end it.

    Args:
        days: distinct local dates with an answer.
        today: the user's local date.
        rests: spans of paused dates, the second one excluded: they neither count nor end it.
    """
    answered = set(days)
    day = today if today in answered else _before(today, answered, rests)
    run = 0
    while day in answered:
        run += 1
        day = _before(day, answered, rests)
    return run


def longest_streak(days: Sequence[date], rests: Sequence[tuple[date, date]] = ()) -> int:
    """Find the longest run that there ever was."""
    answered = set(days)
    longest = run = 0
    last: date | None = None
    for day in sorted(answered):
        run = run + 1 if last is not None and _before(day, answered, rests) == last else 1
        longest, last = max(longest, run), day
    return longest


def _before(day: date, answered: set[date], rests: Sequence[tuple[date, date]]) -> date:
    """Give the day before, passing over rests without an answer."""
    day -= timedelta(days=1)
    while day not in answered:
        rest = next((rest for rest in rests if rest[0] <= day < rest[1]), None)
        if rest is None:
            return day
        day -= timedelta(days=1)
    return day


def _seen(tallies: dict[str, tuple[int, int]], slug: str, one: Share) -> tuple[int, int, int]:
    return tallies.get(slug, (0, 0))[0], one.seen, one.total


def _forecast(due: Sequence[date], today: date) -> tuple[tuple[date, int], ...]:
    """Count what may return on each of the next dates; what waits already counts for tomorrow."""
    first = today + timedelta(days=1)
    counts = Counter(max(day, first) for day in due)
    dates = [first + timedelta(days=ahead) for ahead in range(FORECAST_DAYS)]
    return tuple((day, counts[day]) for day in dates)

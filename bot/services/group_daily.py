"""A group's daily question: a game of one round that stays open through the day, without a lobby.

The subscription's row is the schedule, and the game's row is the delivery: both move in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.bank import Bank, Level
from bot.db import Session, groups, learners, members, quizzes, subscriptions
from bot.db.group_tables import Group, Quiz
from bot.db.tables import Subscription
from bot.services import memory, picks, timetable, zones
from bot.services.asking import House
from bot.services.games import Place
from bot.services.subscriptions import MOMENT_WISHES, is_due, move_on, skip_to_next

OPEN_FOR = timedelta(hours=20)
"""It closes before the next one comes, and the morning's latecomers still find it in the evening."""

NIGHT = (22, 8)
"""Local hours from and until which the question comes without a sound."""

FEWEST = 3
"""Members who must agree before the group's weak topics are counted: nobody can be told from the choice."""

BATCH = 100


async def of_group(session: Session, chat_id: int, *, now: datetime) -> tuple[Group, Subscription]:
    """Read a group and its subscription for a change, making those that are not there."""
    group = await groups.lock(session, chat_id, now)
    found = await subscriptions.of_chat(session, chat_id)
    return group, found or subscriptions.new(session, chat_id, None, now)


async def subscribe(
    session: Session, place: Place, *, minute: int | None, zone: str | None, now: datetime
) -> Subscription:
    """Start (or move) a group's daily question; None keeps what is set."""
    group, subscription = await of_group(session, place.chat_id, now=now)
    was_due = is_due(subscription, now)
    group.thread_id = place.thread_id
    if minute is not None:
        subscription.minute = minute
    if zone is not None:
        subscription.time_zone = zone
    skip_to_next(subscription, now, was_due=was_due)
    return subscription


async def change(
    session: Session, subscription: Subscription, wishes: Mapping[str, object], *, now: datetime
) -> None:
    """Change wishes of a group's daily question; one that is off stays off."""
    was_due = is_due(subscription, now)
    for wish, value in wishes.items():
        setattr(subscription, wish, value)
    await session.flush()
    if subscription.next_due is not None and not MOMENT_WISHES.isdisjoint(wishes):
        skip_to_next(subscription, now, was_due=was_due)


async def unsubscribe(session: Session, chat_id: int, *, now: datetime) -> bool:
    """Stop a group's daily question; False if there was none."""
    _, subscription = await of_group(session, chat_id, now=now)
    was = subscription.next_due is not None
    subscription.status, subscription.next_due = "ended", None
    return was


def is_night(now: datetime, zone: str | None) -> bool:
    """Tell whether people there sleep."""
    local = now.astimezone(zones.known(zone))
    return is_at_night(local.hour * 60 + local.minute)


def is_at_night(minute: int) -> bool:
    """Tell whether people sleep at so many minutes after their midnight."""
    return minute // 60 >= NIGHT[0] or minute // 60 < NIGHT[1]


async def claim_due(session: Session, house: House, *, now: datetime) -> int:
    """Open the games of groups whose moment has come; says how many groups were looked at."""
    due = await subscriptions.due_groups(session, now, BATCH)
    for subscription in due:
        today = timetable.local_date(now, zones.known(subscription.time_zone))
        if is_due(subscription, now):
            await _open(session, house, subscription, today, now)
            move_on(subscription, today, now)
        else:  # the day is over: a late question is skipped, never piled up
            skip_to_next(subscription, now)
    return len(due)


async def _open(
    session: Session, house: House, subscription: Subscription, today: date, now: datetime
) -> None:
    group = await groups.lock(session, subscription.chat_id, now)
    level = Level(subscription.level) if subscription.level else None
    slugs = fitting_topics(house.bank, subscription.topics, level, group.mode)
    topic = await topic_of_day(session, subscription.chat_id, slugs)
    level = picks.level_there(house.bank, topic, level, group.mode)
    await _start(session, group, "daily", topic, level, now)
    if subscription.last_on is not None and _week(subscription.last_on) != _week(today):
        await _start(session, group, "board", None, None, now)


async def _start(
    session: Session, group: Group, kind: str, topic: str | None, level: str | None, now: datetime
) -> Quiz | None:
    return await quizzes.start(
        session,
        {
            "chat_id": group.chat_id,
            "thread_id": group.thread_id,
            "kind": kind,
            "mode": group.mode,
            "topic": topic,
            "level": level,
            "rounds": 1,
            "seconds": int(OPEN_FOR.total_seconds()),
            "status": "running",
            "page": "main",
            "by_buttons": False,
            "stale": False,
            "quiet": 0,
            "busy": False,
            "attempts": 0,
            "step_at": now,
            "asked": [],
            "created_at": now,
        },
    )


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


async def agreed(session: Session, chat_id: int) -> int:
    """Count the members who agreed that their weak topics are counted."""
    return len(await members.counted(session, chat_id))


def fitting_topics(bank: Bank, wished: Sequence[str], level: Level | None, mode: str) -> list[str]:
    """List the wished topics that have questions of the level; of any level, when none has."""
    slugs = [topic.slug for topic in bank.topics if topic.slug in wished or not wished]
    fitting = [slug for slug in slugs if picks.available(bank, slug, level, mode)]
    return fitting or [slug for slug in slugs if picks.available(bank, slug, None, mode)]


def has_level(bank: Bank, wished: Sequence[str], level: str | None, mode: str) -> bool:
    """Tell whether any wished topic has questions of the level."""
    slugs = wished or [topic.slug for topic in bank.topics]
    return level is None or any(picks.level_there(bank, slug, level, mode) for slug in slugs)


async def topic_of_day(session: Session, chat_id: int, slugs: Sequence[str]) -> str | None:
    """Choose among topics: the weakest of those who agreed to be counted, else one after the other.

    The topic of the day before rests, so that a weak one does not come every day.
    """
    if not slugs:
        return None
    before = await quizzes.daily_topics(session, chat_id)
    ids = await members.counted(session, chat_id)
    if len(ids) < FEWEST:
        return slugs[len(before) % len(slugs)]
    fresh = [slug for slug in slugs if slug not in before[:1]] or slugs
    known = [memory.to_learner(await learners.find(session, one)).evidence for one in ids]
    return min(fresh, key=lambda slug: sum(evidence.estimate(slug) for evidence in known))

"""Questions on demand: opening a practice, its next question, and what follows an ask."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from bot.bank import Bank, Level
from bot.db import Session, asks, practices, subscriptions, users
from bot.db.tables import Practice
from bot.learning import State, missed, on_demand, weak
from bot.services import asking, memory, timetable, zones
from bot.services.asking import House, Place, Shown
from bot.services.pools import has_level
from bot.services.practices import Wanted, start

DOUBLE_TAP = timedelta(seconds=5)
"""A second press on *Next question* within this time is a slip of the finger, not a wish for two."""


class AlreadyAsked(Exception):
    """The next question is there already."""


async def practised(session: Session, house: House, practice: Practice, *, now: datetime) -> Shown | None:
    """Choose the next question of a practice; None when there is none left."""
    today = await asking.local_today(session, practice.user_id, now)
    kept = await asking.unsent(session, house, practice.user_id, "practice", today, practice.id)
    if kept is not None:
        return kept
    if len(practice.asked) >= practice.size:
        return None
    state = await _practice_state(session, house, practice)
    found = _fitting(house.bank, state, practice, 1, today)
    place = Place("practice", len(practice.asked) + 1, practice.size, practice.id)
    shown = await asking.demanded(session, house, state, found, place, today, now)
    if shown is not None:
        practice.asked = [*practice.asked, shown.question.id]
    return shown


async def begin(
    session: Session, house: House, user_id: int, wanted: Wanted, *, now: datetime
) -> Practice | None:
    """Open a practice, no longer than there are questions for it; the one before it ends.

    A level that has no questions yet is let go, but for what was missed: the practice's `level` is None then.

    Returns:
        The practice, or None when no question fits.
    """
    await users.lock(session, user_id, now)
    practice = await start(session, user_id, wanted, now=now)
    if practice.mode != "missed" and not await _has_level(session, house.bank, practice):
        practice.level = None
    state = await _practice_state(session, house, practice)
    today = await asking.local_today(session, user_id, now)
    practice.size = len(_fitting(house.bank, state, practice, wanted.size, today))
    if practice.size:
        return practice
    practice.ended_at = now
    return None


async def after(session: Session, house: House, ask_id: int, *, user_id: int, now: datetime) -> Shown | None:
    """Choose what follows an ask: the rest of its practice, the rest of the day, or one more.

    Raises:
        NotYours: when the ask is not this user's.
        AlreadyAsked: when the same press came a moment ago.
    """
    found = await asking.in_hand(session, ask_id, user_id)
    today = timetable.local_date(now, zones.known(found.user.time_zone))
    newest = await asks.newest(session, user_id, today)
    arrived = newest is not None and newest.id > ask_id and newest.message_id is not None
    if newest is not None and arrived and now - newest.asked_at < DOUBLE_TAP:
        raise AlreadyAsked
    practice = await practices.open_one(session, user_id)
    if practice is not None and practice.id == found.ask.practice_id:
        shown = await practised(session, house, practice, now=now)
        if shown is not None:
            return shown
    subscription = await subscriptions.of_chat(session, user_id)
    if subscription is not None and found.ask.way == "daily" and subscription.next_due is not None:
        asked = await asks.daily_on(session, user_id, today)
        if 0 < asked < subscription.per_day:
            return await asking.daily(session, house, subscription, now=now)
    return await asking.one_more(session, house, user_id, now=now)


async def _has_level(session: Session, bank: Bank, practice: Practice) -> bool:
    """Tell whether there are questions of the level asked for, before the pool falls back to any."""
    if practice.topics:
        level = Level(practice.level) if practice.level else None
        return any(bank.ids(topic, level) for topic in practice.topics)
    return has_level(bank, await _topics(session, practice), practice.level)


async def _practice_state(session: Session, house: House, practice: Practice) -> State:
    pool = house.pools.of(await _topics(session, practice), practice.level)
    return await memory.state(session, practice.user_id, pool)


async def _topics(session: Session, practice: Practice) -> list[str]:
    """Give the topics that were asked for, else those that the user chose."""
    subscription = await subscriptions.of_chat(session, practice.user_id)
    return practice.topics or (subscription.topics if subscription else [])


def _fitting(bank: Bank, state: State, practice: Practice, count: int, today: date) -> list[str]:
    day = today.toordinal()
    if practice.mode == "missed":
        waiting = [question for question in missed(state, day) if question not in practice.asked]
        return [question for question in waiting if _fits(bank, question, practice)][:count]
    if practice.mode == "weak" and not practice.topics:
        return weak(state, count, day, practice.asked)
    if practice.mode == "mix":
        return _mixed(bank, state, practice, count, day)
    if practice.topics:
        level = Level(practice.level) if practice.level else None
        candidates = [question for topic in practice.topics for question in bank.ids(topic, level)]
    else:
        candidates = [question for question in state.pool.topic_of if state.pool.holds(question)]
    return on_demand(state, candidates, count, day, practice.asked)


def _mixed(bank: Bank, state: State, practice: Practice, count: int, day: int) -> list[str]:
    """Take from each topic by its share: always from the one that is furthest behind."""
    queues = {
        topic: on_demand(state, bank.ids(topic), practice.size, day, practice.asked)
        for topic in practice.topics
    }
    shares = dict(zip(practice.topics, practice.weights, strict=True))
    taken = Counter(topic for asked in practice.asked for topic in _counted(bank, asked, shares))
    found: list[str] = []
    while len(found) < count and (open_topics := [topic for topic, queue in queues.items() if queue]):
        topic = min(open_topics, key=lambda slug: ((taken[slug] + 1) / shares[slug], slug))
        question = queues[topic].pop(0)
        taken[topic] += 1
        if question not in found:
            found.append(question)
    return found


def _counted(bank: Bank, question_id: str, shares: dict[str, int]) -> list[str]:
    """Tell for which of a mix's topics a question was asked: its own first."""
    question = bank.get(question_id)
    topics = [question.topic, *question.also] if question else []
    return [topic for topic in topics if topic in shares][:1]


def _fits(bank: Bank, question_id: str, practice: Practice) -> bool:
    question = bank.get(question_id)
    if question is None or (practice.level and question.level != practice.level):
        return False
    return not practice.topics or bool({question.topic, *question.also} & set(practice.topics))

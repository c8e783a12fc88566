"""Showing a question: choosing it, making its ask, and what a press on it may do.

Rules: an ask that was chosen but never confirmed as shown is shown instead of a new one, so that a
crash or a broken line costs nobody a question.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from bot.bank import Bank, Question
from bot.db import Session, asks, cards, learners, presses, subscriptions, users
from bot.db.asks import NewAsk
from bot.db.presses import AskInHand, PressedAsk
from bot.db.tables import Ask, Subscription
from bot.learning import (
    Choice,
    Kind,
    Reason,
    State,
    choose_with_reason,
    explain,
    mark_asked,
    on_demand,
)
from bot.precedence import Precedence
from bot.services import memory, timetable, zones
from bot.services.pools import Pools


class NotYours(Exception):
    """The ask does not exist, or was shown to someone else."""


@dataclass(frozen=True, slots=True)
class House:
    """What choosing needs beside the database.

    precedence: of this process' updates, to which choosing for many gives way.
    """

    bank: Bank
    pools: Pools
    precedence: Precedence = field(default_factory=Precedence)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an ask stands: its way, and which of how many it is in its day or practice."""

    way: str
    number: int = 1
    of: int = 1
    practice_id: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An ask and its question."""

    ask: Ask | NewAsk
    question: Question
    four: bool = False
    """Whether its user rates with four buttons."""


async def in_hand(session: Session, ask_id: int, user_id: int) -> AskInHand:
    """Read an ask for a press.

    Raises:
        NotYours: when it is not this user's.
    """
    found = await presses.in_hand(session, ask_id, user_id)
    if found is None:
        raise NotYours(ask_id)
    return found


async def reveal(session: Session, ask_id: int, user_id: int, *, now: datetime) -> AskInHand:
    """Note that the answer was looked at; the first time counts."""
    found = await in_hand(session, ask_id, user_id)
    return found if found.ask.revealed_at else await note(session, found, revealed_at=now)


async def hint(session: Session, ask_id: int, user_id: int, *, now: datetime) -> AskInHand:
    """Note that the hint was looked at; the first time counts."""
    found = await in_hand(session, ask_id, user_id)
    return found if found.ask.hinted_at else await note(session, found, hinted_at=now)


async def note(session: Session, found: AskInHand, **values: Any) -> AskInHand:
    """Write down in an ask what a press came to."""
    await asks.note(session, found.ask.id, values)
    return replace(found, ask=found.ask._replace(**values))


async def daily(session: Session, house: House, subscription: Subscription, *, now: datetime) -> Shown | None:
    """Choose the next question of a subscriber's day.

    Returns:
        What to show; None when the bank has nothing for today.
    """
    user_id = subscription.user_id
    if user_id is None:
        return None
    today = timetable.local_date(now, zones.known(subscription.time_zone))
    if (kept := await unsent(session, house, user_id, "daily", today)) is not None:
        return kept
    state = await memory.state(session, user_id, house.pools.of(subscription.topics, subscription.level))
    choice = choose_with_reason(state, today.toordinal())
    if choice is None:
        return None
    number = await asks.daily_on(session, user_id, today) + 1
    place = Place("daily", number, max(number, subscription.per_day))
    return await _show(session, house, state, choice, place, today, now)


async def one_more(
    session: Session, house: House, user_id: int, *, way: str = "extra", now: datetime
) -> Shown | None:
    """Choose one more question from the user's own topics, beside the daily ones."""
    await users.lock(session, user_id, now)
    today = await local_today(session, user_id, now)
    if (kept := await unsent(session, house, user_id, way, today)) is not None:
        return kept
    subscription = await subscriptions.of_chat(session, user_id)
    topics, level = (subscription.topics, subscription.level) if subscription else ([], None)
    state = await memory.state(session, user_id, house.pools.of(topics, level))
    candidates = [question for question in state.pool.topic_of if state.pool.holds(question)]
    found = on_demand(state, candidates, 1, today.toordinal())
    return await demanded(session, house, state, found, Place(way), today, now)


async def linked(session: Session, house: House, user_id: int, question: Question, *, now: datetime) -> Shown:
    """Show the very question that a link names."""
    await users.lock(session, user_id, now)
    today = await local_today(session, user_id, now)
    state = await memory.state(session, user_id, house.pools.of([]))
    choice = explain(state, question.id, today.toordinal())
    return await _show(session, house, state, choice, Place("link"), today, now)


async def local_today(session: Session, user_id: int, now: datetime) -> date:
    """Tell the user's local date; UTC's until they told their place."""
    user = await users.find(session, user_id)
    return timetable.local_date(now, zones.known(user.time_zone if user else None))


async def confirm(session: Session, ask: Ask | NewAsk, message_id: int) -> None:
    """Note the message that shows an ask: it has reached its user."""
    await asks.shown(session, ask.id, message_id)


def reason_of(ask: Ask | NewAsk | PressedAsk) -> Reason:
    """Read the reason that an ask was made with."""
    return Reason(**{**ask.reason, "kind": Kind(ask.reason["kind"])})


async def unsent(
    session: Session, house: House, user_id: int, way: str, today: date, practice_id: int | None = None
) -> Shown | None:
    """Find an ask of today that was made but never confirmed as shown."""
    ask = await asks.unsent(session, user_id, way, today, practice_id)
    if ask is None:
        return None
    question = house.bank.get(ask.question_id)
    return Shown(ask, question, await _rates_with_four(session, user_id)) if question else None


async def demanded(
    session: Session, house: House, state: State, found: list[str], place: Place, today: date, now: datetime
) -> Shown | None:
    """Show the first of the questions found, if there is any."""
    if not found:
        return None
    choice = explain(state, found[0], today.toordinal())
    return await _show(session, house, state, choice, place, today, now)


async def _show(
    session: Session, house: House, state: State, choice: Choice, place: Place, today: date, now: datetime
) -> Shown:
    """Make the ask, and let the question rest from now on, rated or not."""
    question = note_shown(house, state, choice, today, daily=place.way == "daily")
    user_id = int(str(state.seed))
    ask = Ask(
        chat_id=user_id,
        user_id=user_id,
        question_id=question.id,
        content_hash=question.content_hash,
        way=place.way,
        practice_id=place.practice_id,
        number=place.number,
        of=place.of,
        reason=reason_row(choice.reason),
        asked_at=now,
        asked_on=today,
    )
    await asks.add(session, ask)
    await cards.asked(session, user_id, question.id, today)
    if place.way == "daily":
        await learners.put(session, memory.learner_values(user_id, state.learner))
    return Shown(ask, question, await _rates_with_four(session, user_id))


async def _rates_with_four(session: Session, user_id: int) -> bool:
    user = await users.find(session, user_id)
    return user is not None and user.four_buttons


def note_shown(house: House, state: State, choice: Choice, today: date, *, daily: bool) -> Question:
    """Note in a user's state that a choice is shown; give its question."""
    mark_asked(state, choice.question, today.toordinal(), daily=daily)
    return house.bank.questions[choice.question]


def reason_row(reason: Reason) -> dict[str, Any]:
    """Turn a reason into the value of an ask's column; `reason_of` reads it."""
    return {name: getattr(reason, name) for name in _REASON}


_REASON = tuple(field.name for field in fields(Reason))

"""The daily questions of many users, chosen in bulk: one statement for all of them, never one for each.

`choose_all` only reads, and takes the longest by far; `write_all` writes what came of it. In between someone
may press a button: the choice is then as if it had been made a moment earlier.

Rules as in `asking`: an ask that was made but may not have been seen is shown again instead of a new
one. One that its user has worked on has arrived, whatever the network said.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.bank import Question
from bot.db import Session, asks, cards, learners, users
from bot.db.asks import NewAsk
from bot.db.tables import Ask
from bot.learning import State, choose_with_reason
from bot.services import memory
from bot.services.asking import House, Shown, note_shown, reason_row

AT_A_TIME = 8
"""Choices between two looks at what else is to be done: a press takes a dozen, each waits for these."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """What one subscriber is to get now.

    today: their local date.
    ask_id: the ask that an earlier try of the same delivery made.
    """

    user_id: int
    today: date
    topics: list[str]
    level: str | None
    per_day: int
    ask_id: int | None = None


@dataclass(slots=True)
class Chosen:
    """What came of the wishes, by user id.

    made: new asks with their questions and their users' last questions, to be written.
    nothing: the bank has nothing for them today, or they are gone.
    arrived: their question is there already: they worked on it.
    broken: choosing failed, and the log says why; nobody else suffers from it.
    """

    shown: dict[int, Shown] = field(default_factory=dict)
    made: list[tuple[NewAsk, Question, Sequence[str]]] = field(default_factory=list)
    nothing: set[int] = field(default_factory=set)
    arrived: set[int] = field(default_factory=set)
    broken: set[int] = field(default_factory=set)


async def choose_all(session: Session, house: House, wishes: Sequence[Wish]) -> Chosen:
    """Choose each one's next question, without a lock."""
    chosen = Chosen()
    user_ids = [wish.user_id for wish in wishes]
    known = await users.read_all(session, user_ids)
    before = await asks.daily_of_users(session, user_ids, list({wish.today for wish in wishes}))
    rows = await cards.of_users(session, user_ids)
    learner_of = await learners.of_users(session, user_ids)
    for number, wish in enumerate(wishes):
        if number % AT_A_TIME == 0:
            await asyncio.sleep(0)  # others have something to do too
            await house.precedence.give_way()
        user = wish.user_id
        pool = house.pools.of(wish.topics, wish.level)
        today = [ask for ask in before.get(user, ()) if ask.asked_on == wish.today]
        try:
            mine = memory.to_cards(rows.get(user, ()))
            state = memory.build(user, known.get(user), learner_of.get(user), mine, pool)
            four = known[user].four_buttons
            if not _again(house, wish, today, state, chosen, four=four):
                _anew(house, wish, len(today) + 1, state, chosen, four=four)
        except Exception:
            log.exception("no question could be chosen for user %d", user)
            chosen.broken.add(user)
    return chosen


async def write_all(session: Session, chosen: Chosen, *, now: datetime) -> None:
    """Write the new asks, which have their ids then; locks their users until the transaction ends."""
    if not chosen.made:
        return
    await asks.add_all(session, [ask for ask, _, _ in chosen.made], now)
    made = [each for each in chosen.made if each[0].id]
    for user in {ask.user_id for ask, _, _ in chosen.made if not ask.id}:  # forgotten in the meantime
        del chosen.shown[user]
        chosen.nothing.add(user)
    await cards.asked_all(session, [(ask.user_id, ask.question_id, ask.asked_on) for ask, _, _ in made])
    await learners.put_recent(session, [(ask.user_id, recent) for ask, _, recent in made])


def _again(house: House, wish: Wish, mine: list[Ask], state: State, chosen: Chosen, *, four: bool) -> bool:
    """Take the ask that was made before, if there is one that may not have been seen."""
    made = [ask for ask in mine if ask.id == wish.ask_id] or [ask for ask in mine if ask.message_id is None]
    question = house.bank.get(made[-1].question_id) if made else None
    if question is None:
        return False
    ask = made[-1]
    rated = state.card(question.id).last_day == wish.today.toordinal()
    if rated or ask.revealed_at is not None or ask.hinted_at is not None:
        if ask.id != wish.ask_id:
            return False
        chosen.arrived.add(wish.user_id)
    else:
        chosen.shown[wish.user_id] = Shown(ask, question, four)
    return True


def _anew(house: House, wish: Wish, number: int, state: State, chosen: Chosen, *, four: bool) -> None:
    choice = choose_with_reason(state, wish.today.toordinal())
    if choice is None:
        chosen.nothing.add(wish.user_id)
        return
    question = note_shown(house, state, choice, wish.today, daily=True)
    ask = NewAsk(
        wish.user_id,
        question.id,
        question.content_hash,
        number,
        max(number, wish.per_day),
        reason_row(choice.reason),
        wish.today,
    )
    chosen.made.append((ask, question, state.learner.recent))
    chosen.shown[wish.user_id] = Shown(ask, question, four)

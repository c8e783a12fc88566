"""Answers: one review per ask and user, and corrections that name the review they replace.

Rules: the first rating of an ask counts, whatever is pressed twice, on a copy or weeks later; it is
changed only through *Change rating*, until the question's next review.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.db import Session, cards, practices, presses, reviews
from bot.db.presses import AskInHand, PressedAsk
from bot.db.tables import Review as ReviewRow
from bot.learning import Card, Change, Rating, Review, State, correct, due_day, is_leech, record
from bot.services import asking, memory, timetable, zones
from bot.services.practices import Result


@dataclass(frozen=True, slots=True)
class Rated:
    """A rated ask: what stands, when the question comes back, and a practice that ended with it."""

    ask: PressedAsk
    rating: int
    back_on: date
    today: date
    leech: bool = False
    """Missed again and again: time to read, not to repeat."""
    four: bool = False
    """Whether the user rates with four buttons."""
    finished: Result | None = None


async def rate(
    session: Session,
    house: asking.House,
    ask_id: int,
    rating: int,
    *,
    user_id: int,
    now: datetime,
    guess: float = 0.0,
    found: AskInHand | None = None,
) -> Rated:
    """Record how well the user remembered; a second rating of the same ask changes nothing.

    With two buttons a hint opened before *Got it* makes it Hard: known, with doubt.

    Args:
        rating: 1 to 4.
        guess: chance of being right without knowing, 1 / options of a multiple choice.
        found: the ask, if it was read in this transaction before.

    Raises:
        NotYours: when the ask is not this user's.
    """
    found = found or await asking.in_hand(session, ask_id, user_id)
    if found.review is None:
        rating = _shaky(found, rating)
        recorded = await _record(session, house, found, Rating(rating), guess, now)
        if recorded is not None:
            change, back_on = recorded
            return await _told(session, found, change.rating, back_on, change.card, now)
        found = await asking.in_hand(session, ask_id, user_id)
    return await standing(session, found, now=now)


def _shaky(found: AskInHand, rating: int) -> int:
    """With two buttons a hint makes *Got it* Hard; who has four says it themselves."""
    hinted = found.ask.hinted_at is not None and not found.user.four_buttons
    return Rating.HARD if hinted and rating == Rating.GOOD else rating


async def standing(session: Session, found: AskInHand, *, now: datetime) -> Rated:
    """Tell the rating that stands.

    Raises:
        ValueError: when the ask was not rated.
    """
    if found.review is None or found.card is None:
        raise ValueError(f"ask {found.ask.id} was not rated")
    back_on = found.card.due_on or _today(found, now)
    return await _told(session, found, found.review.rating, back_on, memory.to_card(found.card), now)


def may_change(found: AskInHand) -> bool:
    """Tell whether the ask's rating is still the newest word on its question."""
    newest = found.card.last_review_id if found.card else None
    return found.review is not None and found.review.id == newest


async def change(
    session: Session, house: asking.House, ask_id: int, rating: int, *, user_id: int, now: datetime
) -> Rated:
    """Correct a rating: a new review replaces the one that stands, and the memory is replayed.

    Raises:
        NotYours: when the ask is not this user's.
    """
    found = await asking.in_hand(session, ask_id, user_id)
    if found.review is None:
        return await rate(session, house, ask_id, rating, user_id=user_id, now=now)
    rating = _shaky(found, rating)
    if found.review.rating == rating or not may_change(found):
        return await standing(session, found, now=now)
    before = found.review
    review_id = await reviews.add(
        session,
        {
            **_fields(found, before.topic, Rating(rating), first=before.first),
            "guess": before.guess,
            "reviewed_on": before.reviewed_on,
            "reviewed_at": now,
            "replaces": before.id,
        },
    )
    if review_id is None:
        return await standing(session, await asking.in_hand(session, ask_id, user_id), now=now)
    state = _state(house, found)
    log = [to_review(row) for row in await reviews.log(session, user_id)]
    corrected = correct(state, log, found.ask.question_id)
    back_on = _back_on(found, corrected, _today(found, now))
    card, learner = _rows(user_id, corrected, back_on)
    await cards.put(session, {**card, "last_review_id": review_id}, learner)
    return await _told(session, found, rating, back_on, corrected.card, now)


def to_review(row: ReviewRow) -> Review:
    """Turn a row of the log into the policy's review."""
    return Review(
        id=row.id,
        question=row.question_id,
        day=row.reviewed_on.toordinal(),
        rating=Rating(row.rating),
        guess=row.guess,
        group=row.way == "group",
        daily=row.way == "daily",
        topic=row.topic,
        replaces=row.replaces,
    )


async def _record(
    session: Session, house: asking.House, found: AskInHand, rating: Rating, guess: float, now: datetime
) -> tuple[Change, date] | None:
    """Write a review and what it changes; give that, and when the question comes back."""
    ask, user_id, today = found.ask, found.user.id, _today(found, now)
    topic = house.bank.topic_of.get(ask.question_id) or ask.reason["topic"]
    day = max(today, found.card.reviewed_on) if found.card and found.card.reviewed_on else today
    state = _state(house, found)
    change = record(
        state, ask.question_id, rating, day.toordinal(), guess, daily=ask.way == "daily", topic=topic
    )
    review = {
        **_fields(found, topic, rating, first=change.first),
        "guess": guess,
        "reviewed_on": day,
        "reviewed_at": now,
    }
    back_on = _back_on(found, change, today)
    written = await presses.record(session, review, *_rows(user_id, change, back_on))
    return (change, back_on) if written else None


def _state(house: asking.House, found: AskInHand) -> State:
    mine = {found.card.question_id: memory.to_card(found.card)} if found.card else {}
    return memory.build(found.user.id, found.user, found.learner, mine, house.pools.of([]))


def _fields(found: AskInHand, topic: str, rating: Rating, *, first: bool) -> dict[str, object]:
    return {
        "ask_id": found.ask.id,
        "user_id": found.user.id,
        "question_id": found.ask.question_id,
        "topic": topic,
        "rating": int(rating),
        "way": found.ask.way,
        "first": first,
    }


def _rows(user_id: int, change: Change, back_on: date) -> tuple[dict[str, object], dict[str, object]]:
    """Turn what changed into the values of a card's row and of a learner's."""
    card = memory.card_values(user_id, change.question, change.card, back_on)
    return card, memory.learner_values(user_id, change.learner)


def _back_on(found: AskInHand, change: Change, today: date) -> date:
    """First date on which the policy may ask it again: sooner when the interview is near."""
    near = memory.is_near(found.user, today)
    return date.fromordinal(due_day(change.card, near=near))


async def _told(
    session: Session, found: AskInHand, rating: int, back_on: date, card: Card, now: datetime
) -> Rated:
    """Add how a practice went, once its last question is rated."""
    finished = None
    if found.ask.practice_id is not None and found.ask.number == found.ask.of:
        practice = await practices.find(session, found.ask.practice_id)
        finished = Result(*await practices.results(session, found.ask.practice_id))
        if practice is not None and practice.ended_at is None:
            await practices.end(session, practice, now)
    today = _today(found, now)
    return Rated(
        found.ask,
        rating,
        max(back_on, today + timedelta(days=1)),
        today,
        leech=is_leech(card),
        four=found.user.four_buttons,
        finished=finished,
    )


def _today(found: AskInHand, now: datetime) -> date:
    return timetable.local_date(now, zones.known(found.user.time_zone))

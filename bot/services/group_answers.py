"""A member's answer in a group's round: points for the group, a review for the member's own memory.

Rules (LEARNING.md, "Group quiz"): right is Hard, wrong is Again, as evidence the right answer weighs
what guessing among four leaves; neither the credit nor the day's questions are touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.db import Session, answers, groups, members, presses, quizzes, rounds, users
from bot.db.group_tables import Round
from bot.db.rounds import RoundInHand
from bot.db.tables import Ask, Card, Learner, User
from bot.learning import due_day, record
from bot.services import games, memory, scores, timetable, zones
from bot.services.asking import House
from bot.services.games import Over, Player
from bot.services.picks import OPTIONS

GUESS = 1 / OPTIONS


@dataclass(frozen=True, slots=True)
class Given:
    """What became of an answer: `first` is False when the member had answered before.

    `place` is the option that stands, as it was shown.
    """

    quiz_id: int
    place: int
    first: bool


async def from_poll(
    session: Session, house: House, poll_id: str, place: int, player: Player, *, now: datetime
) -> Given | None:
    """Take a vote in a native poll. It was in time, whenever it arrives: Telegram closes the poll.

    Args:
        place: index of the option as shown.

    Returns:
        None when the poll is no round's: an orphan of a crash, or somebody else's.
    """
    found = await rounds.of_poll(session, poll_id)
    option = option_at(found.ask, place) if found else None
    if found is None or option is None:
        return None
    return await _take(session, house, found, option, player, now)


async def is_poll_on_its_way(session: Session) -> bool:
    """Tell whether a poll may have been sent that is not written down yet, by whatever process."""
    return await rounds.is_any_on_its_way(session)


async def from_button(
    session: Session, house: House, round_id: int, chat_id: int, place: int, player: Player, *, now: datetime
) -> Given:
    """Take a press on an option.

    Raises:
        Over: the round is closed, or of another chat.
    """
    found = await rounds.find(session, round_id)
    option = option_at(found.ask, place) if found else None
    if found is None or option is None or found.quiz.chat_id != chat_id or not is_open(found.round, now):
        raise Over
    given = await _take(session, house, found, option, player, now)
    if given.first and (quiz := await quizzes.find(session, found.quiz.id)) is not None:
        games.redraw(quiz, now)
    return given


def option_at(ask: Ask, place: int) -> int | None:
    """Tell which option of the bank stood at a place; 0 is the right one."""
    order = ask.option_order or ""
    return int(order[place]) if 0 <= place < len(order) else None


def is_open(current: Round, now: datetime) -> bool:
    """Tell whether a round still takes answers."""
    return current.closed_at is None and current.closes_at is not None and now < current.closes_at


async def _take(
    session: Session, house: House, found: RoundInHand, option: int, player: Player, now: datetime
) -> Given:
    user = await users.lock(session, player.user_id, now)
    quiz, ask = found.quiz, found.ask
    today = timetable.local_date(now, zones.known(await groups.zone(session, quiz.chat_id)))
    before = await answers.streak_before(session, quiz.id, found.round.number, user.id)
    streak = before + 1 if option == 0 else 0
    answer = {
        "round_id": found.round.id,
        "user_id": user.id,
        "chat_id": quiz.chat_id,
        "question_id": ask.question_id,
        "option": option,
        "points": scores.points(right=option == 0, left=_left(found.round, now), streak=streak),
        "streak": streak,
        "on_board": not await answers.counted_on(session, user.id, ask.question_id, today),
        "answered_at": now,
        "answered_on": today,
    }
    if not await answers.add(session, answer):
        earlier = await answers.find(session, found.round.id, user.id)
        stands = earlier.option if earlier else option
        return Given(quiz.id, (ask.option_order or "").index(str(stands)), first=False)
    await members.seen(session, quiz.chat_id, user.id, player.name)
    await review(session, house, ask, user, known=option == 0, guess=GUESS, now=now)
    return Given(quiz.id, (ask.option_order or "").index(str(option)), first=True)


def _left(current: Round, now: datetime) -> float:
    """Share of the round's time that was left, as far as one can tell: a vote carries no date."""
    if current.opened_at is None or current.closes_at is None or not is_open(current, now):
        return 0.0
    return (current.closes_at - now) / (current.closes_at - current.opened_at)


async def review(
    session: Session, house: House, ask: Ask, user: User, *, known: bool, guess: float, now: datetime
) -> None:
    """Write the review of a member's own card; once per ask and member."""
    card = await session.get(Card, (user.id, ask.question_id))
    learner = await session.get(Learner, user.id)
    today = timetable.local_date(now, zones.known(user.time_zone))
    day = max(today, card.reviewed_on) if card and card.reviewed_on else today
    topic = house.bank.topic_of.get(ask.question_id) or ask.reason["topic"]
    mine = {card.question_id: memory.to_card(card)} if card else {}
    state = memory.build(user.id, user, learner, mine, house.pools.of([]))
    change = record(state, ask.question_id, known, day.toordinal(), guess, True, daily=False, topic=topic)
    near = memory.is_near(user, today)
    back_on = date.fromordinal(due_day(change.card, near=near))
    await presses.record(
        session,
        {
            "ask_id": ask.id,
            "user_id": user.id,
            "question_id": ask.question_id,
            "topic": topic,
            "rating": int(change.rating),
            "way": "group",
            "first": change.first,
            "guess": guess,
            "reviewed_on": day,
            "reviewed_at": now,
        },
        memory.card_values(user.id, ask.question_id, change.card, back_on),
        memory.learner_values(user.id, change.learner),
    )

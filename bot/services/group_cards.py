"""A member's rating of a card in a group: their own memory, and one more in the group's count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.db import Session, answers, groups, members, quizzes, rounds, users
from bot.db.rounds import RoundInHand
from bot.services import games, timetable, zones
from bot.services.asking import House
from bot.services.games import Over, Player
from bot.services.group_answers import review


@dataclass(frozen=True, slots=True)
class Rated:
    """A card in a member's hand; `known` is the rating that stands, None before one; `first` just now."""

    found: RoundInHand
    known: bool | None
    first: bool = False


async def look(session: Session, round_id: int, chat_id: int, user_id: int) -> Rated:
    """Read a card for a member who wants to see its answer.

    Raises:
        Over: it is no card of that chat.
    """
    found = await rounds.find(session, round_id)
    if found is None or found.quiz.chat_id != chat_id or found.quiz.mode != "card":
        raise Over
    answer = await answers.find(session, round_id, user_id)
    return Rated(found, None if answer is None else answer.option == 0)


async def rate(
    session: Session,
    house: House,
    round_id: int,
    chat_id: int,
    player: Player,
    *,
    known: bool,
    now: datetime,
) -> Rated:
    """Record how a member did, at their own pace: also after the next card has come. Once.

    There are no points in it: who rates themselves would farm them.

    Raises:
        Over: it is no card of that chat.
    """
    user = await users.lock(session, player.user_id, now)
    before = await look(session, round_id, chat_id, player.user_id)
    if before.known is not None:
        return before
    quiz, ask = before.found.quiz, before.found.ask
    today = timetable.local_date(now, zones.known(await groups.zone(session, quiz.chat_id)))
    answer = {
        "round_id": round_id,
        "user_id": user.id,
        "chat_id": quiz.chat_id,
        "question_id": ask.question_id,
        "option": 0 if known else 1,
        "points": 0,
        "streak": 0,
        "on_board": False,
        "answered_at": now,
        "answered_on": today,
    }
    if not await answers.add(session, answer):
        return await look(session, round_id, chat_id, player.user_id)
    await members.seen(session, quiz.chat_id, user.id, player.name)
    await review(session, house, ask, user, known=known, guess=0.0, now=now)
    if before.found.round.closed_at is None and (locked := await quizzes.find(session, quiz.id)):
        games.redraw(locked, now)
    return Rated(before.found, known, first=True)

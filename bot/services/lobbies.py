"""A game's lobby: opened, entered, changed. One game per chat or forum topic."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.bank import Bank, Level
from bot.db import Session, members, quizzes, users
from bot.db.group_tables import Quiz
from bot.services import picks
from bot.services.games import Over, Place, Player, find, redraw
from bot.services.practices import BadSize, OneOnly, Wanted, parse

MOST_ROUNDS = 20
ROUNDS = (1, 2, 3, 4, 5, 7, 10, 12, 15, 20)
SECONDS = (10, 15, 20, 30, 45, 60, 90, 120)
USUAL_SECONDS = 30
CARD_SECONDS = 120
"""For a card, which is talked about."""


class NothingFits(Exception):
    """No question of the bank fits what was asked for."""


class Personal(Exception):
    """What was asked for is one person's: what they missed, their weak topics, their mix."""

    def __init__(self, mode: str) -> None:
        super().__init__(mode)
        self.mode = mode


def wanted(bank: Bank, words: str) -> Wanted:
    """Read topic, level and number of rounds.

    Raises:
        UnknownTopic, OneOnly, BadSize: as in a private practice, but for at most MOST_ROUNDS.
        Personal: for `missed`, `weak` and `mix`.
    """
    if words.casefold().split()[:1] == ["mix"]:
        raise Personal("mix")
    try:
        found = parse(bank, words)
    except OneOnly as fault:
        if fault.what == "mode":
            raise Personal("missed") from fault
        raise
    if found.mode != "any":
        raise Personal(found.mode)
    if found.size > MOST_ROUNDS:
        topic = next((topic.title for topic in bank.topics if topic.slug == found.topic), "")
        understood = ", ".join(part for part in (topic, str(found.level or "")) if part)
        raise BadSize(str(found.size), understood)
    return found


async def open_lobby(
    session: Session,
    bank: Bank,
    place: Place,
    wish: Wanted,
    player: Player | None,
    *,
    message_id: int | None = None,
    seconds: int = USUAL_SECONDS,
    mode: str = "quiz",
    now: datetime,
) -> tuple[Quiz, bool]:
    """Open a game's lobby; who opens it is in.

    A level that has no questions yet stays a wish: any level is played, and the lobby says so.

    Args:
        player: None for an anonymous admin.
        message_id: a message of the bot to turn into the lobby.

    Returns:
        The game, and whether it is new: a chat or topic has one at a time.

    Raises:
        NothingFits: there is no such question.
    """
    there = picks.available(bank, wish.topic, picks.level_there(bank, wish.topic, wish.level, mode), mode)
    if not there:
        raise NothingFits
    if player is not None:
        await users.lock(session, player.user_id, now)
    values: dict[str, object] = {
        "chat_id": place.chat_id,
        "thread_id": place.thread_id,
        "starter_id": player.user_id if player else None,
        "kind": "game",
        "mode": mode,
        "topic": wish.topic,
        "level": wish.level,
        "rounds": min(wish.size, there),
        "seconds": seconds,
        "status": "lobby",
        "page": "main",
        "by_buttons": False,
        "message_id": message_id,
        "stale": True,
        "quiet": 0,
        "busy": False,
        "attempts": 0,
        "step_at": now,
        "asked": [],
        "created_at": now,
    }
    quiz = await quizzes.start(session, values)
    if quiz is None:
        found = await quizzes.open_one(session, place.chat_id, place.thread_id)
        if found is None:  # it ended in this very moment
            raise Over
        return found, False
    if player is not None:
        await _enter(session, quiz, player, now)
    return quiz, True


async def join(session: Session, quiz_id: int, chat_id: int, player: Player, *, now: datetime) -> bool:
    """Note who is in; False if they were.

    Raises:
        Over: the lobby is closed.
    """
    await users.lock(session, player.user_id, now)
    quiz = await find(session, quiz_id, chat_id)
    if quiz.ended_at is not None:
        raise Over
    if not await _enter(session, quiz, player, now):
        return False
    if quiz.status == "lobby":
        redraw(quiz, now)
    return True


async def _enter(session: Session, quiz: Quiz, player: Player, now: datetime) -> bool:
    await members.seen(session, quiz.chat_id, player.user_id, player.name)
    return await quizzes.join(session, quiz.id, player.user_id, now)


def change(quiz: Quiz, bank: Bank, name: str, value: str, *, now: datetime) -> None:
    """Change a wish of the lobby: rounds, seconds, topic, mode or page.

    Raises:
        Over: the game has begun.
        ValueError: no such wish or value.
    """
    if quiz.status != "lobby":
        raise Over
    match name:
        case "rounds" if value.isdecimal() and 1 <= int(value) <= MOST_ROUNDS:
            quiz.rounds = int(value)
        case "seconds" if value.isdecimal() and int(value) in SECONDS:
            quiz.seconds = int(value)
        case "topic" if value == "any" or any(topic.slug == value for topic in bank.topics):
            quiz.topic, quiz.page = (None if value == "any" else value), "main"
        case "mode" if value in {"quiz", "card"}:
            usual = {"quiz": USUAL_SECONDS, "card": CARD_SECONDS}
            if quiz.seconds == usual[quiz.mode]:
                quiz.seconds = usual[value]
            quiz.mode = value
        case "page" if value in {"main", "topics"}:
            quiz.page = value
        case _:
            raise ValueError(f"{name}:{value}")
    quiz.rounds = max(1, min(quiz.rounds, most_rounds(bank, quiz)))
    quiz.drawn_at = None  # who steers sees it at once
    redraw(quiz, now)


def most_rounds(bank: Bank, quiz: Quiz) -> int:
    """Count the questions that a game can ask."""
    level = picks.level_there(bank, quiz.topic, quiz.level, quiz.mode)
    return picks.available(bank, quiz.topic, level, quiz.mode)


def again(quiz: Quiz) -> Wanted:
    """Give what a game was, to play another one of the kind."""
    level = Level(quiz.level) if quiz.level else None
    return replace(Wanted(), topic=quiz.topic, level=level, size=quiz.rounds)

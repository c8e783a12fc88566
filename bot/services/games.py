"""A group's game, as people steer it: found, started, stopped.

Rules: one game per chat or forum topic; what a press changes is written here, what is to be sent
follows from the row (`moves`), so that a restart or another process goes on from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db import Session, quizzes, rounds
from bot.db.group_tables import Quiz

LOBBY_LASTS = timedelta(minutes=30)
PAUSE_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, and the forum topic within it; 0 is none, or General."""

    chat_id: int
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class Player:
    """Who speaks: the id and the name they show."""

    user_id: int
    name: str


class Over(Exception):
    """The game is over, or past what the button was for."""


async def find(session: Session, quiz_id: int, chat_id: int) -> Quiz:
    """Read a game for a press on one of its messages.

    Raises:
        Over: there is no such game in that chat.
    """
    quiz = await quizzes.find(session, quiz_id)
    if quiz is None or quiz.chat_id != chat_id:
        raise Over
    return quiz


async def look_up(session: Session, quiz_id: int, chat_id: int) -> Quiz:
    """Read a game without a lock.

    Raises:
        Over: there is no such game in that chat.
    """
    quiz = await quizzes.look_up(session, quiz_id)
    if quiz is None or quiz.chat_id != chat_id:
        raise Over
    return quiz


async def running(session: Session, place: Place) -> Quiz | None:
    """Find the open game of a chat or topic."""
    return await quizzes.open_one(session, place.chat_id, place.thread_id)


async def newest_message(session: Session, quiz: Quiz) -> int | None:
    """Find the message at which a game stands: the newest round's, or the lobby."""
    last = await rounds.last(session, quiz.id)
    return (last[0].message_id if last else None) or quiz.message_id


async def close_round(session: Session, poll_id: str, *, now: datetime) -> None:
    """Note that a round's poll has closed, before its time or in time."""
    found = await rounds.of_poll(session, poll_id)
    quiz = await quizzes.find(session, found.quiz.id) if found else None
    if found is None or quiz is None or found.round.closed_at is not None:
        return
    found.round.closes_at = min(found.round.closes_at or now, now)
    nudge(quiz, now)


def begin(quiz: Quiz, *, now: datetime) -> None:
    """Start the rounds, or go on after a pause.

    Raises:
        Over: it runs, or has ended.
    """
    if quiz.status not in {"lobby", "paused"}:
        raise Over
    quiz.stale = quiz.status == "lobby"
    quiz.drawn_at = None
    quiz.status, quiz.quiet, quiz.page = "running", 0, "main"
    nudge(quiz, now)


def stop(quiz: Quiz, *, now: datetime) -> None:
    """End the game: its open round is closed, then the podium follows.

    Raises:
        Over: it has ended.
    """
    if quiz.ended_at is not None:
        raise Over
    quiz.status = "stopping"
    nudge(quiz, now)


def redraw(quiz: Quiz, now: datetime) -> None:
    """Ask for the lobby, or the round, to be drawn again: at once, or soon if it was drawn just now."""
    quiz.stale = True
    nudge(quiz, now)


def nudge(quiz: Quiz, now: datetime) -> None:
    """Let the next move be looked for now; while one is being made, it looks by itself."""
    if not quiz.busy:
        quiz.step_at = min(quiz.step_at or now, now)

"""What became of a game's move: done, put off, refused, or sent to a chat that has moved."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.db import Session, groups, quizzes, rounds
from bot.db.group_tables import Quiz, Round
from bot.services.games import PAUSE_LASTS
from bot.services.moves import pauses
from bot.services.plan import Do, Move

FIRST_WAIT = 5.0
LONGEST_WAIT = 300.0
"""Seconds between tries of a move that may yet succeed; they double."""

TIDY_AFTER = timedelta(seconds=60)
"""Time to read the last reason."""

MOST_REPEATS = 2
"""Tries of a message that may have arrived, before it is taken for sent."""


async def done(
    session: Session,
    move: Move,
    *,
    message_id: int | None = None,
    poll_id: str | None = None,
    now: datetime,
) -> None:
    """Write down that a move was made; what follows is looked for at once."""
    quiz = await _freed(session, move, now)
    if quiz is None:
        return
    quiz.attempts = 0
    current = await _round(session, move)
    if current is not None:
        _write_round(quiz, current, move, message_id, poll_id, now)
    match move.do:
        case Do.LOBBY:
            quiz.message_id, quiz.drawn_at = quiz.message_id or message_id, now
        case Do.ASK if move.explains_buttons:
            (await groups.lock(session, quiz.chat_id, now)).told_no_polls = True
        case Do.PODIUM:
            end(quiz, now)
            group = await groups.find(session, quiz.chat_id)
            if group is not None and group.tidies:
                quiz.status, quiz.step_at = "tidying", now + TIDY_AFTER
        case Do.EXPIRE | Do.BOARD:
            end(quiz, now)


def _write_round(
    quiz: Quiz, current: Round, move: Move, message_id: int | None, poll_id: str | None, now: datetime
) -> None:
    match move.do:
        case Do.ASK if current.message_id is None:  # one that is recorded stays: votes are on it already
            current.message_id, current.poll_id, current.opened_at = message_id, poll_id, now
            current.closes_at = now + timedelta(seconds=quiz.seconds)
            quiz.drawn_at, quiz.stale = now, False
        case Do.COUNT:
            quiz.drawn_at = now
        case Do.CLOSE:
            current.closed_at = current.closed_at or now
        case Do.REASON:
            current.told_at, current.reason_id = now, message_id
            if pauses(quiz, current):
                quiz.status, quiz.step_at = "paused", now + PAUSE_LASTS


async def snippet_sent(session: Session, round_id: int, message_id: int | None) -> None:
    """Write down that a round's snippet stands in the chat, whatever becomes of its poll."""
    found = await rounds.find(session, round_id)
    if found is not None:
        found.round.snippet_id = message_id or 0


async def put_off(session: Session, move: Move, seconds: float | None, *, now: datetime) -> None:
    """Try a move again later: nothing has arrived."""
    quiz = await _freed(session, move, now)
    if quiz is not None:
        _retry(quiz, move, seconds, now)


async def unknown(session: Session, move: Move, *, now: datetime) -> None:
    """Try a move again that may have arrived: a poll always, as nobody knows its id; the rest a few times."""
    quiz = await _freed(session, move, now)
    if quiz is None:
        return
    if move.do is not Do.ASK and quiz.attempts >= MOST_REPEATS:
        await done(session, move, now=now)
    else:
        _retry(quiz, move, None, now)


async def refused(session: Session, move: Move, *, for_good: bool, now: datetime) -> None:
    """Take a refusal: a poll becomes a message with buttons, an edit of what is gone is let be.

    Args:
        for_good: the bot may not write there at all, or there is no such chat.
    """
    quiz = await _freed(session, move, now)
    if quiz is None:
        return
    if move.do is Do.ASK and not quiz.by_buttons and quiz.mode == "quiz":
        quiz.by_buttons = True
    elif move.do is Do.LOBBY and quiz.message_id is not None and not for_good:
        await done(session, move, now=now)
    elif for_good or move.do in {Do.ASK, Do.LOBBY}:
        end(quiz, now)
    else:
        await done(session, move, now=now)


async def topic_gone(session: Session, move: Move, *, now: datetime) -> None:
    """Send a daily question, and those of the days to come, to General: its forum topic was deleted.

    A topic that the group has chosen meanwhile stands.
    """
    quiz = await _freed(session, move, now)
    if quiz is None:
        return
    if (current := await _round(session, move)) is not None:
        current.snippet_id = None  # it went with the topic
    group = await groups.lock(session, quiz.chat_id, now)
    if group.thread_id == quiz.thread_id:
        group.thread_id = 0
    quiz.thread_id = group.thread_id


def end(quiz: Quiz, now: datetime) -> None:
    """Close a game for good."""
    quiz.status, quiz.ended_at, quiz.step_at, quiz.busy = "over", now, None, False


async def _freed(session: Session, move: Move, now: datetime) -> Quiz | None:
    """Give up the lease, and look for what follows now; None when the game ended meanwhile."""
    quiz = await quizzes.find(session, move.quiz.id)
    if quiz is None or quiz.ended_at is not None:
        return None
    quiz.busy, quiz.step_at = False, now
    return quiz


async def _round(session: Session, move: Move) -> Round | None:
    if move.round is None:
        return None
    found = await rounds.find(session, move.round.id)
    return found.round if found else None


def _retry(quiz: Quiz, move: Move, seconds: float | None, now: datetime) -> None:
    wait = seconds or min(FIRST_WAIT * 2**quiz.attempts, LONGEST_WAIT)
    quiz.attempts = min(quiz.attempts + 1, 10)
    quiz.stale = quiz.stale or move.do in {Do.LOBBY, Do.COUNT}
    quiz.step_at = now + timedelta(seconds=wait)

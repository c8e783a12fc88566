"""What a game sends next, decided from its row alone: claimed, sent, settled.

A claim is a lease, as for deliveries: a process that dies in mid-move is taken over when it ends. What
was sent but never settled is sent once more: a poll that nobody recorded is an orphan whose answers are
ignored.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from bot.db import Session, answers, asks, groups, members, quizzes, rounds
from bot.db.group_tables import Quiz, Round
from bot.db.tables import Ask
from bot.learning import Kind, Reason
from bot.services import boards, picks, timetable, zones
from bot.services.asking import House
from bot.services.games import LOBBY_LASTS
from bot.services.group_daily import is_night
from bot.services.plan import Do, Move

LEASE = timedelta(seconds=60)
GRACE = timedelta(seconds=1)
"""After a round's time: its last answers are on their way."""

LATE = timedelta(seconds=5)
"""After a round's end: nobody was there to close it, so answers may be waiting at Telegram."""

CATCH_UP = timedelta(seconds=3)
"""For those answers, before the round is closed."""

READING = timedelta(seconds=5)
"""Between a reason and the next round; with ten-second rounds that makes eight messages a minute."""

CALM = timedelta(seconds=5)
"""Between two drawings of one message, so that fifty who join cost twelve edits a minute, not fifty."""

QUIET_ROUNDS = 2
"""Rounds in a row without any answer after which the game asks whether anyone is there."""


def pauses(quiz: Quiz, current: Round) -> bool:
    """Tell whether a game pauses after a round, as nobody is there."""
    return quiz.status == "running" and quiz.quiet >= QUIET_ROUNDS and current.number < quiz.rounds


async def claim(session: Session, house: House, quiz_id: int, *, now: datetime) -> Move | None:
    """Take a game's next move under a lease; None when nothing is due, or somebody else has it."""
    quiz = await quizzes.take_due(session, quiz_id, now)
    if quiz is None:
        return None
    if quiz.ended_at is not None:
        quiz.step_at = None
        return await _tidying(session, quiz)
    quiz.busy, quiz.step_at = False, None
    move = await _next(session, house, quiz, now)
    if move is not None:
        quiz.busy, quiz.step_at, quiz.stale = True, now + LEASE, False
    return move


async def _tidying(session: Session, quiz: Quiz) -> Move | None:
    """Collect what a game leaves behind, but for its podium; nobody tries twice."""
    if quiz.status != "tidying":
        return None
    quiz.status = "over"
    played = [current for current, _ in await rounds.of_quiz(session, quiz.id)]
    left = [quiz.message_id, *(number for one in played for number in one.messages)]
    return Move(Do.TIDY, quiz, messages=tuple(sorted({one for one in left if one})))


async def _next(session: Session, house: House, quiz: Quiz, now: datetime) -> Move | None:
    """Decide; None after setting `step_at` to when there is something to decide again."""
    if quiz.status == "paused":  # its hour is over
        quiz.status = "stopping"
    if quiz.status == "lobby":
        return await _lobby(session, quiz, now)
    if quiz.kind == "board":
        return await _board(session, quiz, now)
    last = await rounds.last(session, quiz.id)
    if quiz.status == "stopping":
        return await _stopping(session, house, quiz, last, now)
    if last is None and quiz.stale and quiz.message_id is not None:
        return await _with_players(session, quiz, Do.LOBBY)
    if last is None:
        return await _new_round(session, house, quiz, 1, now)
    if last[0].message_id is None:
        return await _ask(session, house, quiz, *last)
    if last[0].closed_at is None and not await _closes(session, quiz, last[0], now):
        if (quiz.by_buttons or quiz.mode == "card") and quiz.stale and _calm(quiz, now):
            return await _round_move(session, house, quiz, Do.COUNT, *last)
        return None
    return await _after_round(session, house, quiz, *last, now)


async def _after_round(
    session: Session, house: House, quiz: Quiz, current: Round, ask: Ask, now: datetime
) -> Move | None:
    if quiz.mode == "card" and not pauses(quiz, current):
        current.told_at = current.told_at or now  # each member looks for themselves
    if quiz.kind == "daily" and (not quiz.by_buttons or current.told_at is not None):
        quiz.status, quiz.ended_at = "over", now  # the poll itself shows the reason
        return None
    if current.told_at is None:
        return await _round_move(session, house, quiz, Do.REASON, current, ask)
    if current.told_at + READING > now:
        quiz.step_at = current.told_at + READING
        return None
    if current.number >= quiz.rounds:
        return await _podium(session, quiz)
    return await _new_round(session, house, quiz, current.number + 1, now)


async def _lobby(session: Session, quiz: Quiz, now: datetime) -> Move | None:
    if now >= quiz.created_at + LOBBY_LASTS:
        return Move(Do.EXPIRE, quiz)
    if quiz.message_id is not None and (not quiz.stale or not _calm(quiz, now)):
        quiz.step_at = quiz.step_at or quiz.created_at + LOBBY_LASTS
        return None
    return await _with_players(session, quiz, Do.LOBBY)


def _calm(quiz: Quiz, now: datetime) -> bool:
    """Tell whether a message may be drawn again; if not yet, come back then."""
    if quiz.drawn_at is None or quiz.drawn_at + CALM <= now:
        return True
    again = quiz.drawn_at + CALM
    quiz.step_at = min(quiz.step_at or again, again)
    return False


async def _stopping(
    session: Session, house: House, quiz: Quiz, last: tuple[Round, Ask] | None, now: datetime
) -> Move | None:
    if last is None or (last[0].message_id is None and last[0].number == 1):
        return Move(Do.EXPIRE, quiz)
    current, ask = last
    if current.message_id is None:  # the round before it was told
        return await _podium(session, quiz)
    if current.closed_at is None and current.poll_id is not None:
        return Move(Do.CLOSE, quiz, current, ask)
    current.closed_at = current.closed_at or now
    if current.told_at is None and current.poll_id is None and quiz.mode == "quiz":
        return await _round_move(session, house, quiz, Do.REASON, current, ask)
    return await _podium(session, quiz)


async def _closes(session: Session, quiz: Quiz, current: Round, now: datetime) -> bool:
    """Close a round whose time is over, and note whether anyone was there."""
    ends = (current.closes_at or now) + GRACE
    if now >= ends + LATE and not _was_extended(quiz, current):
        ends = now + CATCH_UP
        current.closes_at = ends - GRACE
    if ends > now:
        quiz.step_at = ends
        return False
    current.closed_at = now
    quiz.quiet = 0 if await answers.count(session, current.id) else quiz.quiet + 1
    return True


def _was_extended(quiz: Quiz, current: Round) -> bool:
    """Tell whether a round had its time to catch up: it would end later than it was to last."""
    opened, closes = current.opened_at, current.closes_at
    return opened is not None and closes is not None and closes > opened + timedelta(seconds=quiz.seconds)


async def _board(session: Session, quiz: Quiz, now: datetime) -> Move | None:
    found = await boards.of_last_week(session, quiz.chat_id, now=now)
    if not found.totals:  # nothing is sent that nobody asked for
        quiz.status, quiz.ended_at = "over", now
        return None
    return Move(Do.BOARD, quiz, board=found, silent=True)


async def _with_players(session: Session, quiz: Quiz, do: Do) -> Move:
    ids = await quizzes.players(session, quiz.id)
    names = await members.names(session, quiz.chat_id, ids)
    return Move(do, quiz, players=tuple(names.get(one) for one in ids))


async def _podium(session: Session, quiz: Quiz) -> Move:
    given = tuple(await answers.of_quiz(session, quiz.id))
    wrong = {one.number for one in given} - {one.number for one in given if one.answer.option == 0}
    asked = {one.number: ask for one, ask in await rounds.of_quiz(session, quiz.id)}
    missed = asked[min(wrong)].question_id if wrong else None
    return Move(Do.PODIUM, quiz, answers=given, missed=missed)


async def _round_move(session: Session, house: House, quiz: Quiz, do: Do, current: Round, ask: Ask) -> Move:
    given = tuple(await answers.of_quiz(session, quiz.id))
    return Move(do, quiz, current, ask, house.bank.get(ask.question_id), given)


async def _ask(session: Session, house: House, quiz: Quiz, current: Round, ask: Ask) -> Move | None:
    question = house.bank.get(ask.question_id)
    if question is None or (
        question.choice is None and quiz.mode == "quiz"
    ):  # it left the bank between a crash and now
        await session.delete(current)
        await session.flush()
        return await _new_round(session, house, quiz, current.number, ask.asked_at)
    group = await groups.lock(session, quiz.chat_id, ask.asked_at)
    explains = quiz.by_buttons and not group.told_no_polls
    silent = quiz.kind == "daily" and is_night(quiz.created_at, await groups.zone(session, quiz.chat_id))
    return Move(
        Do.ASK,
        quiz,
        current,
        ask,
        question,
        explains_buttons=explains,
        code_apart=group.code_apart,
        silent=silent,
    )


async def _new_round(session: Session, house: House, quiz: Quiz, number: int, now: datetime) -> Move | None:
    level = picks.level_there(house.bank, quiz.topic, quiz.level, quiz.mode)
    candidates = picks.fitting(house.bank, quiz.topic, level, quiz.mode)
    last_on = await rounds.asked_in(session, quiz.chat_id)
    question = picks.pick(house.bank, candidates, quiz.asked, last_on, f"{quiz.id}:{number}")
    if question is None:
        return await _podium(session, quiz)
    today = timetable.local_date(now, zones.known(await groups.zone(session, quiz.chat_id)))
    ask = await asks.add(
        session,
        Ask(
            chat_id=quiz.chat_id,
            user_id=None,
            question_id=question.id,
            content_hash=question.content_hash,
            way="group",
            number=number,
            of=quiz.rounds,
            reason=asdict(Reason(Kind.NEW, question.topic)),
            asked_at=now,
            asked_on=today,
            option_order=picks.option_order(f"{quiz.id}:{number}"),
        ),
    )
    current = await rounds.add(session, Round(quiz_id=quiz.id, ask_id=ask.id, number=number))
    quiz.asked = [*quiz.asked, question.id]
    return await _ask(session, house, quiz, current, ask)

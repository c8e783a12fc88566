"""A group as a place: the bot arrives, is thrown out, or finds the group under a new id."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.db import Session, answers, groups, members, quizzes, rounds, subscriptions
from bot.services import games, settling
from bot.services.subscriptions import stop_sending

FRESH = timedelta(minutes=2)
"""How long a greeting may still turn into the lobby that its link asked for."""


async def arrived(session: Session, chat_id: int, *, now: datetime) -> bool:
    """Note that the bot is in a group; says whether that was known, as it is of one that has moved."""
    if (group := await groups.find(session, chat_id)) is not None and group.is_here:
        return True
    group = await groups.lock(session, chat_id, now)
    group.is_here, group.joined_at, group.told_no_polls, group.greeting_id = True, now, False, None
    return False


async def greeted(session: Session, chat_id: int, message_id: int, *, now: datetime) -> None:
    """Note the greeting's message."""
    (await groups.lock(session, chat_id, now)).greeting_id = message_id


async def take_greeting(session: Session, chat_id: int, *, now: datetime) -> int | None:
    """Give the greeting that was sent just now, to be turned into something else; once."""
    group = await groups.lock(session, chat_id, now)
    found, group.greeting_id = group.greeting_id, None
    return found if group.joined_at + FRESH > now else None


async def gone(session: Session, chat_id: int, *, now: datetime) -> None:
    """Stop everything in a group that threw the bot out; its scores stay, should it come back."""
    for quiz in await quizzes.open_in_chat(session, chat_id):
        settling.end(quiz, now)
    (await groups.lock(session, chat_id, now)).is_here = False
    subscription = await subscriptions.of_chat(session, chat_id)
    if subscription is not None and subscription.status in {"active", "paused"}:
        stop_sending(subscription, "blocked")


async def moved(session: Session, old_id: int, new_id: int, *, now: datetime) -> None:
    """Let everything follow a group to its new id; a second telling changes nothing.

    Messages stay behind: a lobby is sent anew, an open round keeps its poll and its answers.
    """
    open_there = {quiz.thread_id for quiz in await quizzes.open_in_chat(session, new_id)}
    for quiz in await quizzes.open_in_chat(session, old_id):
        if quiz.thread_id in open_there and quiz.kind == "game":
            settling.end(quiz, now)
            continue
        quiz.message_id, quiz.drawn_at = None, None
        if quiz.status == "lobby":
            games.redraw(quiz, now)
    await session.flush()
    there, here = await groups.find(session, new_id), await groups.find(session, old_id)
    if there is not None and here is not None:  # made anew meanwhile, by a command in the new chat
        await session.delete(there)
        await session.flush()
    await rounds.leave_behind(session, old_id)
    for table in (groups, quizzes, answers, members):
        await table.move_chat(session, old_id, new_id)


async def member_left(session: Session, chat_id: int, user_id: int, *, now: datetime) -> None:
    """Drop someone from the boards of a group they left."""
    await members.left(session, chat_id, user_id, now)

"""Answers in a group's game: votes in polls, presses on options, and polls that close."""

from __future__ import annotations

import asyncio

from telegram import PollAnswer, Update, User

from bot.handlers.context import BotContext
from bot.handlers.presses import answered, chat_id_of, data_of
from bot.handlers.rights import player_of, speaker
from bot.rendering import game_notes as words
from bot.rendering.callback_data import BadData, GameAnswer
from bot.rendering.polls import LETTERS
from bot.services import games, group_answers

OVERTAKEN = (0.2, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0)
"""Seconds between looks for a poll that is on its way: together more than its sender waits for Telegram."""


async def choose(update: Update, context: BotContext) -> None:
    """Take an answer by button."""
    tap = GameAnswer.parse(data_of(update))
    player = speaker(update)
    if player is None or tap.place >= len(LETTERS):
        raise BadData(tap.place)
    async with context.rating() as session:
        given = await group_answers.from_button(
            session,
            context.house.asking,
            tap.round_id,
            chat_id_of(update),
            tap.place,
            player,
            now=context.now(),
        )
    await answered(update, words.chosen(LETTERS[given.place], first=given.first))
    await context.house.games.play(given.quiz_id)


async def voted(update: Update, context: BotContext) -> None:
    """Take a vote in a poll; one of an orphan, of a chat, or taken back counts nothing.

    A vote may overtake the record of its poll, which another process may be writing: then it waits.
    """
    vote = update.poll_answer
    if vote is None or vote.user is None or vote.voter_chat is not None or len(vote.option_ids) != 1:
        return
    for wait in OVERTAKEN:
        if await _count(vote, vote.user, context):
            return
        async with context.house.database.reading() as session:
            on_its_way = await group_answers.is_poll_on_its_way(session)
        if not on_its_way:
            break
        await asyncio.sleep(wait)
    await _count(vote, vote.user, context)  # it may have been written down between the two looks


async def _count(vote: PollAnswer, user: User, context: BotContext) -> bool:
    async with context.rating() as session:
        given = await group_answers.from_poll(
            session,
            context.house.asking,
            vote.poll_id,
            vote.option_ids[0],
            player_of(user),
            now=context.now(),
        )
    return given is not None


async def poll_closed(update: Update, context: BotContext) -> None:
    """Note that a poll has closed, by its timer or by an admin; its other changes are none of ours."""
    if update.poll is None or not update.poll.is_closed:
        return
    async with context.rating() as session:
        await games.close_round(session, update.poll.id, now=context.now())

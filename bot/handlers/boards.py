"""/leaderboard, and what a member wishes to show there."""

from __future__ import annotations

from telegram import Update

from bot.handlers.context import BotContext
from bot.handlers.presses import chat_id_of, data_of
from bot.handlers.replies import alert, redraw, reply
from bot.handlers.rights import speaker
from bot.rendering import boards as screens
from bot.rendering.callback_data import BadData, GroupBoard, GroupMe
from bot.rendering.words import echo
from bot.services import boards


async def leaderboard(update: Update, context: BotContext) -> None:
    """Show the board of a span; of this week when none is named."""
    words = " ".join(context.args or [])
    span = words.casefold() or "week"
    if span not in boards.SPANS:
        await reply(update, screens.span_unknown(echo(words)))
        return
    async with context.house.database.reading() as session:
        found = await boards.of_group(session, chat_id_of(update), span, now=context.now())
    await reply(update, screens.board(found))


async def span_tap(update: Update, context: BotContext) -> None:
    """Turn the board to another span."""
    tap = GroupBoard.parse(data_of(update))
    if tap.span not in boards.SPANS:
        raise BadData(tap.span)
    async with context.house.database.reading() as session:
        found = await boards.of_group(session, chat_id_of(update), tap.span, now=context.now())
    await redraw(update, screens.board(found))


async def me(update: Update, context: BotContext) -> None:
    """Turn an own wish over; only who presses hears of it."""
    tap = GroupMe.parse(data_of(update))
    player = speaker(update)
    if player is None:
        return
    try:
        async with context.transaction() as session:
            turned = await boards.switch(session, chat_id_of(update), player, tap.name, now=context.now())
    except ValueError as fault:
        raise BadData(tap.name) from fault
    told = {
        ("hidden", True): screens.HIDDEN,
        ("hidden", False): screens.SHOWN,
        ("counted", True): screens.COUNTED,
        ("counted", False): screens.NOT_COUNTED,
    }
    await alert(update, told[tap.name, turned])

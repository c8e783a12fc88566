"""/interview: the date to be ready for."""

from __future__ import annotations

from datetime import date, timedelta

from telegram import Update

from bot.handlers.context import BotContext
from bot.handlers.replies import redraw, reply
from bot.rendering import interview as screens
from bot.rendering.callback_data import BadData, Interview
from bot.services import interviews


async def interview(update: Update, context: BotContext) -> None:
    """Set the date as the words say, forget it with `off`, show it without words."""
    words = " ".join(context.args or [])
    async with context.house.database.reading() as session:
        interview_on, today = await interviews.of_user(session, context.user_id, now=context.now())
    if not words:
        await reply(update, screens.ask(interview_on, today))
    elif words.casefold() == "off":
        await _set(update, context, None)
    else:
        try:
            day = interviews.parse(words, today)
        except interviews.BadDate as fault:
            await reply(update, screens.refused(fault, today))
            return
        await _set(update, context, day)


async def tap(update: Update, context: BotContext) -> None:
    """Set the date by a button."""
    pressed = Interview.parse(update.callback_query.data if update.callback_query else None)
    if pressed.days > interviews.FARTHEST:
        raise BadData(pressed.days)
    async with context.house.database.reading() as session:
        _, today = await interviews.of_user(session, context.user_id, now=context.now())
    await _set(update, context, today + timedelta(days=pressed.days) if pressed.days else None)


async def _set(update: Update, context: BotContext, day: date | None) -> None:
    async with context.transaction() as session:
        user = await interviews.set_date(session, context.user_id, day, now=context.now())
    today = interviews.today(user, context.now())
    await redraw(update, screens.is_set(day, today) if day else screens.forgotten())

"""/quiz, /stop and the first question to try: questions on demand."""

from __future__ import annotations

import logging

from telegram import Update

from bot.handlers.context import BotContext
from bot.handlers.replies import answer, reply
from bot.rendering import cards, faults
from bot.rendering import quiz as screens
from bot.rendering.callback_data import Quiz
from bot.rendering.screen import Screen
from bot.services import asking, demand, practices
from bot.services.asking import Shown

log = logging.getLogger(__name__)


async def quiz(update: Update, context: BotContext) -> None:
    """Start a practice as the words say."""
    await begin(update, context, " ".join(context.args or []))


async def quiz_tap(update: Update, context: BotContext) -> None:
    """Start a practice by a button."""
    tap = Quiz.parse(update.callback_query.data if update.callback_query else None)
    await begin(update, context, tap.choice)


async def begin(update: Update, context: BotContext, words: str) -> None:
    """Read what is wanted, open the practice and show its first question."""
    bank = context.bank
    try:
        wanted = practices.parse(bank, words)
    except practices.UnknownTopic as fault:
        await _answered(update)
        near = bank.nearest_topics(fault.words)
        await reply(update, faults.quiz_words(fault.words, near, fault.understood))
        return
    except practices.OneOnly as fault:
        await reply(update, faults.quiz_one(fault.what, fault.slugs))
        return
    except practices.BadShare as fault:
        await reply(update, faults.quiz_mix(fault.words))
        return
    except practices.BadSize as fault:
        await reply(update, faults.quiz_size(fault.words, practices.MOST, fault.understood))
        return
    async with context.transaction() as session:
        practice = await demand.begin(
            session, context.house.asking, context.user_id, wanted, now=context.now()
        )
        shown = (
            await demand.practised(session, context.house.asking, practice, now=context.now())
            if practice
            else None
        )
    log.info("user %d began a quiz of %d", context.user_id, practice.size if practice else 0)
    note = screens.opened(wanted, practice.size, practice.level) if practice else ""
    await show(update, context, shown, note=note, nothing=screens.nothing(wanted))


async def stop(update: Update, context: BotContext) -> None:
    """End the running practice."""
    async with context.transaction() as session:
        result = await practices.stop(session, context.user_id, now=context.now())
    await reply(update, screens.stopped(result))


async def trial(update: Update, context: BotContext) -> None:
    """Show a first question, before anything is decided."""
    async with context.transaction() as session:
        shown = await asking.one_more(
            session, context.house.asking, context.user_id, way="trial", now=context.now()
        )
    await show(update, context, shown, first_ever=True)


async def linked(update: Update, context: BotContext, question_id: str) -> None:
    """Show the question that a link names."""
    question = context.bank.get(question_id)
    if question is None:
        await reply(
            update, cards.retired() if context.bank.retired(question_id) else faults.no_such_question()
        )
        return
    async with context.transaction() as session:
        shown = await asking.linked(
            session, context.house.asking, context.user_id, question, now=context.now()
        )
    await show(update, context, shown)


async def show(
    update: Update,
    context: BotContext,
    shown: Shown | None,
    *,
    note: str = "",
    nothing: Screen | None = None,
    first_ever: bool = False,
) -> None:
    """Send a question as a new message and note which message shows it."""
    await _answered(update)
    if shown is None:
        await reply(update, nothing or screens.nothing(practices.Wanted()))
        return
    view = cards.view_of(shown.ask, four=shown.four, note=note, first_ever=first_ever)
    message = await reply(update, cards.question(context.bank, shown.question, view))
    if message is not None:
        async with context.rating() as session:
            await asking.confirm(session, shown.ask, message.message_id)


async def _answered(update: Update) -> None:
    if update.callback_query is not None:
        await answer(update.callback_query)

"""Cards in a group: each member looks and rates for themselves; the group sees counts."""

from __future__ import annotations

from telegram import Update

from bot.handlers.context import BotContext
from bot.handlers.presses import answered, chat_id_of, data_of
from bot.handlers.privately import ephemeral_id, show
from bot.handlers.replies import answer
from bot.handlers.rights import player_of
from bot.rendering import group_cards as screens
from bot.rendering.callback_data import BadData, GroupRate, GroupReveal
from bot.rendering.screen import Screen
from bot.services import group_cards
from bot.services.group_cards import Rated


async def reveal(update: Update, context: BotContext) -> None:
    """Show the answer to who pressed: here for them alone, or in their private chat."""
    tap, query = GroupReveal.parse(data_of(update)), update.callback_query
    async with context.house.database.reading() as session:
        held = await group_cards.look(session, tap.round_id, chat_id_of(update), context.user_id)
    screen = _screen(context, held)
    if query is None:
        return
    if screen is not None and await show(query, context, screen):
        await answered(update)
        return
    link = f"https://t.me/{context.bot.username}?start=q_{held.found.ask.question_id}"
    await query.answer(url=link)


async def rate(update: Update, context: BotContext) -> None:
    """Record how who pressed did, and show them the answer if that is possible here."""
    tap, query = GroupRate.parse(data_of(update)), update.callback_query
    if query is None or tap.known not in (0, 1):
        raise BadData(tap.known)
    async with context.rating() as session:
        held = await group_cards.rate(
            session,
            context.house.asking,
            tap.round_id,
            chat_id_of(update),
            player_of(query.from_user),
            known=tap.known == 1,
            now=context.now(),
        )
    screen = _screen(context, held)
    shown = screen is not None and await show(query, context, screen)
    told = screens.NOTED[bool(held.known)] if held.first else screens.AGAIN
    if held.first and not shown and ephemeral_id(query) is None:
        told = screens.ALONE
    await answer(query, told)
    await context.house.games.play(held.found.quiz.id)


def _screen(context: BotContext, held: Rated) -> Screen | None:
    ask = held.found.ask
    question = context.bank.get(ask.question_id)
    if question is None:
        return None
    return screens.answer(context.bank, question, ask, held.found.round.id, known=held.known)

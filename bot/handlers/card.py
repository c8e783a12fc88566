"""A question's buttons: hint, why, answer, rating, correction, next."""

from __future__ import annotations

import logging
from functools import partial

from telegram import Update

from bot.bank import Question
from bot.db.presses import AskInHand
from bot.handlers import quiz
from bot.handlers.context import BotContext
from bot.handlers.replies import alert, redraw
from bot.rendering import cards, faults, options
from bot.rendering.callback_data import (
    BadData,
    Change,
    Choose,
    Correct,
    Deeper,
    Hint,
    Keep,
    Next,
    QuizMe,
    Rate,
    Reveal,
    Why,
)
from bot.rendering.screen import Screen
from bot.services import asking, choices, demand, reviews
from bot.services.reviews import Rated

log = logging.getLogger(__name__)

RATINGS = range(1, 5)


async def reveal(update: Update, context: BotContext) -> None:
    """Add the answer to the card."""
    tap = Reveal.parse(_data(update))
    async with context.rating() as session:
        found = await asking.reveal(session, tap.ask_id, context.user_id, now=context.now())
        rated = await reviews.standing(session, found, now=context.now()) if found.review else None
    await _show(update, context, found, rated, cards.answer)


async def hint(update: Update, context: BotContext) -> None:
    """Add the hint to the card."""
    tap = Hint.parse(_data(update))
    async with context.rating() as session:
        found = await asking.hint(session, tap.ask_id, context.user_id, now=context.now())
        rated = await reviews.standing(session, found, now=context.now()) if found.review else None
    await _show(update, context, found, rated, cards.answer if found.ask.revealed_at else cards.question)


async def why(update: Update, context: BotContext) -> None:
    """Say why this question was chosen."""
    tap = Why.parse(_data(update))
    async with context.house.database.reading() as session:
        found = await asking.in_hand(session, tap.ask_id, context.user_id)
    await alert(update, cards.why(context.bank, cards.view_of(found.ask)))


async def rate(update: Update, context: BotContext) -> None:
    """Record how well the user remembered the card, then show when it comes back."""
    tap = Rate.parse(_data(update))
    async with context.rating() as session:
        rated = await reviews.rate(
            session,
            context.house.asking,
            tap.ask_id,
            _rating(tap.rating),
            user_id=context.user_id,
            now=context.now(),
        )
    log.info("user %d rated ask %d: %d", context.user_id, tap.ask_id, rated.rating)
    await _show_rated(update, context, rated)


async def change(update: Update, context: BotContext) -> None:
    """Ask which rating was meant."""
    tap = Change.parse(_data(update))
    async with context.house.database.reading() as session:
        found = await asking.in_hand(session, tap.ask_id, context.user_id)
    question = context.bank.get(found.ask.question_id)
    if found.review is None or question is None or not reviews.may_change(found):
        await alert(update, faults.TOO_LATE)
        return
    view = cards.view_of(found.ask, four=found.user.four_buttons)
    await redraw(update, cards.changing(context.bank, question, view, found.review.rating))


async def correct(update: Update, context: BotContext) -> None:
    """Replace the rating by the one that was meant."""
    tap = Correct.parse(_data(update))
    async with context.rating() as session:
        rated = await reviews.change(
            session,
            context.house.asking,
            tap.ask_id,
            _rating(tap.rating),
            user_id=context.user_id,
            now=context.now(),
        )
    log.info("user %d corrected ask %d: %d", context.user_id, tap.ask_id, rated.rating)
    await _show_rated(update, context, rated)


async def keep(update: Update, context: BotContext) -> None:
    """Leave the rating as it is."""
    tap = Keep.parse(_data(update))
    await _show_rated(update, context, await _standing(context, tap.ask_id))


async def follow_ups(update: Update, context: BotContext) -> None:
    """Add what an interviewer may ask next to a rated card."""
    tap = Deeper.parse(_data(update))
    await _show_rated(update, context, await _standing(context, tap.ask_id), deeper=True)


async def _standing(context: BotContext, ask_id: int) -> Rated:
    """Read the rating that stands; these buttons are on rated cards only."""
    async with context.rating() as session:
        found = await asking.in_hand(session, ask_id, context.user_id)
        if found.review is None:
            raise BadData("not rated yet")
        return await reviews.standing(session, found, now=context.now())


async def quiz_me(update: Update, context: BotContext) -> None:
    """Show the question's four options."""
    tap = QuizMe.parse(_data(update))
    async with context.rating() as session:
        found = await choices.show(session, context.house.asking, tap.ask_id, context.user_id)
        rated = await reviews.standing(session, found, now=context.now()) if found.review else None
    order = found.ask.option_order or ""
    await _show(update, context, found, rated, partial(options.options, order=order))


async def choose(update: Update, context: BotContext) -> None:
    """Rate by the option chosen, and say what was wrong with it."""
    tap = Choose.parse(_data(update))
    async with context.rating() as session:
        try:
            chosen = await choices.choose(
                session,
                context.house.asking,
                tap.ask_id,
                tap.place,
                user_id=context.user_id,
                now=context.now(),
            )
        except ValueError as error:
            raise BadData(_data(update)) from error
    question = context.bank.get(chosen.rated.ask.question_id)
    if question is None:
        await redraw(update, cards.rated_without_text(chosen.rated))
        return
    screen = options.chosen(context.bank, question, cards.view_of(chosen.rated.ask), chosen)
    await _redraw_current(update, chosen.rated.ask.content_hash, question, screen)


async def next_question(update: Update, context: BotContext) -> None:
    """Go on: with the practice, with the day, or with one more."""
    tap = Next.parse(_data(update))
    async with context.transaction() as session:
        shown = await demand.after(
            session, context.house.asking, tap.ask_id, user_id=context.user_id, now=context.now()
        )
    await quiz.show(update, context, shown)


async def _show(
    update: Update, context: BotContext, found: AskInHand, rated: Rated | None, screen: cards.Draw
) -> None:
    """Redraw a card in the state that it is in; one that was rated shows its rating again."""
    if rated is not None:
        await _show_rated(update, context, rated)
        return
    question = context.bank.get(found.ask.question_id)
    if question is None:
        await redraw(update, cards.retired())
        return
    drawn = screen(context.bank, question, cards.view_of(found.ask, four=found.user.four_buttons))
    await _redraw_current(update, found.ask.content_hash, question, drawn)


async def _show_rated(update: Update, context: BotContext, rated: Rated, *, deeper: bool = False) -> None:
    question = context.bank.get(rated.ask.question_id)
    if question is None:
        await redraw(update, cards.rated_without_text(rated))
        return
    screen = cards.rated(context.bank, question, cards.view_of(rated.ask, deeper=deeper), rated)
    await _redraw_current(update, rated.ask.content_hash, question, screen)


async def _redraw_current(update: Update, shown_hash: str, question: Question, screen: Screen) -> None:
    """Redraw with the bank's present text, and say so where it is not what was shown."""
    changed = faults.REWRITTEN if question.content_hash != shown_hash else None
    await redraw(update, screen, alert=changed)


def _rating(number: int) -> int:
    if number not in RATINGS:
        raise BadData(number)
    return number


def _data(update: Update) -> str | None:
    return update.callback_query.data if update.callback_query else None


async def unknown(update: Update, context: BotContext) -> None:
    """Refuse a press that no handler knows: forged, truncated or of another version."""
    raise BadData(_data(update))

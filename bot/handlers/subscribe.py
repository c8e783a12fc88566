"""/subscribe, /unsubscribe, /pause, /resume."""

from __future__ import annotations

import logging

from telegram import Update

from bot.handlers import start
from bot.handlers.context import BotContext
from bot.handlers.replies import redraw, reply
from bot.rendering import faults, setup
from bot.rendering import subscribe as screens
from bot.rendering.callback_data import Pause, Place
from bot.services import dialogs, subscriptions, wishes, zones

log = logging.getLogger(__name__)


async def subscribe(update: Update, context: BotContext) -> None:
    """Start or move the daily question as the words say; without words, by buttons."""
    words = " ".join(context.args or [])
    if not words:
        await start.ask_time(update, context)
        return
    await _subscribe(update, context, words)


async def place(update: Update, context: BotContext) -> None:
    """Take the place that was meant by a misspelt one."""
    tap = Place.parse(update.callback_query.data if update.callback_query else None)
    await _subscribe(update, context, tap.words)


async def _subscribe(update: Update, context: BotContext, words: str) -> None:
    try:
        wish = wishes.parse(words)
    except wishes.NotUnderstood as fault:
        near = zones.near_places(fault.words) if fault.what == "place" else []
        await reply(update, faults.wish(fault, near))
        return
    async with context.transaction() as session:
        zone = wish.place.zone if wish.place else None
        guessed = zone is None and not await subscriptions.knows_place(session, context.user_id)
        subscription = await subscriptions.subscribe(
            session,
            context.user_id,
            minute=wish.minute,
            zone=start.likely_zone(update) if guessed else zone,
            now=context.now(),
        )
        listening = "settings.zone" if guessed else None
        await dialogs.expect(session, context.user_id, listening, now=context.now())
    log.info("user %d subscribed, next at %s", context.user_id, subscription.next_due)
    if guessed:
        await redraw(update, setup.subscribed_where(subscription, context.now()))
    else:
        await redraw(update, setup.subscribed(subscription, context.bank, context.now()))


async def unsubscribe(update: Update, context: BotContext) -> None:
    """Stop the daily question; what was learned stays."""
    async with context.transaction() as session:
        await subscriptions.unsubscribe(session, context.user_id, now=context.now())
    log.info("user %d unsubscribed", context.user_id)
    await redraw(update, screens.unsubscribed())


async def pause(update: Update, context: BotContext) -> None:
    """Pause for the days given, or until told."""
    words = " ".join(context.args or [])
    days = wishes.parse_days(words)
    if words and (days is None or not 1 <= days <= subscriptions.LONGEST_PAUSE):
        await reply(update, faults.pause(words))
    else:
        await _pause(update, context, days)


async def pause_tap(update: Update, context: BotContext) -> None:
    """Pause by a button of the settings."""
    tap = Pause.parse(update.callback_query.data if update.callback_query else None)
    await _pause(update, context, min(tap.days, subscriptions.LONGEST_PAUSE) or None)


async def _pause(update: Update, context: BotContext, days: int | None) -> None:
    async with context.transaction() as session:
        subscription = await subscriptions.of_user(session, context.user_id, now=context.now())
        if subscription.status in {"active", "paused"}:
            await subscriptions.pause(session, context.user_id, days, now=context.now())
    log.info("user %d paused until %s", context.user_id, subscription.paused_until)
    await redraw(update, screens.paused(subscription, context.now()))


async def resume(update: Update, context: BotContext) -> None:
    """Go on after a pause or an end."""
    async with context.transaction() as session:
        subscription = await subscriptions.resume(session, context.user_id, now=context.now())
    await redraw(update, setup.subscribed(subscription, context.bank, context.now()))

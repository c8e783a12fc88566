"""/settings: one message whose pages change one wish each."""

from __future__ import annotations

from telegram import Update

from bot.handlers.context import BotContext
from bot.handlers.replies import redraw
from bot.rendering import settings as screens
from bot.rendering.callback_data import BadData, Settings, Wish
from bot.services import dialogs, preferences, subscriptions, wishes

LISTENING = {"time": "settings.time", "zone": "settings.zone"}
"""Pages on which a plain message counts as an answer."""


async def settings(update: Update, context: BotContext) -> None:
    """Show the settings."""
    await _show(update, context, "main")


async def page(update: Update, context: BotContext) -> None:
    """Turn to a page."""
    tap = Settings.parse(update.callback_query.data if update.callback_query else None)
    await _show(update, context, tap.page)


async def _show(update: Update, context: BotContext, name: str) -> None:
    async with context.transaction() as session:
        subscription = await subscriptions.of_user(session, context.user_id, now=context.now())
        user = await preferences.of_user(session, context.user_id, now=context.now())
        await dialogs.expect(session, context.user_id, LISTENING.get(name), now=context.now())
    screen = screens.page(name, subscription, context.bank, context.now())
    await redraw(update, screens.more(user) if name == "more" else screen)


async def wish(update: Update, context: BotContext) -> None:
    """Change one wish; switches stay on their page, the rest goes back to the first."""
    tap = Wish.parse(update.callback_query.data if update.callback_query else None)
    if tap.name in preferences.NAMES:
        await _switch(update, context, tap.name, tap.value)
    else:
        await change(update, context, tap.name, tap.value)


async def _switch(update: Update, context: BotContext, name: str, value: str) -> None:
    if value not in {"on", "off"}:
        raise BadData(value)
    async with context.transaction() as session:
        user = await preferences.switch(session, context.user_id, name, on=value == "on", now=context.now())
    await redraw(update, screens.more(user))


async def change(update: Update, context: BotContext, name: str, value: str) -> None:
    """Check a wish's value, keep it, and show the page that follows."""
    async with context.transaction() as session:
        subscription = await subscriptions.of_user(session, context.user_id, now=context.now())
        slugs = [topic.slug for topic in context.bank.topics]
        try:
            change = wishes.pressed(name, value, subscription.topics, slugs)
        except ValueError as fault:
            raise BadData(f"{name}:{value}") from fault
        await subscriptions.change(session, context.user_id, now=context.now(), **change)
        await dialogs.expect(session, context.user_id, None, now=context.now())
    stays = name if name in {"days", "topics"} else "main"
    await redraw(update, screens.page(stays, subscription, context.bank, context.now()))

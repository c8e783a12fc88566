"""/help, /topics, /privacy, /cancel, and polite answers to the rest."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.handlers import personal, settings, start
from bot.handlers.context import BotContext
from bot.handlers.replies import reply
from bot.rendering import faults
from bot.rendering import help as screens
from bot.rendering import quiz as quiz_screens
from bot.rendering.callback_data import Setup, Wish
from bot.services import dialogs, wishes, zones

Handler = Callable[[Update, BotContext], Coroutine[Any, Any, None]]


def closing_dialog(command: str, handler: Handler) -> Handler:
    """Let a command end what the bot waited to hear: a later message answers nothing old."""
    if command == "cancel":
        return handler  # it says whether there was anything

    async def closed(update: Update, context: BotContext) -> None:
        async with context.rating() as session:
            await dialogs.close(session, context.user_id)
        await handler(update, context)

    return closed


async def help_private(update: Update, context: BotContext) -> None:
    """List what the bot can do."""
    await reply(update, screens.in_private())


async def help_group(update: Update, context: BotContext) -> None:
    """Say what the bot does in a group."""
    await reply(update, screens.in_group())


async def privacy(update: Update, context: BotContext) -> None:
    """Tell what is kept."""
    await reply(update, screens.privacy())


async def topics(update: Update, context: BotContext) -> None:
    """List the topics."""
    await reply(update, quiz_screens.topics(context.bank))


async def cancel(update: Update, context: BotContext) -> None:
    """Take back an open question of the bot."""
    async with context.transaction() as session:
        waited = await dialogs.expected(session, context.user_id)
        await dialogs.expect(session, context.user_id, None, now=context.now())
    await reply(update, screens.cancelled(waited is not None))


async def text(update: Update, context: BotContext) -> None:
    """Take a plain message as the answer to the bot's open question, if there is one."""
    words = update.effective_message.text or "" if update.effective_message else ""
    async with context.house.database.reading() as session:
        waited = await dialogs.expected(session, context.user_id)
    match waited:
        case "setup.time" | "settings.time":
            found = wishes.parse_time(words.strip())
            if found is None or found[1]:
                await reply(update, faults.time_only(words))
            elif waited == "setup.time":
                await start.take_time(update, context, found[0])
            else:
                await settings.change(update, context, "time", str(found[0]))
        case "setup.zone" | "settings.zone":
            await _hear_zone(update, context, waited, words)
        case "forget":
            await personal.confirm(update, context, words)
        case _:
            await reply(update, faults.plain_text())


async def _hear_zone(update: Update, context: BotContext, waited: str, words: str) -> None:
    """Take a city, a zone, or what the clock shows at the user's place."""
    if (place := zones.find_place(words)) is not None:
        await _take_zone(update, context, waited, place.zone)
        return

    def encode(zone: str) -> str:
        return (Setup("topics", zone) if waited == "setup.zone" else Wish("zone", zone)).encode()

    clock = wishes.parse_time(words.strip())
    if clock is not None and not clock[1]:
        await reply(update, faults.places_by_clock(clock[0], zones.by_clock(clock[0], context.now()), encode))
    else:
        await reply(update, faults.place_only(words, zones.near_places(words), encode))


async def location(update: Update, context: BotContext) -> None:
    """Take a shared location as the answer to "which clock is yours?"; it is not kept."""
    message = update.effective_message
    if message is None or message.location is None:
        return
    async with context.house.database.reading() as session:
        waited = await dialogs.expected(session, context.user_id)
    place = zones.nearest_zone(message.location.latitude, message.location.longitude)
    await _take_zone(update, context, waited or "settings.zone", place.zone)


async def _take_zone(update: Update, context: BotContext, waited: str, zone: str) -> None:
    if waited == "setup.zone":
        await start.take_zone(update, context, zone)
    else:
        await settings.change(update, context, "zone", zone)


async def unknown_command(update: Update, context: BotContext) -> None:
    """Say that there is no such command."""
    words = (update.effective_message.text or "").split() if update.effective_message else []
    await reply(update, faults.unknown_command(words[0] if words else "/"))


async def not_text(update: Update, context: BotContext) -> None:
    """Answer a sticker, a photo or the like."""
    await reply(update, faults.not_text())

"""/export and /forget: a person's rights in their data."""

from __future__ import annotations

import logging

from telegram import InputFile, Update

from bot.handlers.context import BotContext
from bot.handlers.replies import reply
from bot.rendering import personal as screens
from bot.services import dialogs, personal

log = logging.getLogger(__name__)


async def export(update: Update, context: BotContext) -> None:
    """Send everything about the user as a file."""
    async with context.house.database.reading() as session:
        document = await personal.export(session, context.user_id, now=context.now())
    if update.effective_chat is not None:
        file = InputFile(document, filename="gotit.json")
        await update.effective_chat.send_document(file, caption=screens.EXPORT_CAPTION)


async def forget(update: Update, context: BotContext) -> None:
    """Ask for the typed confirmation."""
    async with context.transaction() as session:
        await dialogs.expect(session, context.user_id, "forget", now=context.now())
    await reply(update, screens.ask_forget())


async def confirm(update: Update, context: BotContext, words: str) -> None:
    """Delete everything if the words say so."""
    confirmed = personal.is_confirmed(words)
    async with context.transaction() as session:
        if confirmed:
            await personal.forget(session, context.user_id)
        else:
            await dialogs.expect(session, context.user_id, None, now=context.now())
    log.info("user %d %s", context.user_id, "was forgotten" if confirmed else "stays")
    await reply(update, screens.forgotten() if confirmed else screens.kept())

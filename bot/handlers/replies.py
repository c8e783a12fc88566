"""Saying it: a new message, an edit in place, an answer to a press; always after the commit.

What Telegram refuses without harm is let pass: a press that is too old to be answered, an edit
that changes nothing, a message that the user has deleted.
"""

from __future__ import annotations

import asyncio
import logging

from telegram import CallbackQuery, Chat, LinkPreviewOptions, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.api.markup import to_markup
from bot.rendering.screen import Screen

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
HARMLESS = ("query is too old", "message is not modified")
LOST = ("message to edit not found", "message can't be edited")

log = logging.getLogger(__name__)


async def reply(update: Update, screen: Screen) -> Message | None:
    """Send a new message to the chat (and topic) that the update came from."""
    message = update.effective_message
    if update.effective_chat is None:
        return None
    return await update.effective_chat.send_message(
        screen.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=to_markup(screen.keyboard),
        message_thread_id=message.message_thread_id if message and message.is_topic_message else None,
    )


async def say(chat: Chat, screen: Screen) -> Message:
    """Send a new message to a chat."""
    return await chat.send_message(
        screen.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=to_markup(screen.keyboard),
    )


async def redraw(update: Update, screen: Screen, *, alert: str | None = None) -> None:
    """Answer a press, with an alert if one is given, and show the screen in its message.

    A message that is gone, or out of the bot's reach, is replaced by a new one.
    """
    query = update.callback_query
    if query is None:
        await reply(update, screen)
        return
    # Side by side: an answer to the press that is slow, or fails, must not hold up what it shows.
    await asyncio.gather(answer(query, alert, alert=alert is not None), _redraw(update, query, screen))


async def _redraw(update: Update, query: CallbackQuery, screen: Screen) -> None:
    if not isinstance(query.message, Message):
        await reply(update, screen)
        return
    try:
        await query.edit_message_text(
            screen.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=to_markup(screen.keyboard),
        )
    except BadRequest as error:
        if _among(error, LOST):
            await reply(update, screen)
        elif not _among(error, HARMLESS):
            raise


async def answer(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Answer a press: silently, with a toast, or with an alert that waits to be read.

    It is a courtesy: what the press did stands, and is shown, without it too.
    """
    try:
        await query.answer(text, show_alert=alert)
    except TelegramError as error:
        if not (isinstance(error, BadRequest) and _among(error, HARMLESS)):
            log.warning("a press of user %d was not answered: %s", query.from_user.id, error)


async def alert(update: Update, text: str) -> None:
    """Tell something that must be read; changes nothing on the screen."""
    if update.callback_query is not None:
        await answer(update.callback_query, text, alert=True)


def _among(error: BadRequest, words: tuple[str, ...]) -> bool:
    return any(part in error.message.lower() for part in words)

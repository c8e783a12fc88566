"""A message in a group that one member sees, as the answer to their press (Bot API 10.3).

A server that does not know the parameters ignores them, and would show the answer to everyone. So it is
asked once, with a call that changes nothing, before the first; and what comes back without the mark of such
a message is deleted at once.
"""

from __future__ import annotations

import logging
from typing import Any

from telegram import CallbackQuery, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, EndPointNotFound, TelegramError

from bot.api.markup import payload, to_markup
from bot.handlers.context import BotContext
from bot.handlers.replies import NO_PREVIEW
from bot.rendering.screen import Screen

PATIENCE = 2.0
"""Seconds to wait for a turn: a press must be answered within 15, and there is another way."""

log = logging.getLogger(__name__)


async def show(query: CallbackQuery, context: BotContext, screen: Screen) -> bool:
    """Show a screen to who pressed, in place of the message they pressed.

    Returns:
        False if it was not shown, as far as is known: then there is another way to be taken.
    """
    message = query.message
    if message is None:
        return False
    if (own := ephemeral_id(query)) is not None:
        return await _edit(query, context, message.chat.id, own, screen)
    if not await _supported(query, context, message.chat.id):
        return False
    wish = {
        "receiver_user_id": query.from_user.id,
        "callback_query_id": query.id,
        "replace_callback_query_message": True,
    }
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    try:
        sent = await context.bot.send_message(
            message.chat.id,
            screen.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=to_markup(screen.keyboard),
            message_thread_id=thread,
            api_kwargs={"ephemeral_message_parameters": wish},
            rate_limit_args=PATIENCE,
        )
    except TelegramError as error:
        log.info("chat %d: no private answer: %s", message.chat.id, error)
        return False
    if "ephemeral_message_id" in sent.api_kwargs:
        return True
    context.house.knows_private = False
    log.warning("private answers are not supported here: the one just sent is deleted")
    await sent.delete()
    return False


def ephemeral_id(query: CallbackQuery) -> int | None:
    """Tell which message, seen by one member only, was pressed; None for one that all see."""
    message = query.message
    extra = message.api_kwargs if isinstance(message, Message) else {}
    found = extra.get("ephemeral_message_id")
    return found if isinstance(found, int) else None


async def _edit(
    query: CallbackQuery, context: BotContext, chat_id: int, message_id: int, screen: Screen
) -> bool:
    fields: dict[str, Any] = {
        "chat_id": chat_id,
        "receiver_user_id": query.from_user.id,
        "ephemeral_message_id": message_id,
        **payload(screen),
    }
    try:
        await context.bot.do_api_request("editEphemeralMessageText", fields)
    except TelegramError as error:
        log.info("chat %d: a private answer was not edited: %s", chat_id, error)
        return False
    return True


async def _supported(query: CallbackQuery, context: BotContext, chat_id: int) -> bool:
    """Ask the server once whether it knows such messages; what it said holds until the next start."""
    house = context.house
    if house.knows_private is None:
        probe = {"chat_id": chat_id, "receiver_user_id": query.from_user.id, "ephemeral_message_id": 0}
        try:
            await context.bot.do_api_request("deleteEphemeralMessage", probe)
        except EndPointNotFound:
            house.knows_private = False
        except BadRequest:
            house.knows_private = True  # it looked for a message 0
        except TelegramError:
            return False  # not now: asked again at the next press
        else:
            house.knows_private = True
    return house.knows_private

"""What went wrong while an update was worked off: logged once, told once, and the bot goes on."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.db import Unavailable
from bot.handlers.context import BotContext, Repeated
from bot.handlers.replies import alert, answer, reply
from bot.rendering import faults, game_notes
from bot.rendering.callback_data import BadData
from bot.rendering.screen import Screen
from bot.services.asking import NotYours
from bot.services.demand import AlreadyAsked
from bot.services.games import Over

KINDS = ("bug", "button", "database", "repeated", "telegram", "unwanted")
"""What can go wrong, as the metrics name it: an error of ours; a press that is not (or no more) allowed;
a database that is away; an update that came again; Telegram not taking the reply; a user not wanting it."""

log = logging.getLogger(__name__)


async def on_error(update: object, context: BotContext) -> None:
    """Sort an error: a bad press gets an alert, a database that is away a later try, the rest an apology."""
    error = context.error
    if not isinstance(update, Update) or error is None:
        log.error("error outside an update", exc_info=error)
        return
    context.house.errors[kind_of(error)] += 1
    try:
        await _sort(update, context, error)
    except TelegramError as second:
        log.warning("update %d: could not tell the user: %s", update.update_id, second)


def kind_of(error: Exception) -> str:
    """Name an error for the metrics: one of KINDS."""
    match error:
        case Unavailable():
            return "database"
        case Repeated() | AlreadyAsked():
            return "repeated"
        case BadData() | NotYours() | Over():
            return "button"
        case Forbidden():
            return "unwanted"
        case RetryAfter() | NetworkError() if not isinstance(error, BadRequest):
            return "telegram"
        case _:
            return "bug"


async def _sort(update: Update, context: BotContext, error: Exception) -> None:
    match error:
        case Unavailable():
            # Not worked off: whoever handed the update in tries again (decision 5).
            context.house.failures[update.update_id] = error
        case Repeated() | AlreadyAsked():
            if update.callback_query is not None:
                await answer(update.callback_query)
        case BadData():
            await alert(update, faults.OLD_BUTTON)
        case NotYours():
            await alert(update, faults.NOT_KNOWN)
        case Over():
            await alert(update, game_notes.OVER)
        case Forbidden():
            log.info(
                "update %d: user %d does not want the reply: %s", update.update_id, context.user_id, error
            )
        case RetryAfter() | NetworkError() if not isinstance(error, BadRequest):
            log.warning("update %d: Telegram did not take the reply: %s", update.update_id, error)
        case _:
            chat = update.effective_chat.id if update.effective_chat else 0
            log.error(
                "update %d of user %d in chat %d failed",
                update.update_id,
                context.user_id,
                chat,
                exc_info=error,
            )
            if update.callback_query is not None:
                await alert(update, faults.APOLOGY)
            else:
                await reply(update, Screen(faults.APOLOGY))

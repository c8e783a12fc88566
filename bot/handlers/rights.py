"""Who may do what in a group: asked of Telegram at each press, remembered for a minute."""

from __future__ import annotations

from datetime import timedelta

from telegram import Chat, Update, User

from bot.handlers.context import BotContext
from bot.services.games import Player

REMEMBERED = timedelta(seconds=60)
MOST_REMEMBERED = 1000
"""Groups whose admins are remembered at the same time."""


def player_of(user: User) -> Player:
    """Take a person's id and the name they show."""
    return Player(user.id, user.full_name[:64] or "?")


def speaker(update: Update) -> Player | None:
    """Tell who speaks; None for an anonymous admin, a channel, or another group."""
    message = update.message
    if message is not None and message.sender_chat is not None:
        return None
    return player_of(update.effective_user) if update.effective_user else None


def is_anonymous_admin(update: Update) -> bool:
    """Tell whether the group itself speaks: an admin who stays anonymous."""
    message, chat = update.message, update.effective_chat
    sender = message.sender_chat if message is not None else None
    return sender is not None and chat is not None and sender.id == chat.id


def is_stranger(update: Update) -> bool:
    """Tell whether a channel or another group speaks: those have no rights here."""
    message = update.message
    return message is not None and message.sender_chat is not None and not is_anonymous_admin(update)


async def is_admin(update: Update, context: BotContext) -> bool:
    """Tell whether who wrote or pressed is an admin of the group.

    Raises:
        TelegramError: when Telegram does not say.
    """
    chat, user = update.effective_chat, update.effective_user
    # In a private chat nobody is an admin: a press there that asks for one is forged.
    if chat is None or chat.type == Chat.PRIVATE or is_stranger(update):
        return False
    if is_anonymous_admin(update):
        return True
    return user is not None and user.id in await _admins(chat, context)


async def _admins(chat: Chat, context: BotContext) -> frozenset[int]:
    kept, now = context.house.admins, context.now()
    found = kept.get(chat.id)
    if found is None or not now - REMEMBERED < found[0] <= now:
        members = await chat.get_administrators()
        found = now, frozenset(member.user.id for member in members)
        kept.pop(chat.id, None)
        kept[chat.id] = found
        if len(kept) > MOST_REMEMBERED:
            del kept[next(iter(kept))]
    return found[1]

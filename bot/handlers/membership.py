"""The bot's own place: blocked and unblocked in a private chat, added and removed in a group."""

from __future__ import annotations

import logging
from typing import Any

from telegram import ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import ChatMemberHandler

from bot.handlers import groups
from bot.handlers.context import BotContext
from bot.services import subscriptions

log = logging.getLogger(__name__)


async def changed(update: Update, context: BotContext) -> None:
    """Stop sending to someone who blocked the bot; take up again with someone who unblocked it."""
    member = update.my_chat_member
    if member is None:
        return
    if member.chat.type != ChatType.PRIVATE:
        await groups.place_changed(member, context)
        return
    blocked = member.new_chat_member.status == ChatMember.BANNED
    async with context.transaction() as session:
        if blocked:
            await subscriptions.blocked(session, context.user_id)
        else:
            await subscriptions.unblocked(session, context.user_id, now=context.now())
    log.info("user %d %s the bot", context.user_id, "blocked" if blocked else "unblocked")


def handler() -> ChatMemberHandler[Any, Any]:
    """Make the handler of `my_chat_member` updates."""
    return ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER)

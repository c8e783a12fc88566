"""A group as a place: arriving, links that lead there, leaving, moving to another id."""

from __future__ import annotations

import logging

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.error import TelegramError

from bot.handlers import games
from bot.handlers.context import BotContext
from bot.handlers.presses import place_of
from bot.handlers.replies import reply, say
from bot.rendering import game_notes
from bot.rendering import help as screens
from bot.services import groups

PRESENT = {ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER}

log = logging.getLogger(__name__)


async def place_changed(change: ChatMemberUpdated, context: BotContext) -> None:
    """Greet a group that the bot was added to; stop everything in one that threw it out."""
    was, is_now = is_present(change.old_chat_member), is_present(change.new_chat_member)
    if was == is_now:
        return
    chat_id = change.chat.id
    async with context.transaction() as session:
        known = is_now and await groups.arrived(session, chat_id, now=context.now())
        if not is_now:
            await groups.gone(session, chat_id, now=context.now())
    log.info("%s chat %d", "added to" if is_now else "removed from", chat_id)
    if not is_now or known:
        return
    try:
        sent = await say(change.chat, game_notes.greeting(context.bank))
    except TelegramError as error:  # it may not write there: then it says nothing
        log.info("chat %d was not greeted: %s", chat_id, error)
        return
    async with context.rating() as session:
        await groups.greeted(session, chat_id, sent.message_id, now=context.now())


def is_present(member: ChatMember) -> bool:
    """Tell whether somebody is in a group: restricted ones may be, or not."""
    return member.status in PRESENT or bool(getattr(member, "is_member", False))


async def start(update: Update, context: BotContext) -> None:
    """Follow a link that brought the bot here: the greeting turns into the lobby it asked for."""
    payload = context.args[0] if context.args else ""
    if not payload.startswith("quiz_"):
        await reply(update, screens.in_group())
        return
    words = payload.removeprefix("quiz_").replace("_", "-")
    place = place_of(update)
    async with context.rating() as session:
        greeting = await groups.take_greeting(session, place.chat_id, now=context.now())
    await games.open_by_words(update, context, words, message_id=None if place.thread_id else greeting)


async def private_only(update: Update, context: BotContext) -> None:
    """Tell that a command is for the private chat, and lead there."""
    words = (update.effective_message.text or "").split() if update.effective_message else []
    command = words[0].partition("@")[0].lower() if words else "/"
    await reply(update, game_notes.private_only(command, context.bot.username))


async def member_changed(update: Update, context: BotContext) -> None:
    """Drop those who leave from the boards, where the bot is told of it as an admin."""
    change = update.chat_member
    if change is None or is_present(change.new_chat_member):
        return
    async with context.transaction() as session:
        await groups.member_left(session, change.chat.id, change.new_chat_member.user.id, now=context.now())


async def member_left(update: Update, context: BotContext) -> None:
    """Drop those who leave from the boards, by the message that everyone sees."""
    message = update.message
    if message is None or message.left_chat_member is None:
        return
    async with context.transaction() as session:
        await groups.member_left(session, message.chat.id, message.left_chat_member.id, now=context.now())


async def migrated(update: Update, context: BotContext) -> None:
    """Let everything follow a group that became a supergroup; both chats tell of it."""
    message = update.message
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    async with context.transaction() as session:
        await groups.moved(session, old, new, now=context.now())
    context.house.admins.pop(old, None)
    await context.house.games.go_on()

"""A message enters a chat: it gets its number, is stored, shown and delivered to the bots that see it."""

from __future__ import annotations

from typing import Any

from bot.playground.emulator.entities import part
from bot.playground.emulator.inbox import push
from bot.playground.emulator.render import message_json
from bot.playground.emulator.state import SUPERGROUP, BotAccount, Chat, Json, Message
from bot.playground.emulator.world import Delivery, World


def new_message_id(world: World, chat: Chat) -> int:
    """The next message's number: a supergroup counts for itself, other chats share the account's count."""
    if chat.kind == SUPERGROUP:
        chat.next_message_id += 1
        return chat.next_message_id - 1
    world.state.next_message_id += 1
    return world.state.next_message_id - 1


def post(world: World, chat: Chat, sender: int, content: Json, **fields: Any) -> Message:
    """Store a message, show it and deliver it. `fields` are further fields of `Message`."""
    message = Message(chat.key, new_message_id(world, chat), world.date(), sender, content, **fields)
    chat.messages[message.id] = message
    world.tell("message", message)
    for person_id in world.people_in(chat):
        world.delivered.append(
            Delivery(world.clock(), person_id, "message", {"chat": chat.key, "id": message.id})
        )
    deliver(world, chat, message, "message")
    return message


def post_service(world: World, chat: Chat, sender: int, content: Json, **fields: Any) -> Message:
    """A service message: somebody came, left, pinned …"""
    return post(world, chat, sender, content, service=True, **fields)


def deliver(world: World, chat: Chat, message: Message, kind: str) -> None:
    """Queue the message as an update for every bot in the chat that sees it."""
    for bot in world.bots_in(chat):
        if sees(world, bot, chat, message):
            push(world, bot, kind, message_json(world, message))


def sees(world: World, bot: BotAccount, chat: Chat, message: Message) -> bool:
    """Whether a message becomes an update for the bot.

    A bot sees no other bot's messages and of its own only service messages. With privacy mode on
    and no admin rights it sees in groups: service messages, commands meant for it, mentions of it
    and replies to it (Telegram's "Bot features", privacy mode).
    """
    if message.sender in world.state.bots and not message.service:
        return False
    if chat.is_private or message.service or not bot.privacy or chat.member(bot.user.id).is_admin:
        return True
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    if replied is not None and replied.sender == bot.user.id and not replied.service:
        return True
    text = message.content.get("text") or message.content.get("caption") or ""
    entities = message.content.get("entities") or message.content.get("caption_entities") or []
    return any(_meant(world, bot, chat, part(text, entity), entity) for entity in entities)


def _meant(world: World, bot: BotAccount, chat: Chat, words: str, entity: Json) -> bool:
    """Whether this command or mention is meant for the bot."""
    name = f"@{bot.user.username}".lower()
    if entity["type"] == "mention":
        return words.lower() == name
    if entity["type"] == "text_mention":
        return bool(entity["user"]["id"] == bot.user.id)
    if entity["type"] != "bot_command":
        return False
    if "@" in words:
        return words.lower().endswith(name)
    return entity["offset"] == 0 and _last_bot(world, chat) in (None, bot.user.id)


def _last_bot(world: World, chat: Chat) -> int | None:
    """The bot that spoke last in the group: a command without a name is for it."""
    if len(world.bots_in(chat)) == 1:
        return None
    for message in reversed(chat.messages.values()):
        if message.sender in world.state.bots and not message.service:
            return message.sender
    return None

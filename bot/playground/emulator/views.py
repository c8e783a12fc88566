"""What the chat page shows: everything as one person sees it (docs/playground.md, "The page's interface")."""

from __future__ import annotations

from typing import Any

import orjson

from bot.playground.emulator.commands import by_language, commands_for, menu_button_for
from bot.playground.emulator.events import Event
from bot.playground.emulator.message_view import message_view
from bot.playground.emulator.rights import permission
from bot.playground.emulator.seen import visible
from bot.playground.emulator.state import BotAccount, Chat, Json, User
from bot.playground.emulator.updates import is_online
from bot.playground.emulator.world import ApiCall, World

MOST_MESSAGES = 500
LONGEST_RESULT = 2000


def state_view(world: World) -> Json:
    """The world without anybody's chats."""
    return {
        "now": world.date(),
        "last_event": world.events.last_id,
        "api_version": world.state.api_version,
        "people": [user_view(user) for user in world.state.people.values()],
        "bots": [bot_view(world, bot, "") for bot in world.state.bots.values()],
    }


def person_view(world: World, person_id: int) -> Json:
    """The world as a person sees it: with their chats, the newest first."""
    me = world.user(person_id)
    world.open_private_chats(person_id)
    chats = [chat for chat in world.state.chats.values() if person_id in world.people_in(chat)]
    views = [
        chat_view(world, chat, person_id) | {"messages": messages_view(world, chat, person_id)}
        for chat in chats
    ]
    views.sort(key=lambda view: max((one["date"] for one in view["messages"]), default=0), reverse=True)
    bots = [bot_view(world, bot, me.language_code or "") for bot in world.state.bots.values()]
    return state_view(world) | {"me": user_view(me), "bots": bots, "chats": views}


def user_view(user: User) -> Json:
    """A person."""
    return {
        "id": user.id,
        "name": user.name,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "username": user.username,
        "language_code": user.language_code,
    }


def bot_view(world: World, bot: BotAccount, language: str) -> Json:
    """A bot with its texts in a language."""
    return {
        "id": bot.user.id,
        "name": by_language(bot.names, language) or bot.user.first_name,
        "username": bot.user.username,
        "description": by_language(bot.descriptions, language),
        "short_description": by_language(bot.short_descriptions, language),
        "online": is_online(world, bot),
    }


def chat_view(world: World, chat: Chat, person_id: int) -> Json:
    """A chat without its messages."""
    language = world.user(person_id).language_code or ""
    bots = world.bots_in(chat)
    me = chat.member(person_id)
    bot = world.state.bots[chat.bot_id] if chat.is_private else None
    commands = [
        {**command, "bot": one.user.username}
        for one in bots
        for command in commands_for(one, chat, person_id, language)
    ]
    result: Json = {
        "id": chat.key,
        "telegram_id": chat.id,
        "kind": chat.kind,
        "title": chat.title,
        "username": chat.username,
        "bot": chat.bot_id or None,
        "started": chat.started or not chat.is_private,
        "blocked": chat.blocked,
        "forum": chat.forum,
        "topics": _topics(chat),
        "members": _members(world, chat),
        "status": "member" if chat.is_private else me.status,
        "anonymous": me.anonymous,
        "can_send": _can_send(chat, person_id),
        "commands": commands,
        "menu_button": {"type": "default"},
        "description": "",
        "pinned": chat.pinned[-1] if chat.pinned else None,
        "reply_keyboard": chat.keyboard,
        "migrated_to": chat.migrated_to,
    }
    if bot is not None:
        view = bot_view(world, bot, language)
        result |= {"title": view["name"], "username": view["username"], "description": view["description"]}
        result["menu_button"] = menu_button_for(bot, str(person_id))
    return result


def _can_send(chat: Chat, person_id: int) -> bool:
    if chat.is_private:
        return not chat.blocked
    return chat.migrated_to is None and permission(chat, person_id, "can_send_messages")


def _topics(chat: Chat) -> list[Json]:
    if not chat.forum:
        return []
    opened = [{"id": topic.id, "title": topic.title} for topic in chat.topics.values()]
    return [{"id": None, "title": "General"}, *opened]


def _members(world: World, chat: Chat) -> list[Json]:
    if chat.is_private:
        ids = [(chat.person_id, "member", False), (chat.bot_id, "member", False)]
    else:
        ids = [(one.user_id, one.status, one.anonymous) for one in chat.members.values() if one.present]
    users = [(world.user(user_id), status, anonymous) for user_id, status, anonymous in ids]
    return [
        {"id": user.id, "name": user.name, "is_bot": user.is_bot, "status": status, "anonymous": anonymous}
        for user, status, anonymous in users
    ]


def messages_view(world: World, chat: Chat, person_id: int) -> list[Json]:
    """The chat's last messages as the person sees them, oldest first."""
    return [message_view(world, one, person_id) for one in visible(world, chat, person_id)[-MOST_MESSAGES:]]


def call_view(call: ApiCall) -> Json:
    """A call; a long result is cut and becomes a string."""
    plain = call.plain()
    spelled = orjson.dumps(plain["result"]).decode()
    if len(spelled) > LONGEST_RESULT:
        plain["result"] = spelled[:LONGEST_RESULT] + "…"
    return plain


def event_view(world: World, event: Event, person_id: int) -> Json | None:
    """An event's data as the person sees it; None when there is nothing to show any more."""
    if not event.concerns(person_id):
        return None
    data = event.data
    kind = event.kind
    if person_id not in world.state.people:
        return data if kind == "reset" else None
    if kind in ("message", "edit", "poll"):
        return _message_event(world, data, person_id)
    if kind == "person" and data["person"] not in world.state.people:
        return None
    if kind == "chat":
        chat = world.state.chats.get(data["chat"])
        if chat is None or person_id not in world.people_in(chat):
            return None
        return {"chat": chat_view(world, chat, person_id)}
    shown: dict[str, Any] = {
        "person": lambda: {"person": user_view(world.user(data["person"]))},
        "bot": lambda: {"bot": bot_view(world, world.state.bots[data["bot"]], _language(world, person_id))},
        "call": lambda: {"call": call_view(data["call"])},
    }
    return shown[kind]() if kind in shown else data


def _language(world: World, person_id: int) -> str:
    return world.user(person_id).language_code or ""


def _message_event(world: World, data: Json, person_id: int) -> Json | None:
    chat = world.state.chats.get(data["chat"])
    message = chat.messages.get(data["message"]) if chat else None
    if chat is None or message is None or person_id not in world.people_in(chat):
        return None
    hidden = {one.hides for one in chat.messages.values() if one.receiver == person_id}
    if message.receiver not in (None, person_id) or message.id in hidden:
        return None
    return {"message": message_view(world, message, person_id)}

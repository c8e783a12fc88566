"""Command menus and the bot's own texts, by scope and language.

Sources: the Bot API's "Determining list of commands" for the order of scopes; TDLib's
`BotCommand.cpp` for lengths.
"""

from __future__ import annotations

import re
from typing import Any

from bot.playground.emulator.access import MEMBERS, chat_of
from bot.playground.emulator.errors import ApiError, bad_request
from bot.playground.emulator.parameters import Arguments, integer_field, object_field, text_field
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.state import BotAccount, Chat, Json

MOST_COMMANDS = 100
LONGEST_COMMAND = 32
LONGEST_COMMAND_TEXT = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_WIDE = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_OF_CHAT = ("chat", "chat_administrators", "chat_member")


def commands_for(bot: BotAccount, chat: Chat, user_id: int, language: str) -> list[Json]:
    """The menu that a person sees in a chat: the narrowest scope that has one wins."""
    if chat.is_private:
        scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    else:
        admin = chat.member(user_id).is_admin
        scopes = [
            f"chat_member:{chat.id}:{user_id}",
            *([f"chat_administrators:{chat.id}"] if admin else []),
            f"chat:{chat.id}",
            *(["all_chat_administrators"] if admin else []),
            "all_group_chats",
            "default",
        ]
    for scope in scopes:
        for code in (language, ""):
            if f"{scope}|{code}" in bot.commands:
                return bot.commands[f"{scope}|{code}"]
    return []


def by_language(texts: dict[str, str], language: str) -> str:
    """A text in the language, else the one for everybody."""
    return texts.get(language) or texts.get("", "")


@method("setMyCommands")
def set_my_commands(request: Request) -> bool:
    """Set a menu; an empty list takes it away."""
    commands = _commands(request)
    key = _key(request)
    if commands:
        request.bot.commands[key] = commands
    else:
        request.bot.commands.pop(key, None)
    tell_everyone(request)
    return True


@method("getMyCommands")
def get_my_commands(request: Request) -> list[Json]:
    """The menu of exactly this scope and language."""
    return request.bot.commands.get(_key(request), [])


@method("deleteMyCommands")
def delete_my_commands(request: Request) -> bool:
    """Take a menu away; a wider scope shows through."""
    request.bot.commands.pop(_key(request), None)
    tell_everyone(request)
    return True


def tell_everyone(request: Request) -> None:
    """Everyone's chats with the bot look different now."""
    bot_id = request.bot.user.id
    request.world.events.publish("bot", {"bot": bot_id})
    for chat in request.world.state.chats.values():
        if chat.bot_id == bot_id or bot_id in chat.members:
            request.world.tell_chat(chat)


def _commands(request: Request) -> list[Json]:
    value = request.args.decoded("commands", "Can't parse commands JSON object")
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(value) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(one) for one in value]


def _command(value: Any) -> Json:
    try:
        if not isinstance(value, dict):
            raise bad_request("expected an Object")
        name = text_field(value, "command", required=True)
        description = text_field(value, "description", required=True)
    except ApiError as error:
        raise bad_request(f"Can't parse BotCommand: {error.words}") from None
    name, description = name.removeprefix("/").strip(), description.strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > LONGEST_COMMAND:
        raise bad_request(f"Command length must not exceed {LONGEST_COMMAND}")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > LONGEST_COMMAND_TEXT:
        raise bad_request(f"Command description length must not exceed {LONGEST_COMMAND_TEXT}")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def _key(request: Request) -> str:
    """Scope and language as one key."""
    language = request.args.text("language_code")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    value = request.args.decoded("scope", "Can't parse BotCommandScope JSON object")
    return f"{'default' if value is None else _scope(request, value)}|{language}"


def _scope(request: Request, value: Any) -> str:
    try:
        if not isinstance(value, dict):
            raise bad_request("BotCommandScope must be an Object")
        kind = text_field(value, "type", required=True)
        if kind in _WIDE:
            return kind
        if kind not in _OF_CHAT:
            raise bad_request("Unsupported type specified")
        chat_id = text_field(value, "chat_id", required=True)
        if not chat_id:
            raise bad_request("Empty chat_id specified")
        user_id = integer_field(value, "user_id", required=True) if kind == "chat_member" else 0
        if kind == "chat_member" and user_id <= 0:
            raise bad_request("Invalid user_id specified")
    except ApiError as error:
        raise bad_request(f"Can't parse BotCommandScope: {error.words}") from None
    named = Request(request.world, request.bot, Arguments({"chat_id": chat_id}), request.method)
    chat = chat_of(named, MEMBERS)
    return f"{kind}:{chat.id}:{user_id}" if user_id else f"{kind}:{chat.id}"


@method("setChatMenuButton")
def set_chat_menu_button(request: Request) -> bool:
    """What the button beside the input field does, in one chat or everywhere."""
    value = request.args.decoded("menu_button", "Can't parse menu button JSON object")
    button: Json = {"type": "default"}
    if value is not None:
        try:
            button = _menu_button(value)
        except ApiError as error:
            raise bad_request(f"Can't parse menu button: {error.words}") from None
    key = str(_menu_person(request)) if request.args.has("chat_id") else ""
    request.bot.menu_buttons[key] = button
    tell_everyone(request)
    return True


@method("getChatMenuButton")
def get_chat_menu_button(request: Request) -> Json:
    """The button of a chat, or the default one."""
    key = str(_menu_person(request)) if request.args.has("chat_id") else ""
    return menu_button_for(request.bot, key)


def menu_button_for(bot: BotAccount, key: str) -> Json:
    """The menu button in the private chat with a person (the id as a string; "" is the default)."""
    own = bot.menu_buttons.get(key, {"type": "default"})
    if key and own["type"] == "default":
        own = bot.menu_buttons.get("", {"type": "default"})
    return own if own["type"] != "default" else {"type": "commands"}


def _menu_person(request: Request) -> int:
    person_id = request.args.user_id("chat_id")
    if person_id not in request.world.state.people:
        raise bad_request("user not found")
    return person_id


def _menu_button(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad_request("MenuButton must be an Object")
    kind = text_field(value, "type", required=True)
    if kind in ("default", "commands"):
        return {"type": kind}
    if kind == "web_app":
        url = text_field(object_field(value, "web_app"), "url", required=True)
        return {"type": kind, "text": text_field(value, "text", required=True), "web_app": {"url": url}}
    raise bad_request("MenuButton has unsupported type")

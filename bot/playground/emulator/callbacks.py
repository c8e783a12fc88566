"""Pressed buttons: callback queries and their answers."""

from __future__ import annotations

import hashlib

from bot.playground.emulator.errors import QUERY_TOO_OLD, NotPossible, bad_request
from bot.playground.emulator.inbox import push
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.render import maybe_message, user_json
from bot.playground.emulator.state import BotAccount, Chat, Json, Press
from bot.playground.emulator.world import Delivery, World

KEPT = 500
LONGEST_ANSWER = 200


def press(world: World, person_id: int, chat: Chat, bot: BotAccount, message_id: int, data: str) -> Press:
    """A person presses a button: the bot gets a callback query, the answer comes later."""
    number = world.state.next_press_id
    world.state.next_press_id += 1
    pressed = Press(
        id=str((person_id << 32) + number),
        bot_id=bot.user.id,
        person_id=person_id,
        chat=chat.key,
        message=message_id,
        data=data,
        time=world.clock(),
    )
    world.state.presses[pressed.id] = pressed
    while len(world.state.presses) > KEPT:
        del world.state.presses[next(iter(world.state.presses))]
    query: Json = {
        "id": pressed.id,
        "from": user_json(world.user(person_id)),
        "message": maybe_message(world, chat.key, message_id),
        "chat_instance": _instance(chat),
        "data": data,
    }
    push(world, bot, "callback_query", query)
    return pressed


def _instance(chat: Chat) -> str:
    """A number that stands for the chat; it says nothing about it."""
    digest = hashlib.blake2b(chat.key.encode(), digest_size=8).digest()
    return str(int.from_bytes(digest, "big", signed=True))


def button_data(chat: Chat, message_id: int, row: int, column: int) -> str:
    """The data of a button that is there now; NotPossible when it is none to press."""
    message = chat.messages.get(message_id)
    rows = message.markup["inline_keyboard"] if message is not None and message.markup else []
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise NotPossible("this button is not there any more")
    data = rows[row][column].get("callback_data")
    if data is None:
        raise NotPossible("this button calls nothing: it opens or copies something")
    return str(data)


@method("answerCallbackQuery")
def answer_callback_query(request: Request) -> bool:
    """Answer a press, once and within 15 seconds: a toast, an alert, a link, or just an end to waiting."""
    pressed = request.world.state.presses.get(request.args.text("callback_query_id"))
    text = request.args.text("text")
    url = request.args.text("url")
    if pressed is None or pressed.bot_id != request.bot.user.id or pressed.expired or pressed.answered:
        raise bad_request(QUERY_TOO_OLD)
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not _own_link(request.bot, url):
        raise bad_request("URL_INVALID")
    pressed.answered = True
    pressed.text, pressed.alert, pressed.url = text or None, request.args.flag("show_alert"), url or None
    data: Json = {
        "query": pressed.id,
        "chat": pressed.chat,
        "message": pressed.message,
        "text": pressed.text,
        "alert": pressed.alert,
        "url": pressed.url,
    }
    request.world.delivered.append(Delivery(request.world.clock(), pressed.person_id, "answer", data))
    request.world.events.publish("answer", data, frozenset((pressed.person_id,)))
    return True


def _own_link(bot: BotAccount, url: str) -> bool:
    """Only links that open the bot with a parameter are allowed (or a game's, which is not modelled)."""
    lowered = url.lower().removeprefix("https://").removeprefix("http://")
    name = (bot.user.username or "").lower()
    return lowered.startswith(
        (f"t.me/{name}?start=", f"telegram.me/{name}?start=", f"tg://resolve?domain={name}")
    )

"""Ephemeral messages: one member of a chat sees them, as the answer to a press (Bot API 10.3).

Bots know them by `ephemeral_message_id`; their `message_id` is 0. Telegram does not promise that
they arrive; here they do, unless a fault says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.emulator.access import EDIT, chat_of
from bot.playground.emulator.entities import cleaned, given
from bot.playground.emulator.errors import QUERY_TOO_OLD, bad_request
from bot.playground.emulator.markup import inline_only
from bot.playground.emulator.parameters import flag_field, integer_field, text_field
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.state import Chat, Json, Message


@dataclass(frozen=True)
class Wish:
    """Who shall see the message, and which message it stands in for."""

    receiver: int
    hides: int | None


def wish_of(request: Request, chat: Chat) -> Wish | None:
    """The call's `ephemeral_message_parameters`; an older server does not look at them."""
    if not request.knows_ephemeral or not request.args.has("ephemeral_message_parameters"):
        return None
    value = request.args.decoded(
        "ephemeral_message_parameters", "Can't parse ephemeral message parameters JSON object"
    )
    if not isinstance(value, dict):
        raise bad_request("Object expected as ephemeral message parameters")
    receiver = integer_field(value, "receiver_user_id", required=True)
    press = request.world.state.presses.get(text_field(value, "callback_query_id"))
    if receiver not in request.world.people_in(chat):
        raise bad_request("PARTICIPANT_ID_INVALID")
    if press is None or press.expired or press.person_id != receiver or press.chat != chat.key:
        raise bad_request(QUERY_TOO_OLD)
    replace = flag_field(value, "replace_callback_query_message")
    if replace and press.message < 0:
        raise bad_request("MESSAGE_ID_INVALID")
    return Wish(receiver, press.message if replace else None)


def post_for_one(request: Request, chat: Chat, content: Json, fields: Json, wish: Wish) -> Message:
    """Show the message to its receiver alone."""
    number = chat.next_ephemeral_id
    chat.next_ephemeral_id += 1
    world = request.world
    message = Message(chat.key, -number, world.date(), request.bot.user.id, content, **fields)
    message.receiver, message.ephemeral_id, message.hides = wish.receiver, number, wish.hides
    chat.messages[message.id] = message
    world.tell("message", message)
    return message


def _of_call(request: Request, what: str) -> Message:
    chat = chat_of(request, EDIT)
    receiver = request.args.user_id("receiver_user_id")
    message = chat.messages.get(-request.args.integer("ephemeral_message_id"))
    if message is None or message.receiver != receiver or message.sender != request.bot.user.id:
        raise bad_request(f"{what} not found")
    return message


@method("deleteEphemeralMessage")
def delete_ephemeral_message(request: Request) -> bool:
    """Take the message away; the one that it hid comes back."""
    message = _of_call(request, "message to delete")
    chat = request.world.state.chats[message.chat]
    del chat.messages[message.id]
    audience = frozenset((message.receiver or 0,))
    request.world.events.publish("delete", {"chat": chat.key, "messages": [message.id]}, audience)
    hidden = chat.messages.get(message.hides or 0)
    if hidden is not None:
        request.world.events.publish("message", {"chat": chat.key, "message": hidden.id}, audience)
    return True


@method("editEphemeralMessageText")
def edit_ephemeral_message_text(request: Request) -> bool:
    """Change its text and buttons."""
    if not request.args.text("text"):
        raise bad_request("Message text is empty")
    text = cleaned(given(request.args, "text", "parse_mode", "entities"))
    if len(text.text) > 4096:
        raise bad_request("Message is too long")
    message = _of_call(request, "message to edit")
    message.content = {"text": text.text, "entities": text.entities}
    message.markup = inline_only(request.args, private=False)
    request.world.tell("edit", message)
    return True


@method("editEphemeralMessageReplyMarkup")
def edit_ephemeral_message_reply_markup(request: Request) -> bool:
    """Change its buttons."""
    message = _of_call(request, "message to edit")
    message.markup = inline_only(request.args, private=False)
    request.world.tell("edit", message)
    return True

"""What all sending methods share: where to, in reply to what, with which buttons."""

from __future__ import annotations

from typing import Any

from bot.playground.emulator import ephemeral
from bot.playground.emulator.access import READ, WRITE, chat_of, check_may_send
from bot.playground.emulator.entities import formatted
from bot.playground.emulator.errors import bad_request
from bot.playground.emulator.markup import markup_of
from bot.playground.emulator.parameters import flag_field, integer_field, text_field
from bot.playground.emulator.posting import post
from bot.playground.emulator.registry import Request
from bot.playground.emulator.render import message_json, user_json
from bot.playground.emulator.state import Chat, Json, Message


def send(request: Request, content: Json, permission: str, **more: Any) -> Message:
    """Post the bot's message into the chat of the call.

    `permission` is what the bot needs in a group; `more` are further fields of the message. The rest
    (reply, topic, markup, silence) comes from the call's parameters.
    """
    chat = chat_of(request, WRITE)
    markup = markup_of(request.args, private=chat.is_private)
    thread = topic_of(request, chat)
    fields = _reply_fields(request, chat)
    check_may_send(request, chat, permission)
    wish = ephemeral.wish_of(request, chat)
    inline = markup if markup is not None and "inline_keyboard" in markup else None
    fields |= more | {
        "thread": thread if thread is not None else _thread_of_reply(chat, fields.get("reply_to")),
        "markup": inline,
        "locked": markup is not None and inline is None and "keyboard" in markup,
        "silent": request.args.flag("disable_notification"),
        "protected": request.args.flag("protect_content"),
    }
    if wish is not None:
        return ephemeral.post_for_one(request, chat, content, fields, wish)
    message = post(request.world, chat, request.bot.user.id, content, **fields)
    if markup is not None and inline is None:
        keep_keyboard(chat, markup, message.id)
        request.world.tell_chat(chat)
    return message


def sent(request: Request, message: Message) -> Json:
    """The answer of a sending method."""
    return message_json(request.world, message)


def topic_of(request: Request, chat: Chat) -> int | None:
    """The forum topic that the call names; General has no number and cannot be named."""
    thread = max(0, request.args.integer("message_thread_id"))
    if not thread or (not chat.forum and not chat.is_private):
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("Message thread not found")
    if topic.closed and not chat.member(request.bot.user.id).is_admin:
        raise bad_request("TOPIC_CLOSED")
    return thread


def keep_keyboard(chat: Chat, markup: Json, message_id: int) -> None:
    """Show or remove the reply keyboard below the input field, as that message wants it."""
    if "keyboard" in markup:
        chat.keyboard = {
            "rows": [
                [{"text": one["text"], "request_location": bool(one.get("request_location"))} for one in row]
                for row in markup["keyboard"]
            ],
            "placeholder": markup["input_field_placeholder"] or None,
            "one_time": markup["one_time_keyboard"],
            "message": message_id,
        }
    elif "remove_keyboard" in markup:
        chat.keyboard = None


def _thread_of_reply(chat: Chat, reply_to: int | None) -> int | None:
    replied = chat.messages.get(reply_to) if reply_to is not None else None
    return replied.thread if replied is not None else None


def _reply_fields(request: Request, chat: Chat) -> Json:
    """`reply_to` and `quote` from the call's reply parameters."""
    wanted = _reply_parameters(request)
    if not wanted:
        return {}
    message_id = integer_field(wanted, "message_id", required=True)
    source = chat
    other = text_field(wanted, "chat_id")
    if other and other != request.args.text("chat_id"):
        source = _other_chat(request, other)
    replied = source.messages.get(message_id)
    if replied is None or replied.receiver is not None:
        if flag_field(wanted, "allow_sending_without_reply") or message_id <= 0:
            return {}
        raise bad_request("message to be replied not found")
    if source is not chat:
        return {}
    quote = formatted(
        text_field(wanted, "quote"), text_field(wanted, "quote_parse_mode"), wanted.get("quote_entities")
    )
    fields: Json = {"reply_to": message_id}
    if quote.text:
        text = str(replied.content.get("text") or replied.content.get("caption") or "")
        if quote.text not in text:
            raise bad_request("QUOTE_TEXT_INVALID")
        before = text[: text.index(quote.text)]
        position = len(before.encode("utf-16-le")) // 2
        fields["quote"] = {"text": quote.text, "position": position, "is_manual": True}
    return fields


def _reply_parameters(request: Request) -> dict[str, Any]:
    """The reply parameters; the older names `reply_to_message_id` … still count on the server."""
    args = request.args
    if args.has("reply_to_message_id"):
        return {
            "message_id": args.integer("reply_to_message_id"),
            "allow_sending_without_reply": args.flag("allow_sending_without_reply"),
        }
    value = args.decoded("reply_parameters", "Can't parse reply parameters JSON object")
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply parameters")
    return value


def _other_chat(request: Request, spelling: str) -> Chat:
    from_there = Request(
        request.world, request.bot, type(request.args)({"chat_id": spelling}), request.method
    )
    return chat_of(from_there, READ)


def origin_of(request: Request, message: Message) -> Json:
    """MessageOrigin of a message that is forwarded."""
    if message.forward is not None:
        return message.forward
    user = user_json(request.world.user(message.sender))
    return {"type": "user", "date": message.date, "sender_user": user}

"""Methods that write and take away messages: text, places, copies, forwards, deletions."""

from __future__ import annotations

from bot.playground.emulator.access import READ, WRITE, chat_of, message_of
from bot.playground.emulator.deleting import check_may_delete, remove
from bot.playground.emulator.entities import Formatted, cleaned, given
from bot.playground.emulator.errors import bad_request
from bot.playground.emulator.parameters import Arguments, flag_field, text_field
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.sending import origin_of, send, sent
from bot.playground.emulator.state import Chat, Json, Message

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""Characters after entity parsing (TDLib: `message_text_length_max`, `message_caption_length_max`)."""


def text_of(request: Request) -> Formatted:
    """The call's text, checked and measured."""
    if not request.args.text("text"):
        raise bad_request("Message text is empty")
    text = cleaned(given(request.args, "text", "parse_mode", "entities"))
    if len(text.text) > LONGEST_TEXT:
        raise bad_request("Message is too long")
    return text


def caption_of(request: Request) -> Formatted:
    """The call's caption, checked and measured; may be empty."""
    caption = cleaned(given(request.args, "caption", "parse_mode", "caption_entities"), allow_empty=True)
    if len(caption.text) > LONGEST_CAPTION:
        raise bad_request("Message caption is too long")
    return caption


def text_content(text: Formatted) -> Json:
    """Content of a text message."""
    return {"text": text.text} | ({"entities": text.entities} if text.entities else {})


def caption_content(caption: Formatted) -> Json:
    """The caption's part of a content."""
    if not caption.text:
        return {}
    return {"caption": caption.text} | ({"caption_entities": caption.entities} if caption.entities else {})


def link_preview_of(args: Arguments) -> Json | None:
    """LinkPreviewOptions of the call, or those of the older `disable_web_page_preview`."""
    value = args.decoded("link_preview_options", "Can't parse link preview options JSON object")
    if value is None:
        return {"is_disabled": True} if args.flag("disable_web_page_preview") else None
    if not isinstance(value, dict):
        raise bad_request("Object expected as link preview options")
    flags = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
    result: Json = {name: True for name in flags if flag_field(value, name)}
    if text_field(value, "url"):
        result["url"] = text_field(value, "url")
    return result or None


@method("sendMessage")
def send_message(request: Request) -> Json:
    """A text message."""
    preview = link_preview_of(request.args)
    message = send(request, text_content(text_of(request)), "can_send_messages", link_preview=preview)
    return sent(request, message)


@method("sendLocation")
def send_location(request: Request) -> Json:
    """A point on the map."""
    place: Json = {}
    for name, most in (("latitude", 90.0), ("longitude", 180.0)):
        spelling = request.args.text(name)
        if not spelling:
            raise bad_request(f"{name} is empty")
        try:
            place[name] = float(spelling)
        except ValueError:
            place[name] = 0.0
        if abs(place[name]) > most:
            raise bad_request("Wrong location specified")
    return sent(request, send(request, {"location": place}, "can_send_messages"))


@method("forwardMessage")
def forward_message(request: Request) -> Json:
    """A copy that names its author."""
    source, message = _source(request, "message to forward")
    if message.protected or message.service:
        raise bad_request("the message can't be forwarded")
    del source
    content = dict(message.content)
    return sent(request, send(request, content, "can_send_messages", forward=origin_of(request, message)))


@method("copyMessage")
def copy_message(request: Request) -> Json:
    """A copy without its author; `caption` replaces the old caption."""
    _, message = _source(request, "message to copy")
    if message.service or message.protected or "poll_id" in message.content:
        raise bad_request("the message can't be copied")
    content = dict(message.content)
    if request.args.has("caption") and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= caption_content(caption_of(request))
    return {"message_id": send(request, content, "can_send_messages").id}


def _source(request: Request, what: str) -> tuple[Chat, Message]:
    chat = chat_of(request, READ, "from_chat_id")
    return chat, message_of(request, chat, what)


@method("deleteMessage")
def delete_message(request: Request) -> bool:
    """Take one message away for everyone."""
    if not request.args.text("chat_id"):
        raise bad_request("Chat identifier is not specified")
    if not request.args.message_id():
        raise bad_request("Message identifier is not specified")
    chat = chat_of(request, READ if _is_private(request) else WRITE)
    message = message_of(request, chat, "message to delete")
    check_may_delete(request, chat, message)
    remove(request.world, chat, [message])
    return True


@method("deleteMessages")
def delete_messages(request: Request) -> bool:
    """Take several messages away; those that are not there are left out without a word."""
    ids = _message_ids(request)
    chat = chat_of(request, READ if _is_private(request) else WRITE)
    messages = [chat.messages[number] for number in ids if number in chat.messages]
    for message in messages:
        check_may_delete(request, chat, message)
    remove(request.world, chat, messages)
    return True


def _is_private(request: Request) -> bool:
    """Deleting works in the chat of a user who blocked the bot."""
    return request.args.integer("chat_id") > 0


def _message_ids(request: Request) -> list[int]:
    value = request.args.decoded("message_ids", "Can't parse message_ids JSON object")
    if value is None or value == []:
        raise bad_request("Message identifiers are not specified")
    if not isinstance(value, list):
        raise bad_request("Expected an Array of message identifiers")
    if len(value) > 100:
        raise bad_request("Too many message identifiers specified")
    ids = []
    for one in value:
        if isinstance(one, bool) or not isinstance(one, int | str):
            raise bad_request("Message identifier must be a Number")
        if not str(one).removeprefix("-").isdecimal():
            raise bad_request("Can't parse message identifier as a Number")
        if int(one) <= 0:
            raise bad_request("Invalid message identifier specified")
        ids.append(int(one))
    return ids

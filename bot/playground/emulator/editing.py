"""Methods that change messages: text, caption, buttons, media.

Sources: `Client::process_edit_message_*`, TDLib's `MessagesManager::edit_message_text` and
`can_edit_message`. A bot may edit its own messages for ever.
"""

from __future__ import annotations

from bot.playground.emulator.access import EDIT, chat_of, message_of
from bot.playground.emulator.errors import NOT_MODIFIED, bad_request, not_modelled
from bot.playground.emulator.files import media_of
from bot.playground.emulator.markup import inline_only
from bot.playground.emulator.messages import (
    caption_content,
    caption_of,
    link_preview_of,
    text_content,
    text_of,
)
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.render import message_json
from bot.playground.emulator.state import Json, Message

_COMPARED = ("text", "entities", "caption", "caption_entities", "photo", "document")


def _message_to_edit(request: Request) -> Message:
    """The message, when the bot may edit it."""
    if not request.args.text("chat_id") and not request.args.message_id():
        if request.args.text("inline_message_id"):
            raise not_modelled("inline messages")
        raise bad_request("Message identifier is not specified")
    chat = chat_of(request, EDIT)
    message = message_of(request, chat, "message to edit")
    if (
        message.sender != request.bot.user.id
        or message.service
        or message.forward is not None
        or message.locked
    ):
        raise bad_request("Message can't be edited")
    return message


def _change(
    request: Request, message: Message, content: Json, markup: Json | None, preview: Json | None
) -> Json:
    """Put the new content in place, unless nothing would change."""
    same_content = all(content.get(name) == message.content.get(name) for name in _COMPARED)
    if same_content and markup == message.markup and preview == message.link_preview:
        raise bad_request(NOT_MODIFIED)
    message.content, message.markup, message.link_preview = content, markup, preview
    message.edit_date = request.world.date()
    request.world.tell("edit", message)
    return message_json(request.world, message)


@method("editMessageText")
def edit_message_text(request: Request) -> Json:
    """New text and buttons; no `reply_markup` takes the buttons away."""
    if request.args.has("rich_message") and not request.args.text("text"):
        raise not_modelled("rich messages")
    markup = inline_only(request.args, private=True)
    text = text_of(request)
    preview = link_preview_of(request.args)
    message = _message_to_edit(request)
    if "text" not in message.content:
        raise bad_request("There is no text in the message to edit")
    return _change(request, message, text_content(text), markup, preview)


@method("editMessageCaption")
def edit_message_caption(request: Request) -> Json:
    """New caption and buttons."""
    markup = inline_only(request.args, private=True)
    caption = caption_of(request)
    message = _message_to_edit(request)
    if "photo" not in message.content and "document" not in message.content:
        raise bad_request("There is no caption in the message to edit")
    content = {name: value for name, value in message.content.items() if not name.startswith("caption")}
    return _change(request, message, content | caption_content(caption), markup, message.link_preview)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(request: Request) -> Json:
    """New buttons, or none."""
    markup = inline_only(request.args, private=True)
    message = _message_to_edit(request)
    return _change(request, message, message.content, markup, message.link_preview)


@method("editMessageMedia")
def edit_message_media(request: Request) -> Json:
    """Another photo or document in place of the old content."""
    markup = inline_only(request.args, private=True)
    value = request.args.decoded("media", "Can't parse input media JSON object")
    content = media_of(request, value)
    message = _message_to_edit(request)
    if not any(name in message.content for name in ("text", "photo", "document")):
        raise bad_request("Message media can't be edited")
    return _change(request, message, content, markup, None)

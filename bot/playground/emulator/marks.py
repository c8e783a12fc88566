"""Methods around messages: chat actions, pins, reactions."""

from __future__ import annotations

from bot.playground.emulator.access import EDIT, WRITE, chat_of, message_of
from bot.playground.emulator.errors import bad_request
from bot.playground.emulator.parameters import text_field
from bot.playground.emulator.posting import post_service
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.render import user_json
from bot.playground.emulator.rights import permission, right
from bot.playground.emulator.sending import topic_of
from bot.playground.emulator.state import Chat

ACTION_SECONDS = 5
_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker"
    " find_location record_video_note upload_video_note cancel record_audio upload_audio"
)
ACTIONS = frozenset(_ACTIONS.split())
_REACTIONS = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆"
    " 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘"
    " 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
REACTIONS = frozenset(_REACTIONS.split())
"""The emoji that ReactionTypeEmoji lists, without variation selectors."""


@method("sendChatAction")
def send_chat_action(request: Request) -> bool:
    """Say "typing …" for five seconds."""
    action = request.args.text("action")
    if action.lower() not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = chat_of(request, WRITE)
    data = {
        "chat": chat.key,
        "topic": topic_of(request, chat),
        "from": user_json(request.bot.user),
        "action": action.lower(),
        "seconds": ACTION_SECONDS,
    }
    request.world.events.publish("action", data, request.world.people_in(chat))
    return True


@method("pinChatMessage")
def pin_chat_message(request: Request) -> bool:
    """Put a message on top of the chat; a service message tells of it."""
    chat = chat_of(request, WRITE)
    message = message_of(request, chat, "message to pin")
    _check_may_pin(request, chat)
    if message.service:
        raise bad_request("Service messages can't be pinned")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        request.world.tell_chat(chat)
        post_service(
            request.world, chat, request.bot.user.id, {"pinned_message": message.id}, thread=message.thread
        )
    return True


@method("unpinChatMessage")
def unpin_chat_message(request: Request) -> bool:
    """Take a pin away: that of the message, or the newest."""
    chat = chat_of(request, WRITE)
    _check_may_pin(request, chat)
    number = request.args.message_id()
    if number:
        message_of(request, chat, "message to unpin")
    elif chat.pinned:
        number = chat.pinned[-1]
    else:
        raise bad_request("Message to unpin not found")
    chat.pinned = [pinned for pinned in chat.pinned if pinned != number]
    request.world.tell_chat(chat)
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(request: Request) -> bool:
    """Take all pins away."""
    chat = chat_of(request, WRITE)
    _check_may_pin(request, chat)
    chat.pinned.clear()
    request.world.tell_chat(chat)
    return True


def _check_may_pin(request: Request, chat: Chat) -> None:
    if chat.is_private:
        return
    bot_id = request.bot.user.id
    is_admin = chat.member(bot_id).is_admin
    allowed = (
        right(chat, bot_id, "can_pin_messages") if is_admin else permission(chat, bot_id, "can_pin_messages")
    )
    if not allowed:
        raise bad_request("not enough rights to manage pinned messages in the chat")


@method("setMessageReaction")
def set_message_reaction(request: Request) -> bool:
    """React with at most one emoji; an empty list takes it back."""
    value = request.args.decoded("reaction", "Can't parse reaction types JSON object") or []
    if not isinstance(value, list):
        raise bad_request("Expected an Array of ReactionType")
    chat = chat_of(request, EDIT)
    message = message_of(request, chat, "message to react")
    emoji = []
    for one in value:
        if not isinstance(one, dict) or one.get("type") not in ("emoji", "custom_emoji"):
            raise bad_request("Can't parse ReactionType: invalid reaction type specified")
        emoji.append(text_field(one, "emoji", required=True) if one["type"] == "emoji" else "custom")
    if any(one.replace("\ufe0f", "") not in REACTIONS for one in emoji):
        raise bad_request("REACTION_INVALID")
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions[str(request.bot.user.id)] = emoji
    request.world.tell("edit", message)
    return True

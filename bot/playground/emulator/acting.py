"""What a person does in Telegram's apps, as plain functions; `NotPossible` where the app has no way."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.emulator import callbacks, polls
from bot.playground.emulator.deleting import remove
from bot.playground.emulator.entities import Formatted, cleaned
from bot.playground.emulator.errors import ApiError, NotPossible
from bot.playground.emulator.membership import tell_blocked
from bot.playground.emulator.posting import deliver, post
from bot.playground.emulator.rights import permission, right
from bot.playground.emulator.state import Chat, Json, Message, Poll, Press
from bot.playground.emulator.world import World

LONGEST_TEXT = 4096
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


def send_content(
    world: World,
    person_id: int,
    chat: Chat,
    content: Json,
    *,
    reply_to: int | None = None,
    topic: int | None = None,
    anonymous: bool = False,
    needs: str = "can_send_messages",
) -> Message:
    """Send any content; in a group `needs` is the permission for it."""
    _check_may_write(chat, person_id, needs, topic, anonymous=anonymous)
    replied = chat.messages.get(reply_to) if reply_to is not None else None
    if reply_to is not None and replied is None:
        raise NotPossible(f"there is no message {reply_to} to reply to")
    if chat.is_private:
        one_time = chat.keyboard is not None and chat.keyboard["one_time"]
        if one_time:
            chat.keyboard = None
        if one_time or not chat.started:
            chat.started = True
            world.tell_chat(chat)
    fields: Json = {"reply_to": reply_to, "thread": topic or (replied.thread if replied else None)}
    return post(
        world, chat, person_id, content, as_chat=anonymous or chat.member(person_id).anonymous, **fields
    )


def send_text(world: World, person_id: int, chat: Chat, text: str, **more: Any) -> Message:
    """Send a text as the apps do: commands and links found, a long text in several messages."""
    try:
        whole = cleaned(Formatted(text))
    except ApiError:
        raise NotPossible("an empty message cannot be sent") from None
    pieces = [whole.text[at : at + LONGEST_TEXT] for at in range(0, len(whole.text), LONGEST_TEXT)]
    message = None
    for piece in pieces:
        value = whole if len(pieces) == 1 else cleaned(Formatted(piece), allow_empty=True)
        content: Json = {"text": value.text}
        if value.entities:
            content["entities"] = value.entities
        message = send_content(world, person_id, chat, content, **more)
    if message is None:
        raise NotPossible("an empty message cannot be sent")
    return message


def start(world: World, person_id: int, chat: Chat, payload: str = "") -> Message:
    """Press Start, or follow a link with a payload; it unblocks the bot."""
    if not chat.is_private:
        raise NotPossible("a bot is started in its private chat")
    if not _PAYLOAD.fullmatch(payload):
        raise NotPossible("a payload has up to 64 of A-Z, a-z, 0-9, _ and -")
    if chat.blocked:
        block(world, chat, blocked=False)
    return send_text(world, person_id, chat, f"/start {payload}".strip())


def edit_text(world: World, person_id: int, chat: Chat, message_id: int, text: str) -> Message:
    """Edit an own message."""
    message = _message(chat, message_id, person_id)
    if message.sender != person_id or "text" not in message.content:
        raise NotPossible("only an own text message can be edited")
    value = cleaned(Formatted(text))
    message.content = {"text": value.text} | ({"entities": value.entities} if value.entities else {})
    message.edit_date = world.date()
    world.tell("edit", message)
    deliver(world, chat, message, "edited_message")
    return message


def delete(world: World, person_id: int, chat: Chat, message_ids: list[int]) -> None:
    """Delete for everyone: own messages, all in a private chat, any as an administrator."""
    messages = [_message(chat, number, person_id) for number in message_ids]
    may_all = chat.is_private or right(chat, person_id, "can_delete_messages")
    if any(message.sender != person_id and not may_all for message in messages):
        raise NotPossible("only an administrator deletes other people's messages")
    remove(world, chat, messages)


def press(world: World, person_id: int, chat: Chat, message_id: int, data: str) -> Press:
    """Press a button with this data; the answer comes when the bot gives it.

    The data need not be on the message: an old or a strange app can send anything.
    """
    message = chat.messages.get(message_id)
    if message is not None and message.receiver not in (None, person_id):
        raise NotPossible("this message is not yours")
    _check_present(chat, person_id)
    bots = world.bots_in(chat)
    sender = message.sender if message is not None else (bots[0].user.id if bots else 0)
    bot = world.state.bots.get(sender)
    if bot is None:
        raise NotPossible("no bot listens to this button")
    return callbacks.press(world, person_id, chat, bot, message_id, data)


def vote(world: World, person_id: int, chat: Chat, message_id: int, options: list[int]) -> Poll:
    """Vote in a poll; an empty list takes the vote back."""
    message = _message(chat, message_id, person_id)
    poll = world.state.polls.get(str(message.content.get("poll_id")))
    if poll is None:
        raise NotPossible("this message is no poll")
    _check_present(chat, person_id)
    polls.vote(world, poll, person_id, options, as_chat=chat.member(person_id).anonymous)
    return poll


def react(world: World, person_id: int, chat: Chat, message_id: int, emoji: str | None) -> None:
    """React to a message with one emoji; None takes it back. Bots get no update of it here."""
    message = _message(chat, message_id, person_id)
    message.reactions.pop(str(person_id), None)
    if emoji:
        message.reactions[str(person_id)] = [emoji]
    world.tell("edit", message)


def block(world: World, chat: Chat, *, blocked: bool) -> None:
    """Block or unblock the bot of a private chat."""
    if not chat.is_private:
        raise NotPossible("a bot is blocked in its private chat")
    if chat.blocked != blocked:
        chat.blocked = blocked
        tell_blocked(world, chat, blocked=blocked)


def show_typing(world: World, person_id: int, chat: Chat, topic: int | None = None) -> None:
    """Let the others in the chat see "typing …"."""
    user = world.user(person_id)
    data: Json = {
        "chat": chat.key,
        "topic": topic,
        "from": {"id": user.id, "name": user.name, "username": user.username, "is_bot": False},
        "action": "typing",
        "seconds": 5,
    }
    world.events.publish("action", data, world.people_in(chat) - {person_id})


def _message(chat: Chat, message_id: int, person_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None or message.receiver not in (None, person_id):
        raise NotPossible(f"there is no message {message_id} in this chat")
    return message


def _check_present(chat: Chat, person_id: int) -> None:
    if not chat.is_private and not chat.member(person_id).present:
        raise NotPossible("you are not in this group")
    if chat.is_private and chat.person_id != person_id:
        raise NotPossible("this is somebody else's chat")


def _check_may_write(chat: Chat, person_id: int, needs: str, topic: int | None, *, anonymous: bool) -> None:
    _check_present(chat, person_id)
    if chat.is_private:
        if chat.blocked:
            raise NotPossible("you blocked this bot")
        return
    if chat.migrated_to is not None:
        raise NotPossible("this group became a supergroup: write there")
    if not permission(chat, person_id, needs) or not permission(chat, person_id, "can_send_messages"):
        raise NotPossible("you may not send this here")
    if anonymous and not chat.member(person_id).is_admin:
        raise NotPossible("only administrators can be anonymous")
    if topic is not None:
        known = chat.topics.get(topic)
        if known is None:
            raise NotPossible(f"there is no topic {topic}")
        if known.closed and not chat.member(person_id).is_admin:
            raise NotPossible("this topic is closed")

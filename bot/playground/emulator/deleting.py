"""Messages go: who may take which away, and for how long.

Source: the Bot API's `deleteMessage` (48 hours, own and incoming messages in private chats, the
right to delete in groups); TDLib's words for refusals.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.playground.emulator.errors import bad_request
from bot.playground.emulator.registry import Request
from bot.playground.emulator.rights import right
from bot.playground.emulator.state import Chat, Message
from bot.playground.emulator.world import World

DELETABLE_SECONDS = 48 * 3600


def check_may_delete(request: Request, chat: Chat, message: Message) -> None:
    """Refuse what a bot cannot delete."""
    own = message.sender == request.bot.user.id
    may_all = not chat.is_private and right(chat, request.bot.user.id, "can_delete_messages")
    if may_all:
        return
    if not own and not chat.is_private:
        raise bad_request("Message can't be deleted")
    if request.world.clock() - message.date > DELETABLE_SECONDS:
        raise bad_request("Message can't be deleted for everyone")


def remove(world: World, chat: Chat, messages: Iterable[Message]) -> None:
    """Take messages out of the chat and tell the people in it."""
    ids = [message.id for message in messages]
    for number in ids:
        chat.messages.pop(number, None)
    chat.pinned = [pinned for pinned in chat.pinned if pinned not in ids]
    if ids:
        world.events.publish("delete", {"chat": chat.key, "messages": ids}, world.people_in(chat))

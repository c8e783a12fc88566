"""Which chat a call means, and whether the bot may do this there.

Source: `Client::check_chat`, `check_chat_access`, `check_message`; TDLib's
`can_send_message_content` for rights.
"""

from __future__ import annotations

from bot.playground.emulator.errors import bad_request, forbidden
from bot.playground.emulator.registry import Request
from bot.playground.emulator.rights import permission
from bot.playground.emulator.state import KICKED, SUPERGROUP, BotAccount, Chat, Message
from bot.playground.emulator.world import World

READ, MEMBERS, EDIT, WRITE = range(4)
"""How much access a method needs: to read, to see members, to edit, to send."""

_NOUNS = {
    "can_send_messages": "text messages",
    "can_send_photos": "photos",
    "can_send_documents": "documents",
    "can_send_polls": "polls",
    "can_send_other_messages": "stickers",
}


def chat_of(request: Request, access: int, name: str = "chat_id") -> Chat:
    """The chat that a parameter names, when the bot may use it so."""
    spelling = request.args.text(name)
    if not spelling:
        raise bad_request("chat_id is empty")
    chat = (
        _by_name(request, spelling)
        if spelling.startswith("@")
        else _by_id(request, request.args.integer(name))
    )
    if chat is None:
        raise bad_request("chat not found")
    check_access(request.world, request.bot, chat, access)
    return chat


def _by_name(request: Request, spelling: str) -> Chat | None:
    """A public group; people cannot be addressed by their names."""
    wanted = spelling[1:].lower()
    chats = request.world.state.chats.values()
    return next((chat for chat in chats if chat.username and chat.username.lower() == wanted), None)


def _by_id(request: Request, chat_id: int) -> Chat | None:
    world, bot = request.world, request.bot
    if chat_id < 0:
        chat = world.state.chats.get(str(chat_id))
        return chat if chat is not None and bot.user.id in chat.members else None
    if chat_id not in world.state.people:
        return None
    chat = world.private_chat(chat_id, bot.user.id)
    return chat if chat.started or _shares_group(world, bot, chat_id) else None


def _shares_group(world: World, bot: BotAccount, person_id: int) -> bool:
    """Whether the bot has met the person in a group."""
    return any(
        person_id in chat.members and bot.user.id in chat.members for chat in world.state.chats.values()
    )


def check_access(world: World, bot: BotAccount, chat: Chat, access: int) -> None:
    """Refuse what the bot may not do in the chat."""
    if chat.is_private:
        if access >= EDIT:
            _check_person(chat)
        return
    member = chat.member(bot.user.id)
    gone = not member.present
    if chat.kind == SUPERGROUP:
        if gone:
            raise forbidden(f"bot {_gone(member.status)} the supergroup chat")
        return
    if chat.migrated_to is not None and (access in (MEMBERS, WRITE)):
        words = "group chat was upgraded to a supergroup chat"
        raise bad_request(words, {"migrate_to_chat_id": world.state.chats[chat.migrated_to].id})
    if gone and access >= MEMBERS:
        raise forbidden(f"bot {_gone(member.status)} the group chat")


def _gone(status: str) -> str:
    return "was kicked from" if status == KICKED else "is not a member of"


def _check_person(chat: Chat) -> None:
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")


def check_may_send(request: Request, chat: Chat, name: str) -> None:
    """Refuse when the group or a restriction of the bot forbids this kind of message."""
    if chat.is_private:
        return
    bot_id = request.bot.user.id
    if not permission(chat, bot_id, name) or not permission(chat, bot_id, "can_send_messages"):
        noun = _NOUNS[name] if permission(chat, bot_id, "can_send_messages") else _NOUNS["can_send_messages"]
        noun = _NOUNS[name] if not permission(chat, bot_id, name) else noun
        raise bad_request(f"Not enough rights to send {noun} to the chat")


def message_of(request: Request, chat: Chat, what: str, name: str = "message_id") -> Message:
    """The message that a parameter names; `what` is its name in the refusal ("message to edit")."""
    message = chat.messages.get(request.args.message_id(name))
    if message is None or message.receiver is not None:
        raise bad_request(f"{what} not found")
    return message

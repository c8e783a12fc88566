"""Who is in a group: changes, the updates and service messages that tell of them, migration."""

from __future__ import annotations

from dataclasses import replace

from bot.playground.emulator.inbox import push
from bot.playground.emulator.posting import post_service
from bot.playground.emulator.render import chat_json, user_json
from bot.playground.emulator.rights import member_json, private_member_json
from bot.playground.emulator.state import SUPERGROUP, Chat, Json, Member
from bot.playground.emulator.world import World


def set_member(
    world: World,
    chat: Chat,
    actor: int,
    user_id: int,
    status: str,
    *,
    rights: dict[str, bool] | None = None,
    permissions: dict[str, bool] | None = None,
    anonymous: bool = False,
) -> None:
    """Change a member's place and tell everyone: the bots, the chat, the page. `actor` did it."""
    old = chat.member(user_id)
    new = Member(user_id, status, dict(rights or {}), dict(permissions or {}), anonymous)
    before = member_json(old, user_json(world.user(user_id)), chat)
    if not old.present and new.present:
        chat.members[user_id] = new
        _tell_bots(world, chat, actor, user_id, before)
        post_service(world, chat, actor, {"new_chat_members": [user_json(world.user(user_id))]})
    elif old.present and not new.present:
        chat.members[user_id] = new  # a bot that goes does not see the service message
        post_service(world, chat, actor, {"left_chat_member": user_json(world.user(user_id))})
        _tell_bots(world, chat, actor, user_id, before)
        if user_id in world.state.people:
            world.events.publish("gone", {"chat": chat.key}, frozenset((user_id,)))
    else:
        chat.members[user_id] = new
        _tell_bots(world, chat, actor, user_id, before)
    world.tell_chat(chat)


def _tell_bots(world: World, chat: Chat, actor: int, user_id: int, before: Json) -> None:
    """`my_chat_member` for the bot that it is about, `chat_member` for the bots that are administrators."""
    update: Json = {
        "chat": chat_json(world, chat),
        "from": user_json(world.user(actor)),
        "date": world.date(),
        "old_chat_member": before,
        "new_chat_member": member_json(chat.member(user_id), user_json(world.user(user_id)), chat),
    }
    about = world.state.bots.get(user_id)
    if about is not None:
        push(world, about, "my_chat_member", update)
    for bot in world.bots_in(chat):
        if bot.user.id != user_id and chat.member(bot.user.id).is_admin:
            push(world, bot, "chat_member", update)


def tell_blocked(world: World, chat: Chat, *, blocked: bool) -> None:
    """A person blocked or unblocked the bot: `my_chat_member` in the private chat."""
    bot = world.state.bots[chat.bot_id]
    bot_json = user_json(bot.user)
    statuses = [private_member_json(bot.user, bot_json, blocked=was) for was in (not blocked, blocked)]
    update: Json = {
        "chat": chat_json(world, chat),
        "from": user_json(world.user(chat.person_id)),
        "date": world.date(),
        "old_chat_member": statuses[0],
        "new_chat_member": statuses[1],
    }
    push(world, bot, "my_chat_member", update)
    world.tell_chat(chat)


def new_group_id(world: World, kind: str) -> int:
    """An id as Telegram gives them: supergroups begin with -100."""
    number = world.state.next_group_id
    world.state.next_group_id += 1
    return -(1_000_000_000_000 + 2_000_000_000 + number) if kind == SUPERGROUP else -(4_000_000_000 + number)


def migrate(world: World, chat: Chat, actor: int) -> Chat:
    """Make a supergroup of a group: a new chat with a new id; the old one is closed."""
    supergroup = Chat(
        key="",
        id=new_group_id(world, SUPERGROUP),
        kind=SUPERGROUP,
        title=chat.title,
        permissions=dict(chat.permissions),
        migrated_from=chat.key,
    )
    supergroup.key = str(supergroup.id)
    supergroup.members = {user_id: replace(member) for user_id, member in chat.members.items()}
    world.state.chats[supergroup.key] = supergroup
    post_service(world, chat, actor, {"migrate_to_chat_id": supergroup.id})
    chat.migrated_to = supergroup.key
    post_service(world, supergroup, actor, {"migrate_from_chat_id": chat.id})
    world.tell_chat(chat)
    world.tell_chat(supergroup)
    return supergroup

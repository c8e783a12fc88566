"""Groups on the chat page: making one, members and rights, topics, migration."""

from __future__ import annotations

from collections.abc import Callable

from bot.playground.emulator import acting
from bot.playground.emulator.chats import open_topic
from bot.playground.emulator.errors import NotPossible
from bot.playground.emulator.membership import migrate, set_member
from bot.playground.emulator.page_wish import Wish
from bot.playground.emulator.posting import post_service
from bot.playground.emulator.state import (
    ADMINISTRATOR,
    CREATOR,
    GROUP,
    KICKED,
    LEFT,
    MEMBER,
    RESTRICTED,
    SUPERGROUP,
    Chat,
    Json,
)


def _make(wish: Wish) -> Json:
    title = wish.text("title").strip()
    if not title:
        raise NotPossible("a group needs a title")
    ids = wish.numbers("members")
    people = wish.world.state.people
    owner = wish.telegram.person(wish.person)
    others = [wish.telegram.person(one) for one in ids if one in people and one != owner.id]
    supergroup = wish.flag("supergroup", default=True)
    group = wish.telegram.add_group(
        title, others, [owner], forum=wish.flag("forum"), supergroup=supergroup, bot=False
    )
    for one in ids:
        if one in wish.world.state.bots:
            group.change(one, MEMBER, by=owner.id)
    return {"chat": group.key}


def _group(wish: Wish) -> Chat:
    """The group of the wish, where the person need not be a member yet."""
    chat = wish.world.chat(wish.text("chat"))
    if chat.is_private:
        raise NotPossible("this is not a group")
    if chat.migrated_to is not None:
        raise NotPossible("this group became a supergroup")
    return chat


def _managed(wish: Wish) -> Chat:
    """The group, when the person is an administrator."""
    chat = _group(wish)
    if not chat.member(wish.person).is_admin:
        raise NotPossible("only administrators can do this")
    return chat


def _member(wish: Wish, chat: Chat) -> int:
    """The member of the wish, whom nobody but themselves can move when they own the group."""
    user_id = wish.number("member")
    wish.world.user(user_id)
    if chat.member(user_id).status == CREATOR:
        raise NotPossible("the owner stays the owner")
    return user_id


def _join(wish: Wish) -> Json:
    chat = _group(wish)
    if chat.member(wish.person).status == KICKED:
        raise NotPossible("you were removed from this group")
    if not chat.member(wish.person).present:
        set_member(wish.world, chat, wish.person, wish.person, MEMBER)
    return {}


def _leave(wish: Wish) -> Json:
    chat = _group(wish)
    if not chat.member(wish.person).present:
        raise NotPossible("you are not in this group")
    set_member(wish.world, chat, wish.person, wish.person, LEFT)
    return {}


def _add(wish: Wish) -> Json:
    chat = _group(wish)
    user_id = wish.number("member")
    user = wish.world.user(user_id)
    if not chat.member(wish.person).present:
        raise NotPossible("you are not in this group")
    if not chat.member(user_id).present:
        set_member(wish.world, chat, wish.person, user_id, MEMBER)
    payload = wish.maybe_text("payload")
    if payload and user.is_bot:
        acting.send_text(wish.world, wish.person, chat, f"/start@{user.username} {payload}")
    return {}


def _remove(wish: Wish) -> Json:
    chat = _managed(wish)
    set_member(wish.world, chat, wish.person, _member(wish, chat), KICKED)
    return {}


def _promote(wish: Wish) -> Json:
    chat = _managed(wish)
    anonymous = wish.flag("anonymous")
    if wish.number("member") == wish.person and chat.member(wish.person).status == CREATOR:
        chat.member(wish.person).anonymous = anonymous
        wish.world.tell_chat(chat)
        return {}
    rights = wish.switches("rights")
    set_member(
        wish.world, chat, wish.person, _member(wish, chat), ADMINISTRATOR, rights=rights, anonymous=anonymous
    )
    return {}


def _demote(wish: Wish) -> Json:
    chat = _managed(wish)
    set_member(wish.world, chat, wish.person, _member(wish, chat), MEMBER)
    return {}


def _restrict(wish: Wish) -> Json:
    chat = _managed(wish)
    permissions = wish.switches("permissions")
    if wish.body.get("member") is None:
        chat.permissions = permissions
        wish.world.tell_chat(chat)
        return {}
    status = RESTRICTED if permissions else MEMBER
    set_member(wish.world, chat, wish.person, _member(wish, chat), status, permissions=permissions)
    return {}


def _topic(wish: Wish) -> Json:
    chat = _group(wish)
    title = wish.text("title").strip()
    if chat.kind != SUPERGROUP or not chat.forum:
        raise NotPossible("this group has no topics")
    if not chat.member(wish.person).is_admin:
        raise NotPossible("only administrators can do this")
    if not title:
        raise NotPossible("a topic needs a title")
    return {"topic": open_topic(wish.world, chat, title, wish.person).id}


def _migrate(wish: Wish) -> Json:
    chat = _managed(wish)
    if chat.kind != GROUP:
        raise NotPossible("this is a supergroup already")
    return {"chat": migrate(wish.world, chat, wish.person).key}


def _title(wish: Wish) -> Json:
    chat = _managed(wish)
    title = wish.text("title").strip()
    if not title:
        raise NotPossible("a group needs a title")
    chat.title = title
    post_service(wish.world, chat, wish.person, {"new_chat_title": title})
    wish.world.tell_chat(chat)
    return {}


GROUP_ACTIONS: dict[str, Callable[[Wish], Json]] = {
    "group": _make,
    "group/join": _join,
    "group/leave": _leave,
    "group/add": _add,
    "group/remove": _remove,
    "group/promote": _promote,
    "group/demote": _demote,
    "group/restrict": _restrict,
    "group/topic": _topic,
    "group/migrate": _migrate,
    "group/title": _title,
}

"""A group in the words of a test: members, rights, topics, migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.emulator.acting import send_text
from bot.playground.emulator.chats import open_topic
from bot.playground.emulator.errors import NotPossible
from bot.playground.emulator.membership import migrate, set_member
from bot.playground.emulator.posting import post_service
from bot.playground.emulator.seen import Seen
from bot.playground.emulator.state import (
    ADMINISTRATOR,
    CREATOR,
    GROUP,
    KICKED,
    MEMBER,
    RESTRICTED,
    Chat,
)

if TYPE_CHECKING:
    from bot.playground.emulator.people import Person
    from bot.playground.emulator.telegram import Telegram


class Group:
    """A group chat. `by` is who does it: a user id, the owner when it is left out."""

    def __init__(self, telegram: Telegram, key: str) -> None:
        self.telegram = telegram
        self.key = key

    def __repr__(self) -> str:
        return f"<group {self.key} {self.chat.title!r}>"

    @property
    def chat(self) -> Chat:
        """Its record."""
        return self.telegram.world.chat(self.key)

    @property
    def id(self) -> int:
        """Its id in the Bot API."""
        return self.chat.id

    @property
    def owner(self) -> int:
        """The owner's user id."""
        return next(one.user_id for one in self.chat.members.values() if one.status == CREATOR)

    @property
    def messages(self) -> list[Seen]:
        """All messages, also ephemeral ones, oldest first."""
        return [Seen(self.telegram.world, message) for message in self.chat.messages.values()]

    def change(
        self,
        user_id: int,
        status: str,
        *,
        by: int | None = None,
        rights: dict[str, bool] | None = None,
        permissions: dict[str, bool] | None = None,
        anonymous: bool = False,
    ) -> None:
        """Give somebody another place in the group."""
        chat = self.chat
        if chat.migrated_to is not None:
            raise NotPossible("this group became a supergroup")
        set_member(
            self.telegram.world,
            chat,
            self.owner if by is None else by,
            user_id,
            status,
            rights=rights,
            permissions=permissions,
            anonymous=anonymous,
        )

    async def add(self, person: Person, by: int | None = None) -> None:
        """Bring somebody in."""
        self.change(person.id, MEMBER, by=by)

    async def remove(self, person: Person, by: int | None = None) -> None:
        """Throw somebody out."""
        self.change(person.id, KICKED, by=by)

    async def promote(self, person: Person, *, anonymous: bool = False, **rights: bool) -> None:
        """Make somebody an administrator; rights not named are the usual ones."""
        self.change(person.id, ADMINISTRATOR, rights=rights, anonymous=anonymous)

    async def demote(self, person: Person) -> None:
        """Make somebody an ordinary member."""
        self.change(person.id, MEMBER)

    async def restrict(self, person: Person, **permissions: bool) -> None:
        """Forbid somebody things (`can_send_polls=False`); nothing named lifts it."""
        self.change(person.id, RESTRICTED if permissions else MEMBER, permissions=permissions)

    async def add_bot(self, payload: str | None = None, by: int | None = None) -> None:
        """Bring the bot in; with a payload as from `t.me/<bot>?startgroup=<payload>`."""
        bot = self.telegram.bot
        adder = self.owner if by is None else by
        if not self.chat.member(bot.user.id).present:
            self.change(bot.user.id, MEMBER, by=adder)
        if payload is not None:
            text = f"/start@{bot.user.username} {payload}".strip()
            send_text(self.telegram.world, adder, self.chat, text)

    async def remove_bot(self, by: int | None = None) -> None:
        """Throw the bot out."""
        self.change(self.telegram.bot.user.id, KICKED, by=by)

    async def promote_bot(self, **rights: bool) -> None:
        """Make the bot an administrator."""
        self.change(self.telegram.bot.user.id, ADMINISTRATOR, rights=rights)

    async def demote_bot(self) -> None:
        """Make the bot an ordinary member."""
        self.change(self.telegram.bot.user.id, MEMBER)

    async def restrict_bot(self, **permissions: bool) -> None:
        """Forbid the bot things (`can_send_polls=False`)."""
        self.change(self.telegram.bot.user.id, RESTRICTED if permissions else MEMBER, permissions=permissions)

    async def set_permissions(self, **permissions: bool) -> None:
        """What members may do by default."""
        self.chat.permissions.update(permissions)
        self.telegram.world.tell_chat(self.chat)

    async def open_topic(self, title: str, by: int | None = None) -> int:
        """Open a forum topic; its `message_thread_id`."""
        if not self.chat.forum:
            raise NotPossible("this group has no topics")
        return open_topic(self.telegram.world, self.chat, title, self.owner if by is None else by).id

    async def migrate(self) -> Group:
        """Make a supergroup of it: the new group."""
        if self.chat.kind != GROUP or self.chat.migrated_to is not None:
            raise NotPossible("only a plain group becomes a supergroup")
        return Group(self.telegram, migrate(self.telegram.world, self.chat, self.owner).key)

    async def retitle(self, title: str) -> None:
        """Give it another title."""
        self.chat.title = title
        post_service(self.telegram.world, self.chat, self.owner, {"new_chat_title": title})
        self.telegram.world.tell_chat(self.chat)

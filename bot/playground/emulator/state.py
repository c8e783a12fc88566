"""Everything the emulated Telegram remembers, as plain data.

Nothing here acts: the other modules read and change these records, `storage` writes them down.
Times are Unix seconds on the emulator's clock. A `chat key` names a chat for everyone in it
(`"1001:700000001"` for a private chat, the chat id for a group); the Bot API sees `Chat.id`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

PRIVATE, GROUP, SUPERGROUP = "private", "group", "supergroup"

CREATOR = "creator"
ADMINISTRATOR = "administrator"
MEMBER = "member"
RESTRICTED = "restricted"
LEFT = "left"
KICKED = "kicked"

ANONYMOUS_ADMIN_ID = 1087968824
"""In `from` when an administrator speaks as the group."""


@dataclass
class User:
    """A person or a bot, as others see them."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    @property
    def name(self) -> str:
        """First and last name as shown above a message."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass
class Webhook:
    """Where a bot's updates are posted; no `url` means long polling."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class BotAccount:
    """A bot: its token, its texts and menus, and the updates it has not confirmed yet."""

    token: str
    user: User
    privacy: bool = True
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)
    administrator_rights: Json = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    next_update_id: int = 1
    allowed_updates: list[str] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)


@dataclass
class Member:
    """Somebody's place in a group; `rights` of an administrator, `permissions` of a restricted one."""

    user_id: int
    status: str = MEMBER
    rights: dict[str, bool] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False
    title: str | None = None

    @property
    def present(self) -> bool:
        """Whether they are in the group now."""
        return self.status not in (LEFT, KICKED)

    @property
    def is_admin(self) -> bool:
        """Whether they are the owner or an administrator."""
        return self.status in (CREATOR, ADMINISTRATOR)


@dataclass
class Message:
    """One message; `content` holds the Bot API fields that say what it is (text, photo, poll_id …).

    `receiver` is set for an ephemeral message, which only that person sees; its `id` is negative
    and `ephemeral_id` is the number that bots know; `hides` is the message that it stands in for.
    `locked` messages came with a reply keyboard: Telegram does not let them be edited.
    """

    chat: str
    id: int
    date: int
    sender: int
    content: Json
    as_chat: bool = False
    edit_date: int | None = None
    reply_to: int | None = None
    quote: Json | None = None
    thread: int | None = None
    markup: Json | None = None
    locked: bool = False
    forward: Json | None = None
    silent: bool = False
    protected: bool = False
    service: bool = False
    link_preview: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    receiver: int | None = None
    ephemeral_id: int | None = None
    hides: int | None = None


@dataclass
class Topic:
    """A forum topic; its id is the id of the message that opened it."""

    id: int
    title: str
    closed: bool = False


@dataclass
class Chat:
    """A conversation: between one person and one bot, or a group."""

    key: str
    id: int
    kind: str
    title: str = ""
    username: str | None = None
    person_id: int = 0
    bot_id: int = 0
    started: bool = False
    blocked: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)
    forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    next_message_id: int = 1
    next_ephemeral_id: int = 1
    pinned: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    migrated_to: str | None = None
    migrated_from: str | None = None

    @property
    def is_private(self) -> bool:
        """Whether this is one person's chat with one bot."""
        return self.kind == PRIVATE

    def member(self, user_id: int) -> Member:
        """The member's record; somebody who never was in the group counts as left."""
        return self.members.get(user_id) or Member(user_id, LEFT)


@dataclass
class Poll:
    """A native poll; `votes` maps a voter's user id to the options they chose."""

    id: str
    chat: str
    message: int
    bot_id: int
    question: Json
    options: list[Json]
    anonymous: bool
    quiz: bool
    multiple: bool
    revoting: bool
    correct: list[int] = field(default_factory=list)
    explanation: Json | None = None
    description: Json | None = None
    open_period: int | None = None
    close_date: int | None = None
    closed: bool = False
    hides_results: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)


@dataclass
class Press:
    """A pressed button: a callback query and what became of it."""

    id: str
    bot_id: int
    person_id: int
    chat: str
    message: int
    data: str
    time: float
    answered: bool = False
    expired: bool = False
    text: str | None = None
    alert: bool = False
    url: str | None = None


@dataclass
class StoredFile:
    """A file that somebody sent; `data` is its bytes in base64."""

    id: str
    unique_id: str
    name: str
    mime_type: str
    data: str
    size: int
    path: str
    bot_id: int
    kind: str
    width: int = 0
    height: int = 0


@dataclass
class State:
    """The root: all users, chats, polls, presses and files, and the counters for new ids."""

    api_version: str = "10.3"
    people: dict[int, User] = field(default_factory=dict)
    bots: dict[int, BotAccount] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    next_person_id: int = 1001
    next_bot_id: int = 7_000_000_001
    next_group_id: int = 1
    next_message_id: int = 1
    next_poll_id: int = 1
    next_press_id: int = 1
    next_file_id: int = 1

"""The running emulator: the state, the clock, and everything that only lives in this process."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from bot.playground.emulator.errors import NotPossible
from bot.playground.emulator.events import EventHub
from bot.playground.emulator.faults import Faults
from bot.playground.emulator.flood import FloodLimits
from bot.playground.emulator.state import BotAccount, Chat, Json, Message, State, User

CALLS_KEPT = 500
DELIVERIES_KEPT = 1000


@dataclass
class ApiCall:
    """One call of the Bot API as it was asked and answered.

    `doubts` lists what the real server swallows without a word: parameters that the method does not
    know, and values of another type than the Bot API's documentation says.
    """

    id: int
    time: float
    bot: int | None
    method: str
    parameters: Json
    files: list[str]
    status: int = 0
    ok: bool = False
    result: object = None
    description: str | None = None
    milliseconds: float = 0.0
    doubts: list[str] = field(default_factory=list)

    def plain(self) -> Json:
        """As JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Delivery:
    """One thing that reached a bot or a person: an update, a message, an answer."""

    time: float
    to: int
    kind: str
    data: Json


class World:
    """What all parts of the emulator share."""

    def __init__(self, state: State, now: Callable[[], datetime]) -> None:
        self.state = state
        self.now = now
        self.events = EventHub()
        self.faults = Faults()
        self.flood: FloodLimits | None = None
        self.calls: deque[ApiCall] = deque(maxlen=CALLS_KEPT)
        self.delivered: deque[Delivery] = deque(maxlen=DELIVERIES_KEPT)
        self.next_call_id = 1
        self.polling: dict[int, asyncio.Future[str]] = {}
        self.last_poll: dict[int, float] = {}
        self.online: dict[int, bool] = {}
        self.webhook_tasks: dict[int, asyncio.Task[None]] = {}
        self.wake: defaultdict[int, list[Callable[[], None]]] = defaultdict(list)

    @property
    def knows_ephemeral(self) -> bool:
        """Whether this server is new enough for ephemeral messages, as Bot API 10.3 has them."""
        return self._version >= (10, 3)

    @property
    def knows_descriptions(self) -> bool:
        """Whether polls have descriptions, several right answers and long periods, as since Bot API 9.6."""
        return self._version >= (9, 6)

    @property
    def _version(self) -> tuple[int, int]:
        major, _, minor = self.state.api_version.partition(".")
        return int(major), int(minor or 0)

    def clock(self) -> float:
        """Unix seconds now."""
        return self.now().timestamp()

    def date(self) -> int:
        """Unix seconds now, whole, as in messages."""
        return int(self.clock())

    def bot_by_token(self, token: str) -> BotAccount | None:
        """The bot with this token."""
        return next((bot for bot in self.state.bots.values() if bot.token == token), None)

    def user(self, user_id: int) -> User:
        """A person or a bot."""
        person = self.state.people.get(user_id)
        if person is not None:
            return person
        bot = self.state.bots.get(user_id)
        if bot is None:
            raise NotPossible(f"there is no user {user_id}")
        return bot.user

    def chat(self, key: str) -> Chat:
        """The chat with this key."""
        chat = self.state.chats.get(key)
        if chat is None:
            raise NotPossible(f"there is no chat {key!r}")
        return chat

    def private_chat(self, person_id: int, bot_id: int) -> Chat:
        """The person's chat with the bot; made when they open it for the first time."""
        key = f"{person_id}:{bot_id}"
        chat = self.state.chats.get(key)
        if chat is None:
            chat = Chat(key, person_id, "private", person_id=person_id, bot_id=bot_id)
            self.state.chats[key] = chat
        return chat

    def open_private_chats(self, person_id: int) -> None:
        """Let there be a person's chat with each bot, as in an app: even before a word was said."""
        for bot_id in self.state.bots:
            self.private_chat(person_id, bot_id)

    def people_in(self, chat: Chat) -> frozenset[int]:
        """The people (not bots) who see the chat now."""
        if chat.is_private:
            return frozenset((chat.person_id,))
        people = self.state.people
        return frozenset(
            member.user_id for member in chat.members.values() if member.present and member.user_id in people
        )

    def bots_in(self, chat: Chat) -> list[BotAccount]:
        """The bots in the chat."""
        if chat.is_private:
            return [self.state.bots[chat.bot_id]]
        present = [member.user_id for member in chat.members.values() if member.present]
        return [self.state.bots[user_id] for user_id in present if user_id in self.state.bots]

    def tell(self, kind: str, message: Message) -> None:
        """Publish an event about a message to those who see it."""
        chat = self.state.chats[message.chat]
        audience = self.people_in(chat)
        if message.receiver is not None:
            audience &= {message.receiver}
        self.events.publish(kind, {"chat": chat.key, "message": message.id}, audience)

    def tell_chat(self, chat: Chat) -> None:
        """Publish that a chat changed (members, title, menu …)."""
        self.events.publish("chat", {"chat": chat.key}, self.people_in(chat))

"""Telegram in memory: people, bots, groups, and the Bot API's methods."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.playground.emulator import storage, webhooks
from bot.playground.emulator.calling import call
from bot.playground.emulator.errors import NotPossible
from bot.playground.emulator.events import EventHub
from bot.playground.emulator.faults import Faults
from bot.playground.emulator.flood import FloodLimits
from bot.playground.emulator.groups import Group
from bot.playground.emulator.membership import new_group_id
from bot.playground.emulator.parameters import Arguments
from bot.playground.emulator.people import Person
from bot.playground.emulator.posting import post_service
from bot.playground.emulator.state import (
    ADMINISTRATOR,
    CREATOR,
    GROUP,
    MEMBER,
    SUPERGROUP,
    BotAccount,
    Chat,
    Json,
    Member,
    State,
    User,
)
from bot.playground.emulator.ticking import tick
from bot.playground.emulator.uploads import UploadedFile
from bot.playground.emulator.views import person_view
from bot.playground.emulator.world import ApiCall, Delivery, World


class Telegram:
    """The emulator. `now` is its clock (an aware datetime); `flood` switches Telegram's limits on.

    `api_version` is the Bot API version that it plays: below 10.3 it knows no ephemeral messages, below 9.6
    no descriptions of polls.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        api_version: str = "10.3",
        flood: bool = False,
        state: State | None = None,
    ) -> None:
        self.world = World(state or State(api_version=api_version), now)
        self.world.flood = FloodLimits() if flood else None

    @classmethod
    def load(cls, data: bytes, *, now: Callable[[], datetime], flood: bool = False) -> Telegram:
        """The emulator that `dump` wrote: chats, ids and undelivered updates."""
        return cls(now=now, flood=flood, state=storage.load(data))

    def dump(self) -> bytes:
        """Everything that must survive a restart."""
        return storage.dump(self.world.state)

    @property
    def events(self) -> EventHub:
        """The event stream."""
        return self.world.events

    @property
    def faults(self) -> Faults:
        """Trouble to come."""
        return self.world.faults

    @property
    def pending_updates(self) -> int:
        """How many updates no bot has confirmed yet: while there are any, an answer may be on its way."""
        return sum(len(bot.updates) for bot in self.world.state.bots.values())

    @property
    def calls(self) -> Sequence[ApiCall]:
        """The last calls, oldest first."""
        return self.world.calls

    @property
    def delivered(self) -> Sequence[Delivery]:
        """What reached bots and people last: updates, messages, answers; oldest first."""
        return self.world.delivered

    @property
    def bot(self) -> BotAccount:
        """The first bot."""
        bots = list(self.world.state.bots.values())
        if not bots:
            raise NotPossible("there is no bot yet")
        return bots[0]

    @property
    def people(self) -> list[Person]:
        """Everyone, in the order in which they came."""
        return [Person(self, user_id) for user_id in self.world.state.people]

    @property
    def groups(self) -> list[Group]:
        """All groups."""
        return [Group(self, chat.key) for chat in self.world.state.chats.values() if not chat.is_private]

    def add_bot(self, token: str, username: str, name: str) -> BotAccount:
        """A new bot; the number before the token's colon is its id, as in Telegram."""
        state = self.world.state
        spelled = token.partition(":")[0]
        bot_id = int(spelled) if spelled.isdecimal() else state.next_bot_id
        if self.world.bot_by_token(token) is not None or bot_id in state.bots:
            raise NotPossible("there is a bot with this token")
        state.next_bot_id = max(state.next_bot_id, bot_id + 1)
        bot = BotAccount(token, User(bot_id, name, username=username, is_bot=True))
        state.bots[bot_id] = bot
        self.events.publish("bot", {"bot": bot_id})
        return bot

    def add_person(
        self,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str = "en",
    ) -> Person:
        """Somebody new."""
        state = self.world.state
        user = User(state.next_person_id, first_name, last_name or None, username or None, language_code)
        state.next_person_id += 1
        state.people[user.id] = user
        self.events.publish("person", {"person": user.id})
        return Person(self, user.id)

    def person(self, person_id: int) -> Person:
        """The person with this id."""
        if person_id not in self.world.state.people:
            raise NotPossible(f"there is no person {person_id}")
        return Person(self, person_id)

    def add_group(
        self,
        title: str,
        members: Sequence[Person] = (),
        admins: Sequence[Person] = (),
        *,
        forum: bool = False,
        supergroup: bool = True,
        bot: bool = True,
    ) -> Group:
        """A new group; its owner is the first administrator, or the first member.

        The bot is added by the owner unless `bot` is false; it hears of it by updates.
        """
        everyone = [*admins, *members]
        if not everyone:
            raise NotPossible("a group needs at least one person")
        kind = SUPERGROUP if supergroup or forum else GROUP
        chat_id = new_group_id(self.world, kind)
        chat = Chat(str(chat_id), chat_id, kind, title, forum=forum)
        for person in everyone:
            chat.members[person.id] = Member(person.id, ADMINISTRATOR if person in admins else MEMBER)
        chat.members[everyone[0].id].status = CREATOR
        self.world.state.chats[chat.key] = chat
        created = "supergroup_chat_created" if kind == SUPERGROUP else "group_chat_created"
        post_service(self.world, chat, everyone[0].id, {created: True})
        self.world.tell_chat(chat)
        group = Group(self, chat.key)
        if bot:
            group.change(self.bot.user.id, MEMBER)
        return group

    def tick(self) -> None:
        """Do what is due by the clock (polls close, presses expire); calls do it by themselves."""
        tick(self.world)

    def view(self, person_id: int) -> Json:
        """Everything as that person sees it, ready for JSON (docs/playground.md, `State`)."""
        return person_view(self.world, person_id)

    async def resume(self) -> None:
        """Go on posting to webhooks after `load`; needs the event loop that will run them."""
        for bot in self.world.state.bots.values():
            webhooks.resume(self.world, bot)

    async def close(self) -> None:
        """Stop what runs in the background."""
        tasks = list(self.world.webhook_tasks.values())
        self.world.webhook_tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def call(
        self,
        token: str,
        method: str,
        parameters: Mapping[str, object] | None = None,
        files: Mapping[str, UploadedFile] | None = None,
    ) -> tuple[int, Json]:
        """Call a method of the Bot API: the HTTP status and the answer's body.

        ConnectionLost when a fault says that the caller learns nothing; it is a TimeoutError too when
        the call had no effect.
        """
        return await call(self.world, token, method, Arguments(parameters or {}, files))

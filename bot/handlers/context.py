"""What every handler is given: the clock, the bank, and a transaction that notes its update."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.bank import Bank
from bot.clock import Clock
from bot.db import Database, Session, worked_updates
from bot.games import Games
from bot.handlers.pictures import Pictures
from bot.services import asking


@dataclass(slots=True)
class House:
    """What handlers need of the rest, wired once in `app`."""

    database: Database
    asking: asking.House
    clock: Clock
    games: Games
    started_at: datetime
    pictures: Pictures = field(default_factory=Pictures)
    failures: dict[int, Exception] = field(default_factory=dict)
    """update_id -> why it was not worked off; the one who handed it in takes it from here."""
    errors: Counter[str] = field(default_factory=Counter)
    """What went wrong while updates were worked off, by kind, for the metrics."""
    admins: dict[int, tuple[datetime, frozenset[int]]] = field(default_factory=dict)
    """chat -> when its admins were asked for, and who they are."""
    knows_private: bool | None = None
    """Whether the server knows messages that one member sees; None until it was asked."""


Bot = ExtBot[Any]
BotApplication = Application[Bot, "BotContext", dict[Any, Any], dict[Any, Any], House, Any]


class Repeated(Exception):
    """The update was worked off before: it changes nothing a second time."""


class BotContext(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], House]):
    """A handler's context for one update."""

    update_id: int = 0
    user_id: int = 0
    is_command: bool = False
    _noted: bool = False

    @classmethod
    def from_update(cls, update: object, application: Any) -> BotContext:
        """Note whose update it is."""
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.update_id = update.update_id
            context.user_id = update.effective_user.id if update.effective_user else 0
            context.is_command = bool(update.message and (update.message.text or "").startswith("/"))
        return context

    @property
    def house(self) -> House:
        """Give what `app` wired."""
        return self.bot_data

    @property
    def bank(self) -> Bank:
        """Give the question bank."""
        return self.bot_data.asking.bank

    def now(self) -> datetime:
        """Tell the present moment."""
        return self.bot_data.clock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """Open a transaction that changes something; the first one notes the update.

        A command that comes again after a restart is worked off again: the process that noted it may have
        died before it replied, and whoever sent it waits. To say a command twice changes nothing more; a
        press can simply be repeated.

        Raises:
            Repeated: when the update was worked off before.
            Unavailable: when the database is away.
        """
        anew_before = self.house.started_at if self.is_command else None
        async with self.house.database.transaction() as session:
            if not self._noted and not await worked_updates.record(
                session, self.update_id, self.now(), anew_before=anew_before
            ):
                raise Repeated
            yield session
        self._noted = True

    @asynccontextmanager
    async def rating(self) -> AsyncIterator[Session]:
        """Open a transaction whose own rows make a repetition harmless: a press on a card.

        It takes no note of the update, so that a repeated press still shows its result.
        """
        async with self.house.database.transaction() as session:
            yield session

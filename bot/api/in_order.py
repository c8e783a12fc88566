"""Works updates off: many at once, one user's one after another.

In goes an update, from polling or from the webhook; done it is when its work is done.
After an update that could not be worked off because the database was away, those of the
same user that already wait behind it are sent back too: they come again, in their order.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from telegram import Bot, Update
from telegram._utils.types import JSONDict

from bot.api.errors import UnavailableError
from bot.precedence import Precedence

LIMIT = 256
"""Updates in work at once: most of their time they wait for Telegram, not for us."""

DEADLINE = 50.0
"""Seconds for one update; a webhook's caller waits a minute, and no update may stop the rest."""

LARGEST_ID = 2**63 - 1
"""What a database's BIGINT holds; Telegram's own ids have 52 bits."""

COMMAND = re.compile(r"/\w{1,32}(?:@\w{1,32})?(?=\s|$)", re.ASCII)

UNREAD = frozenset(
    {
        "caption_entities",
        "entities",
        "from",
        "link_preview_options",
        "photo",
        "reply_markup",
        "reply_to_message",
    }
)
"""What nobody reads of a message whose button was pressed (it is our own), and the library makes objects of:
twenty of them for a card."""

UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the library raises at a field that is missing or of another type."""

ids_in_hand: ContextVar[Mapping[str, int] | None] = ContextVar("ids_in_hand", default=None)
"""`update_id`, `user_id` and `chat_id` of the update that this task works off: log lines carry them."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Worked:
    """What became of the updates since the start, for the metrics."""

    done: int = 0
    failed: int = 0
    sent_back: int = 0
    unreadable: int = 0


@dataclass(slots=True)
class _Queue:
    """One user's turn; `setbacks` counts the updates that could not be worked off."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    setbacks: int = 0
    members: int = 0


class InOrder:
    """The door that every update goes through.

    Args:
        work_off: does an update's work; raises UnavailableError if it must come again.
        precedence: is told when an update needs this process.
        limit: updates in work at once.
        deadline: seconds after which an update's work is given up.
    """

    def __init__(
        self,
        work_off: Callable[[Update], Awaitable[None]],
        precedence: Precedence | None = None,
        *,
        limit: int = LIMIT,
        deadline: float = DEADLINE,
    ) -> None:
        self.worked = Worked()
        self._work_off = work_off
        self._precedence = precedence or Precedence()
        self._places = asyncio.Semaphore(limit)
        self._deadline = deadline
        self._queues: dict[Hashable, _Queue] = {}
        self._inside = 0

    @property
    def inside(self) -> int:
        """How many updates are in work or wait for their turn."""
        return self._inside

    async def submit(self, update: Update) -> None:
        """Work an update off when its user's earlier ones are done.

        Raises:
            UnavailableError: it, or an earlier one of its user, must come again first.
            TimeoutError: its work took too long and was cancelled.
            Exception: whatever the work raised.
        """
        key = _owner(update)
        queue = self._queues.setdefault(key, _Queue())
        setbacks = queue.setbacks
        queue.members += 1
        self._inside += 1
        try:
            async with queue.turn:
                if queue.setbacks != setbacks:
                    raise UnavailableError("an earlier update of the same user comes first")
                async with self._places, asyncio.timeout(self._deadline):
                    with self._precedence.working():
                        await self._work_off(update)
        except (UnavailableError, asyncio.CancelledError):
            queue.setbacks += 1
            raise
        finally:
            self._inside -= 1
            queue.members -= 1
            if not queue.members:
                del self._queues[key]

    async def settle(self, update: Update) -> bool:
        """Work an update off; an unexpected error is logged here, once, and the bot goes on.

        Returns:
            False if the update must come again.
        """
        token = ids_in_hand.set(_ids(update))
        try:
            await self.submit(update)
        except UnavailableError:
            self.worked.sent_back += 1
            return False
        except Exception:
            self.worked.failed += 1
            log.exception("update %s failed", update.update_id)
        else:
            self.worked.done += 1
        finally:
            ids_in_hand.reset(token)
        return True

    def read(self, raw: JSONDict, bot: Bot) -> Update | None:
        """Make an Update of what Telegram sent and `has_id` accepts.

        Returns:
            None if it cannot be done, which is logged and counted: it would be no better the next time.
        """
        try:
            update = Update.de_json(_with_command(_without_unread(raw)), bot)
            if _is_sound(update):
                return update
            reason = "an id is missing or no number"
        except UNREADABLE as error:
            reason = type(error).__name__  # its text could quote the user
        self.worked.unreadable += 1
        log.warning("update %s cannot be read: %s", raw["update_id"], reason)
        return None


def has_id(raw: object) -> bool:
    """Say whether something that was sent is an update at all: an object with a number."""
    return isinstance(raw, dict) and _is_id(raw.get("update_id"))


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_ID


def _is_sound(update: Update) -> bool:
    """Say whether what everything is kept under is there: a message's chat, and ids that are numbers.

    The library takes whatever stands in a field for its value.
    """
    user, chat, sender = update.effective_user, update.effective_chat, update.effective_sender
    if chat is None and update.effective_message is not None:
        return False
    return all(_is_id(party.id) for party in (user, chat, sender) if party is not None)


def _ids(update: Update) -> dict[str, int]:
    ids = {"update_id": update.update_id}
    if update.effective_user:
        ids["user_id"] = update.effective_user.id
    if update.effective_chat:
        ids["chat_id"] = update.effective_chat.id
    return ids


def _with_command(raw: JSONDict) -> JSONDict:
    """Mark a command that the server has not marked: Telegram always does, a simple emulator may not."""
    message = raw.get("message")
    if not isinstance(message, dict) or "entities" in message:
        return raw
    found = COMMAND.match(text) if isinstance(text := message.get("text"), str) else None
    if found is None:
        return raw
    mark = {"type": "bot_command", "offset": 0, "length": found.end()}
    return {**raw, "message": {**message, "entities": [mark]}}


def _without_unread(raw: JSONDict) -> JSONDict:
    """Leave out of a pressed message what nobody reads."""
    query = raw.get("callback_query")
    if not isinstance(query, dict) or not isinstance(message := query.get("message"), dict):
        return raw
    read = {name: value for name, value in message.items() if name not in UNREAD}
    return {**raw, "callback_query": {**query, "message": read}}


def _owner(update: Update) -> Hashable:
    """Return whose order an update belongs to: its sender's, else its chat's, else nobody's.

    An anonymous admin and a channel that writes in a group are chats: the user that Telegram names beside
    them is the same for all of them everywhere.
    """
    if update.effective_sender:
        return update.effective_sender.id
    if update.effective_chat:
        return update.effective_chat.id
    return update.poll.id if update.poll else (update.update_id,)

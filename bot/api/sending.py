"""Sending broadcasts: a Screen, or a Copy of one, goes out past the objects; what became of it comes back.

The library's object layer costs four times the request itself and a broadcast needs none of
it. Nothing is retried here: whoever sends knows best when to try again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import orjson
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest

from bot.api.copies import Copy
from bot.api.errors import ConnectionCut, NotSent, seconds_of
from bot.api.limiter import Limiter, NoTurn
from bot.api.lines import Lane
from bot.api.markup import payload
from bot.api.transport import post_encoded
from bot.rendering.screen import Screen

NO_CHAT = ("chat not found", "user not found", "peer_id_invalid", "group chat was deleted")
"""The chat does not exist (any more), whatever the status."""

NO_RIGHT = ("not enough rights", "have no rights", "no write access", "write_forbidden", "user_is_blocked")
"""The bot is in the chat and may not write there: some of these come as 400, some as 403.

Source of both: `Client::fail_query_with_error` and `Client::check_chat_access` of the Bot API server.
"""


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    BLOCKED = "blocked"
    """The chat does not want the bot, or is deactivated: stop, until someone there writes again."""
    GONE = "gone"
    """There is no such chat: stop for good."""
    MIGRATED = "migrated"
    """The group has a new id: send it there."""
    REFUSED = "refused"
    """Telegram does not take this message, and never will."""
    LATER = "later"
    """Nothing has arrived: try again."""
    UNKNOWN = "unknown"
    """It may have arrived: the answer did not."""


class Sent(NamedTuple):
    """What became of one message.

    message_id: of the message, if it was sent.
    new_chat_id: of the group, if it migrated.
    retry_after: seconds to wait, if Telegram said so.
    description: Telegram's words, or the connection's; never with the token.
    """

    outcome: Outcome
    message_id: int | None = None
    new_chat_id: int | None = None
    retry_after: float | None = None
    description: str = ""


def outcome_of(error: TelegramError) -> Outcome:
    """Say what an error of the library means for the message that met it."""
    text = error.message.lower()
    match error:
        case ChatMigrated():
            return Outcome.MIGRATED
        case Forbidden() | BadRequest() if any(words in text for words in NO_CHAT):
            return Outcome.GONE
        case Forbidden():
            return Outcome.BLOCKED
        case BadRequest():
            return Outcome.BLOCKED if any(words in text for words in NO_RIGHT) else Outcome.REFUSED
        case NotSent() | RetryAfter():
            return Outcome.LATER
        case TimedOut() | ConnectionCut():
            return Outcome.UNKNOWN
    # An answer that cannot be read is a bare TelegramError, and came with 200. What is left are
    # 5xx, 409 and 401 (a token that was revoked: nothing is lost while the operator mends it).
    return Outcome.UNKNOWN if type(error) is TelegramError else Outcome.LATER


class Sender:
    """Sends screens in the lane of the broadcasts.

    Args:
        request: the transport.
        base_url: the API's address with the token, as `Bot.base_url` gives it.
        limiter: the one that answers use too; its rate decides whether broadcasts are paid ones.
    """

    def __init__(self, request: BaseRequest, base_url: str, limiter: Limiter) -> None:
        self._request = request
        self._url = f"{base_url}/sendMessage"
        self._limiter = limiter

    async def send(
        self, chat_id: int, message: Screen | Copy, *, thread_id: int | None = None, silent: bool = False
    ) -> Sent:
        """Wait for a turn, send, and say what became of it.

        Args:
            chat_id: a user, group or channel.
            message: the text and its buttons.
            thread_id: of a forum's topic.
            silent: without a sound.

        Returns:
            The outcome; errors of Telegram and of the network never raise.
        """
        fields: dict[str, int] = {"chat_id": chat_id}
        if thread_id is not None:
            fields["message_thread_id"] = thread_id
        if silent:
            fields["disable_notification"] = True
        if self._limiter.is_paid:
            fields["allow_paid_broadcast"] = True
        encoded = message.encoded() if isinstance(message, Copy) else orjson.dumps(payload(message))
        try:
            await self._limiter.acquire(chat_id, Lane.BROADCAST)
        except NoTurn as error:
            return Sent(Outcome.LATER, retry_after=error.seconds, description=str(error))
        if self._limiter.precedence.is_claimed:  # asked here, it costs a message no coroutine
            await self._limiter.precedence.give_way()
        try:
            # Two JSON objects become one.
            body = b"%b,%b" % (orjson.dumps(fields)[:-1], encoded[1:])
            answer = await post_encoded(self._request, self._url, body)
        except RetryAfter as error:
            wait = seconds_of(error)
            self._limiter.flooded(chat_id, wait)
            return Sent(Outcome.LATER, retry_after=wait, description=error.message)
        except TelegramError as error:
            new_chat_id = error.new_chat_id if isinstance(error, ChatMigrated) else None
            return Sent(outcome_of(error), new_chat_id=new_chat_id, description=error.message)
        return Sent(Outcome.SENT, message_id=answer["message_id"])

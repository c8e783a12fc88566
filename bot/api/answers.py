"""python-telegram-bot's own calls go through the limiter here, in the lane of the answers.

A person waits for the answer, and has no way to ask Telegram for it again: it waits for its turn, sits
out a 429 and is sent again when the line breaks, as long as the patience lasts. Then it is given
up with the library's exception.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from telegram._utils.types import JSONDict
from telegram.error import NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.api.errors import FloodWait, is_worth_repeating, seconds_of
from bot.api.limiter import Limiter, NoTurn
from bot.api.lines import Lane

PATIENCE = 30.0
"""Seconds that a message may wait in all, for its turn and for Telegram's 429s and failures. With the
call itself it fits into the deadline of an update (`in_order.DEADLINE`)."""

SHORT_PATIENCE = 5.0
"""Seconds for a call that leaves no message, such as the answer to a tap: soon nobody looks any more."""

FIRST_PAUSE = 0.5
"""Seconds before a call is made again; they double."""

COUNTED = ("send", "edit", "copy", "forward", "stopPoll")
"""Methods that begin like this put or change a message in a chat, and count with Telegram."""

UNCOUNTED = frozenset({"sendChatAction", "sendMessageDraft", "editForumTopic", "editGeneralForumTopic"})
"""Exceptions: they leave no message."""

UNREAD = frozenset({"editMessageText"})
"""Methods whose answer nobody reads: it is the message that was just written, and the library's object of it
costs as much as the call."""

Answer = bool | JSONDict | list[JSONDict]


class AnswerLimiter(BaseRateLimiter[float]):
    """Rate limiter of an ExtBot.

    A call may bring its own patience in seconds as `rate_limit_args`, such as a group's quiz
    that no one is holding a finger on.

    Args:
        limiter: the one that broadcasts use too.
        patience: seconds for a message, when a call does not say otherwise.
        monotonic, sleep: the same clock as the limiter's.
    """

    def __init__(
        self,
        limiter: Limiter,
        *,
        patience: float = PATIENCE,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limiter = limiter
        self._patience = patience
        self._monotonic = monotonic
        self._sleep = sleep

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: float | None,
    ) -> Answer:
        """Make a call when its turn comes, and again after a short 429 or a broken line.

        Raises:
            RetryAfter: the wait would outlast the patience.
            NetworkError: no try succeeded within the patience, or there was no answer for too long.
        """
        with self._limiter.precedence.elsewhere():
            return await self._call(partial(callback, *args, **kwargs), endpoint, data, rate_limit_args)

    async def _call(
        self,
        callback: Callable[[], Coroutine[Any, Any, Answer]],
        endpoint: str,
        data: dict[str, Any],
        patience: float | None,
    ) -> Answer:
        chat_id = counted_chat(endpoint, data)
        usual = self._patience if chat_id is not None else SHORT_PATIENCE
        deadline = self._monotonic() + (usual if patience is None else patience)
        pause = FIRST_PAUSE
        while True:
            if chat_id is not None:
                await self._turn(chat_id, deadline)
            try:
                answer = await callback()
            except RetryAfter as error:
                wait = seconds_of(error)
                if chat_id is not None:
                    self._limiter.flooded(chat_id, wait)
                if self._monotonic() + wait > deadline:
                    raise
                if chat_id is None:
                    await self._sleep(wait)
            except NetworkError as error:
                # Who starts the bot has a longer breath of its own.
                if (
                    endpoint == "getMe"
                    or not is_worth_repeating(error)
                    or self._monotonic() + pause > deadline
                ):
                    raise
                await self._sleep(pause)
                pause *= 2
            else:
                # True is what Telegram itself says to the edit of an inline message.
                return True if endpoint in UNREAD else answer

    async def _turn(self, chat_id: int | str, deadline: float) -> None:
        try:
            await self._limiter.acquire(chat_id, Lane.ANSWER, patience=max(0.0, deadline - self._monotonic()))
        except NoTurn as error:
            raise FloodWait(max(1, round(error.seconds))) from None


def counted_chat(endpoint: str, data: dict[str, Any]) -> int | str | None:
    """Return the chat whose allowance a call uses, or None if it counts for no chat.

    Answers to a tap, lists of commands and questions to Telegram pass: nobody's chat is filled.
    """
    if not endpoint.startswith(COUNTED) or endpoint in UNCOUNTED:
        return None
    chat_id = data.get("chat_id")
    if isinstance(chat_id, str):
        return int(chat_id) if chat_id.lstrip("-").isdecimal() else chat_id
    return chat_id

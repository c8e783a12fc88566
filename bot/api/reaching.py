"""The first calls of a start: made again until Telegram answers, however long that takes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.api.errors import is_refusal, seconds_of

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before the next try; the last one again and again."""

log = logging.getLogger(__name__)


async def until_it_arrives(call: Callable[[], Awaitable[object]]) -> None:
    """Make a call until it is answered, with one line in the log when it has to wait.

    Args:
        call: makes it; does no harm when it is made twice.

    Raises:
        InvalidToken, BadRequest: Telegram refuses it, and would the next time too.
    """
    attempt = 0
    while True:
        try:
            await call()
        except TelegramError as error:
            if isinstance(error, BadRequest) or (isinstance(error, InvalidToken) and is_refusal(error)):
                raise
            wait = PAUSES[min(attempt, len(PAUSES) - 1)]
            if isinstance(error, RetryAfter):
                wait = max(wait, seconds_of(error))
            if attempt == 0:
                log.warning("Telegram cannot be reached, trying again: %s", error)
            attempt += 1
            await asyncio.sleep(wait)
        else:
            return

"""What can go wrong at the edge, finer than the library says it.

python-telegram-bot knows TimedOut and NetworkError. A broadcast must also know whether
the request can have arrived: asking again after `NotSent` repeats nothing, asking
again after `ConnectionCut` may. All of them are caught where the library's own are.
"""

from __future__ import annotations

import datetime as dt

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut


class UnavailableError(Exception):
    """An update cannot be worked off now: the database cannot be reached. It must come again."""


class NotSent(NetworkError):
    """No connection could be made: nothing was written, nothing has arrived."""


class NotSentInTime(NotSent, TimedOut):
    """No connection could be made, or became free, within the time allowed."""


class ConnectionCut(NetworkError):
    """The connection broke after the request was begun: it may have arrived."""


class FloodWait(RetryAfter):
    """Telegram's 429, whose `retry_after` is a timedelta whatever the environment says.

    The library's own warns about a change of type on every reading.
    """

    @property
    def retry_after(self) -> dt.timedelta:
        """How long Telegram wants to be left alone."""
        return self._retry_after


def seconds_of(error: RetryAfter) -> float:
    """Say how many seconds a 429 asks to wait, in either form that the library gives."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)


def is_worth_repeating(error: NetworkError) -> bool:
    """Tell whether an answer is to be sent again: it did not arrive, or the line broke and nobody knows.

    Twice is better than never: a copy of a card is the same ask, an edit made twice changes nothing.
    After a silence of many seconds it is too late for that.
    """
    return isinstance(error, NotSent) or not isinstance(error, BadRequest | TimedOut)


def is_refusal(error: InvalidToken) -> bool:
    """Tell Telegram's own 401 or 404 from the page of something in between, such as a proxy's 404.

    The library calls all of them InvalidToken; what could not be read is the cause of the latter.
    """
    cause = error.__cause__
    while isinstance(cause, InvalidToken):
        cause = cause.__cause__
    return cause is None

"""What every part of a stop must know: its signals, its time, and what is done before there is a loop.

Python imports for a second or more, in which nobody listens yet.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping

SIGNALS = (signal.SIGTERM, signal.SIGINT)

SECONDS = 8.5
"""From the signal to the last connection's end: Docker kills after ten. What takes updates in and what works
on what is due wind down beside each other, within WIND_DOWN_SECONDS; the rest closes what both use."""

WIND_DOWN_SECONDS = 7.0

log = logging.getLogger(__name__)


def end_at_once() -> None:
    """From now on end with 0 at SIGTERM or SIGINT, without a traceback, until a loop takes them over."""
    for number in SIGNALS:
        signal.signal(number, _end)


async def close_in_order(closings: Mapping[str, Callable[[], Awaitable[None]]], *, by: float) -> None:
    """Close one after the other, and break off what takes too long: the rest ends with the process.

    Args:
        closings: what closes, by the name of what it closes.
        by: a moment of the monotonic clock.
    """
    for name, close in closings.items():
        try:
            async with asyncio.timeout(by - time.monotonic()):
                await close()
        except TimeoutError:
            log.warning("%s could not be closed in time", name)


def _end(*_: object) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # a second one must not disturb the end
    sys.exit(0)

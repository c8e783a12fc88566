"""A stop before there is a loop to stop: while Python still imports, which takes a second or more."""

from __future__ import annotations

import signal
import sys

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def end_at_once() -> None:
    """From now on end with 0 at SIGTERM or SIGINT, without a traceback, until a loop takes them over."""
    for number in SIGNALS:
        signal.signal(number, _end)


def _end(*_: object) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # a second one must not disturb the end
    sys.exit(0)

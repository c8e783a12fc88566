"""Starts bots fast: everything is imported once, and each bot is a fork. `python -m tests.crash.nursery`.

A line on standard input starts a bot, whose process id is the answer; `NAME=value` words in it are added to
its environment. When the input ends, the bots do too.
Nothing but paces is changed: leases, ticks and waits after failures are short, so that a trial is.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from datetime import timedelta

from alembic.runtime import migration

from bot import __main__ as program
from bot import app, logs
from bot.bank import load
from bot.config import read_config
from bot.delivery import Delivery
from bot.scheduler import duty, timer
from bot.services import deliveries, leases, moves

LEASE = timedelta(seconds=2)
READY = "ready"
GAME = "GAME"
"""A word of the environment: the bot's games go fast."""


def shorten() -> None:
    """Make waits short."""
    timer.TICK_SECONDS = 1
    deliveries.BACKOFF = (0.5, 1.0)
    leases.SPAN = timedelta(seconds=4)
    duty.RENEW_SECONDS = 1.0
    duty.SAFETY_SECONDS = 1.0
    plain = Delivery.__init__

    def short(self: Delivery, *given: object, **more: object) -> None:
        plain(self, *given, **{**more, "lease": LEASE})  # type: ignore[arg-type]  # handed on as they came

    Delivery.__init__ = short  # type: ignore[method-assign]  # for this process only


def hurry() -> None:
    """Make a game's waits short, but not its rounds: they end when everyone has voted, who may be slow."""
    moves.LEASE = LEASE
    moves.GRACE = moves.CALM = timedelta(seconds=0.2)
    moves.READING = timedelta(seconds=0.6)
    leases.SPAN = timedelta(seconds=1)
    duty.RENEW_SECONDS = 0.3
    duty.SAFETY_SECONDS = 0.2


def bear(more: dict[str, str]) -> int:
    """Fork a bot; give its process id."""
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ |= more
    if GAME in more:
        hurry()
    config = read_config()
    logs.set_up(config)
    status = 1
    with suppress(BaseException):
        asyncio.run(program._serve(config, migrate=True))
        status = 0
    os._exit(status)


def tell(word: str) -> None:
    """Answer a line."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    """Start bots until the input ends."""
    bank = load(app.DATA)
    program.load = lambda _: bank  # type: ignore[attr-defined]  # read once
    assert migration
    shorten()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    tell(READY)
    born = []
    for line in sys.stdin:
        born.append(bear(dict(word.split("=", 1) for word in line.split())))
        tell(str(born[-1]))
    for child in born:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()

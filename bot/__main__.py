"""`python -m bot [--migrate]`: the bot alone, against Telegram. Needs BOT_TOKEN.

A SQLite database is migrated at the start, a PostgreSQL one only when `--migrate` says so.

Exit status: 0 after SIGTERM or SIGINT, 2 for a wrong or missing setting, 1 for anything else; with
one line on standard error, and no traceback, for what an operator can mend.
"""

from __future__ import annotations

from bot import stopping

if __name__ == "__main__":
    stopping.end_at_once()

import argparse
import asyncio
import errno
import gc
import logging
import socket
import sys
from collections.abc import Coroutine
from typing import Any

from telegram.error import InvalidToken, TelegramError

from bot import logs
from bot.app import DATA, App
from bot.bank import BankError, load
from bot.config import Config, ConfigError, read_config
from bot.db import BadDatabaseUrl, Unavailable
from bot.db.migrate import DatabaseIsNewer, MigrationsPending
from bot.web.webhook import WebhookRefused

log = logging.getLogger("bot")

WRONG_SETTING = 2
FAILED = 1


def main() -> int:
    """Run the bot until it is told to stop; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("--migrate", action="store_true", help="bring PostgreSQL up to date first")
    migrate = parser.parse_args().migrate
    try:
        config = read_config()
        logs.set_up(config)
        run(_serve(config, migrate=migrate))
    except (ConfigError, BadDatabaseUrl) as error:
        text = str(error) if isinstance(error, ConfigError) else str(ConfigError("DATABASE_URL", str(error)))
        return _fail(text, WRONG_SETTING)
    except InvalidToken:
        return _fail(str(ConfigError("BOT_TOKEN", "is refused by Telegram")), WRONG_SETTING)
    except WebhookRefused as error:
        return _fail(str(ConfigError("WEBHOOK_URL", f"is refused by Telegram ({error})")), WRONG_SETTING)
    except MigrationsPending:
        text = "DATABASE_URL names a database that is older than this code: run `alembic upgrade head` first"
        return _fail(text, WRONG_SETTING)
    except DatabaseIsNewer:
        text = (
            "DATABASE_URL names a database that is newer than this code: start the newer code, or go back "
            "as docs/operations.md says"
        )
        return _fail(text, WRONG_SETTING)
    except Unavailable as error:
        return _fail(f"DATABASE_URL names a database that cannot be reached: {error}", FAILED)
    except BankError as error:
        return _fail(str(error), FAILED)
    except TelegramError as error:
        return _fail(f"Telegram cannot be used: {error}", FAILED)
    except OSError as error:
        return _cannot_listen(error)
    return 0


def _cannot_listen(error: OSError) -> int:
    """Say what is at fault: the address is a wrong setting then, a port may merely be taken."""
    reason = error.strerror or str(error)
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return _fail(str(ConfigError("HOST", f"cannot be listened on ({reason})")), WRONG_SETTING)
    return _fail(str(ConfigError("PORT", f"cannot be listened on ({reason})")), FAILED)


SWITCH_SECONDS = 0.001
"""How long a thread computes before it lets others go on. SQLite's wait for the event loop's after each
statement; with Python's 5 ms a press during a broadcast took a quarter longer."""


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run it all on uvloop, where there is one: it has no wheels for Windows and the newest Python."""
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


GARBAGE = 20_000
"""Objects made and not yet freed at which the collector looks for cycles; Python's 700 are reached by each
slice of a broadcast, whose objects live a moment longer and free themselves."""


def settle() -> None:
    """Take what was loaded out of sight of the garbage collector, and let it look seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 10, 10)


async def _serve(config: Config, *, migrate: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in stopping.SIGNALS:
        loop.add_signal_handler(number, stop.set)
    app = App(config, load(DATA), migrate=migrate)
    settle()
    starting = asyncio.create_task(app.start())
    told = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({starting, told}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            await app.run(stop)
    finally:
        told.cancel()
        starting.cancel()
        # What was cancelled still gives its connections back; what it says then is said already.
        await asyncio.gather(starting, return_exceptions=True)
        await app.stop()
    log.info("stopped")


def _fail(line: str, status: int) -> int:
    sys.stderr.write(f"{line}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())

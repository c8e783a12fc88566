"""`python -m bot.doctor`: look at everything that a running bot needs, and say what to do about it.

It changes nothing, and it never prints the token. Exit status: 0 when the bot can run, 1 when something
must be mended first, 2 for a wrong or missing setting.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp
from telegram.error import InvalidToken, TelegramError

from bot.api.errors import is_refusal
from bot.api.transport import AiohttpRequest, post_plain
from bot.app import DATA
from bot.bank import BankError, load
from bot.clock import system_clock
from bot.config import Config, ConfigError, read_config
from bot.db import BadDatabaseUrl, Database, Unavailable, leases
from bot.db.migrate import Age, age
from bot.services.zones import names

MOST_SKEW = 5.0
"""Seconds between two clocks: a question would come that much early or late."""

MANY_UPDATES = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at one thing found; `mend` says what to do, `must` whether the bot cannot run before."""

    about: str
    found: str
    mend: str = ""
    must: bool = False

    def __str__(self) -> str:
        mark = "ok  " if not self.mend else "FAIL" if self.must else "note"
        told = f"{mark}  {self.about:<12}{self.found}"
        return f"{told}\n      {'':<12}-> {self.mend}" if self.mend else told


async def examine(config: Config) -> AsyncIterator[Finding]:
    """Look at one thing after the other."""
    yield the_bank()
    yield the_zones()
    async for finding in the_database(config):
        yield finding
    request = AiohttpRequest()
    await request.initialize()
    try:
        async for finding in the_token(config, caller(config, request)):
            yield finding
    finally:
        await request.shutdown()
    yield await the_clock(config)


Call = Callable[[str], Awaitable[dict[str, Any]]]


def caller(config: Config, request: AiohttpRequest) -> Call:
    """Give a function that calls a method of the Bot API without parameters."""
    root = f"{config.bot_api_url}/bot{config.bot_token.get_secret_value()}"

    async def call(method: str) -> dict[str, Any]:
        answer: dict[str, Any] = await post_plain(request, f"{root}/{method}", {})
        return answer

    return call


def the_bank() -> Finding:
    """Load the questions."""
    try:
        bank = load(DATA)
    except BankError as error:
        first = str(error).partition("\n")[0]
        return Finding("bank", first, "run `python -m bot.bank check` and mend what it lists", must=True)
    return Finding("bank", f"{len(bank.questions)} questions in {len(bank.topics)} topics")


def the_zones() -> Finding:
    """Count the time zones that this machine knows."""
    if len(names()) < 400:
        return Finding("zones", f"only {len(names())}", "install the package tzdata", must=True)
    return Finding("zones", f"{len(names())} time zones")


async def the_database(config: Config) -> AsyncIterator[Finding]:
    """Reach the database; look at its migrations and its clock."""
    try:
        database = Database(config.database_url.get_secret_value())
    except BadDatabaseUrl as error:
        yield Finding(
            "database", f"DATABASE_URL {error}", str(ConfigError("DATABASE_URL", "is wrong")), must=True
        )
        return
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    if database.is_sqlite and config.role != "all":
        yield Finding("role", config.role, "SQLite is for one process: leave ROLE out")
    if database.is_sqlite and (missing := _missing_file(database.url.database or "")):
        yield missing
        return
    try:
        found = await age(database)
        yield Finding("database", f"{kind} answers")
        yield _migrations(found, is_sqlite=database.is_sqlite)
        if not database.is_sqlite:
            async with database.reading() as session:
                yield _skew("database", await leases.clock(session))
    except Unavailable as error:
        yield Finding("database", f"{kind}: {error}", "start it, or mend DATABASE_URL", must=True)
    finally:
        await database.close()


def _missing_file(name: str) -> Finding | None:
    """Tell of a SQLite file that is not there, which a connection would make: its path may be mistyped."""
    path = Path(name).absolute()
    if name.startswith("file:") or path.exists():
        return None
    if not path.parent.is_dir():
        mend = "make the folder, or mend DATABASE_URL"
        return Finding("database", f"{path.parent} does not exist", mend, must=True)
    mend = "nothing to do if that is the place: the bot's start makes it; else mend DATABASE_URL"
    return Finding("database", f"{path} does not exist", mend)


def _migrations(found: Age, *, is_sqlite: bool) -> Finding:
    if found is Age.CURRENT:
        return Finding("migrations", "all are done")
    if found is Age.NEWER:
        mend = "start the newer code, or go back as docs/operations.md says"
        return Finding("migrations", "the database is newer than this code", mend, must=True)
    if is_sqlite:
        return Finding("migrations", "some are missing", "nothing to do: the bot's start runs them")
    return Finding("migrations", "some are missing", "run `alembic upgrade head`", must=True)


async def the_token(config: Config, call: Call) -> AsyncIterator[Finding]:
    """Ask Telegram who the bot is, and where it posts updates."""
    try:
        me = await call("getMe")
        yield Finding("token", f"@{me.get('username')} at {config.bot_api_url}")
        if me.get("can_read_all_group_messages"):
            yield Finding(
                "privacy",
                "the bot reads everything in groups",
                "in @BotFather switch privacy mode on (/setprivacy): the bot needs commands and replies only",
            )
        yield _webhook(config, await call("getWebhookInfo"))
    except InvalidToken as error:
        if not is_refusal(error):
            mend = "look at BOT_API_URL, and at a proxy between; the bot waits until it works"
            yield Finding("telegram", f"{config.bot_api_url} is no Bot API server", mend, must=True)
            return
        mend = str(ConfigError("BOT_TOKEN", "is refused")).partition(": ")[2]
        yield Finding("token", "Telegram refuses it", mend, must=True)
    except TelegramError as error:
        mend = "look at the network, the proxy (HTTPS_PROXY) and BOT_API_URL; the bot waits until it works"
        yield Finding("telegram", f"cannot be reached: {error.message}", mend, must=True)


def _webhook(config: Config, info: dict[str, Any]) -> Finding:
    """Compare what is set at Telegram with what the bot will want."""
    there, waiting = info.get("url") or "", int(info.get("pending_update_count", 0))
    wanted = f"{config.webhook_url}/telegram" if config.webhook_url else ""
    state = f"{there or 'none, updates are polled'}; {waiting} updates wait"
    if config.role == "worker":
        return Finding("webhook", f"{state}; a worker leaves that to the others")
    if there != wanted:
        way = f"sets {wanted}" if wanted else "deletes it and polls"
        return Finding("webhook", state, f"nothing to do: the bot's start {way}")
    if there and (trouble := info.get("last_error_message")):
        when = datetime.fromtimestamp(info.get("last_error_date", 0), UTC)
        mend = (
            "the proxy must pass POST /telegram on with its headers, under a certificate that Telegram trusts"
        )
        return Finding("webhook", f"{state}; at {when:%d %b %H:%M} UTC: {trouble}", mend)
    if waiting > MANY_UPDATES:
        return Finding("webhook", state, "is the bot running? it works them off, oldest first")
    return Finding("webhook", state)


async def the_clock(config: Config) -> Finding:
    """Compare this machine's clock with the one of Telegram's server, from its HTTP header."""
    try:
        timeout = aiohttp.ClientTimeout(total=10)
        async with (
            aiohttp.ClientSession(trust_env=True, timeout=timeout) as client,
            client.get(config.bot_api_url, allow_redirects=False) as answer,
        ):
            theirs = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
        return Finding("clock", f"{system_clock():%d %b %Y %H:%M:%S} UTC, not compared with Telegram's")
    return _skew("Telegram", theirs)


def _skew(whose: str, theirs: datetime) -> Finding:
    seconds = abs((system_clock() - theirs).total_seconds())
    told = f"{seconds:.1f} s from {whose}'s"
    if seconds > MOST_SKEW:
        return Finding("clock", told, "switch time synchronisation on (timedatectl set-ntp true)", must=True)
    return Finding("clock", told)


async def report(config: Config) -> int:
    """Print every finding; give the exit status."""
    sick = False
    async for finding in examine(config):
        sys.stdout.write(f"{finding}\n")
        sick = sick or finding.must
    sys.stdout.write("Something must be mended first.\n" if sick else "The bot can run.\n")
    return int(sick)


def main() -> int:
    """Read the environment and examine what it names."""
    try:
        config = read_config()
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return asyncio.run(report(config))


if __name__ == "__main__":
    sys.exit(main())

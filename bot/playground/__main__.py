"""`python -m bot.playground [--port N] [--host H]`: the bot and a chat page in your browser, no token.

It reads neither BOT_TOKEN nor DATABASE_URL: everything is kept in `playground.db` of this folder.
"""

from __future__ import annotations

from bot import stopping

if __name__ == "__main__":
    stopping.end_at_once()

import argparse
import asyncio
import logging
import sqlite3
import sys
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web

from bot.app import DATA
from bot.bank import BankError, load
from bot.db.migrate import DatabaseIsNewer
from bot.playground.playground import Playground
from bot.playground.server import build

STORE = Path("playground.db")
FAILED = 1
LAST_PORT = 65535


def main() -> int:
    """Serve until told to stop; give the exit status."""
    wish = _arguments()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        playground = Playground(load(DATA), STORE)
        asyncio.run(serve(playground, wish.host, wish.port))
    except BankError as error:
        return _fail(str(error))
    except DatabaseIsNewer:
        return _fail(f"{STORE} is newer than this code: start that, or move it away, and a new one is made")
    except sqlite3.DatabaseError as error:
        return _fail(f"{STORE} cannot be used ({error}): move it away, and a new one is made")
    except OSError as error:
        return _fail(
            f"Cannot listen on {wish.host}:{wish.port} ({error.strerror or error}): "
            f"stop what runs there, or choose another port: make run ARGS='--port {wish.port + 1}'"
        )
    return 0


async def serve(playground: Playground, host: str, port: int) -> None:
    """Serve the page and run the bot until SIGTERM or SIGINT.

    Raises:
        OSError: when the port is busy or the host is not this machine's.
    """
    stop = asyncio.Event()
    for number in stopping.SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    playground.load()
    runner = web.AppRunner(build(playground), shutdown_timeout=2, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
        address = runner.addresses[0]
        await playground.start(f"http://{_reachable(host)}:{address[1]}")
        if not _is_loopback(host):
            sys.stdout.write(f"Anyone who reaches {host} can use this: it asks nobody who they are.\n")
        sys.stdout.write(f"Playground: http://{host}:{address[1]}\n")
        sys.stdout.flush()
        await stop.wait()
        await playground.stop()
    finally:
        await runner.cleanup()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description=__doc__)
    parser.add_argument("--port", type=_port, default=8080, help="default: 8080; 0 takes any free one")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only")
    return parser.parse_args()


def _port(words: str) -> int:
    port = int(words)
    if not 0 <= port <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"{port} is not from 0 to {LAST_PORT}")
    return port


def _reachable(host: str) -> str:
    """Say where the bot itself finds the emulator: an address that means "all" is no address to call."""
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _fail(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())

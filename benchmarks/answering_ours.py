"""Our own side of `benchmarks.answering`: the whole bot behind its webhook, with asks to be rated.

Words: root, database URL, number of asks, messages a second, subscribers who are due. Prints its port and
process id as JSON; a line on standard input starts the delivery; it ends with its input. It runs as
`python -m bot` does: on uvloop, with what was loaded out of the garbage collector's sight.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys

from pydantic import SecretStr

from benchmarks.house import ask_everyone, clock, fill
from benchmarks.pressing import SECRET
from benchmarks.standin import MESSAGE
from bot.__main__ import run, settle
from bot.api.limiter import Limiter
from bot.app import DATA, App
from bot.bank import Bank, load
from bot.config import Config
from bot.db import Database
from bot.services import zones


async def furnish(url: str, bank: Bank, asks: int, due: int) -> None:
    """Make people with an open ask each, whose id is theirs; and others whose daily question is due."""
    database = Database(url)
    await fill(database, bank, asks + due)
    await ask_everyone(database, bank, range(1, asks + 1), "practice", MESSAGE["message_id"])
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(f"UPDATE subscriptions SET next_due = NULL WHERE id <= {asks}")  # noqa: S608
    await database.close()


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def main(root: str, url: str, asks: int, rate: int, due: int) -> None:
    """Serve until the input ends."""
    bank, port = load(DATA), free_port()
    await furnish(url, bank, asks, due)
    config = Config(
        bot_token=SecretStr("1234567:benchmark"),
        bot_api_url=root,
        database_url=SecretStr(url),
        webhook_url=f"http://127.0.0.1:{port}",
        webhook_secret=SecretStr(SECRET),
        host="127.0.0.1",
        port=port,
        role="web",
    )
    app = App(config, bank, clock=clock, limiter=Limiter(rate))
    zones.learn()  # half a second, once in the life of a process: no press's
    settle()
    await app.start()
    stop = asyncio.Event()
    serving = asyncio.create_task(app.run(stop))
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            break
    print(json.dumps({"port": port, "pid": os.getpid()}), flush=True)
    loop = asyncio.get_running_loop()
    delivering = None
    while await loop.run_in_executor(None, sys.stdin.readline):
        app.duty.start()
        if not app.duty.is_mine:  # on PostgreSQL only who is on duty delivers
            await app.duty.renew()
        delivering = asyncio.create_task(app.delivery.deliver())
    if delivering is not None:
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)
    stop.set()
    await serving
    await app.stop()


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    where, address, many, pace, subscribers = sys.argv[1:6]
    run(main(where, address, int(many), int(pace), int(subscribers)))

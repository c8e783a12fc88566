"""What every crash test stands on: a Telegram over HTTP on loopback that outlives the bots, and the bots."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot.playground.emulator import Telegram
from bot.playground.emulator.web import application
from tests.crash.nursery import READY
from tests.support.loopback import free_port

ROOT = Path(__file__).parents[2]
TOKEN = "7654321:crash-token-0123456789"
RATE = 300
"""Messages a second: its window is the smallest, 64, and two thousand take seven seconds."""

PATIENCE = 600


class Scene:
    """One database, one Telegram, and bots that are started and killed."""

    def __init__(self, database_url: str, telegram: Telegram) -> None:
        self.database_url = database_url
        self.telegram = telegram
        self.telegram.add_bot(TOKEN, "gotit_bot", "Gotit")

    @asynccontextmanager
    async def served(self, port: int = 0) -> AsyncIterator[int]:
        """Put Telegram on loopback, on a port of its own if it is given none; gives the port."""
        port = port or free_port()
        runner = web.AppRunner(application(self.telegram), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
        yield port
        await runner.cleanup()

    @asynccontextmanager
    async def nursery(self, folder: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
        """Start what starts the bots."""
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": self.database_url,
            "SEND_RATE": str(RATE),
            "LOG_LEVEL": "WARNING",
        }
        with (folder / "bots.log").open("w") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.crash.nursery",
                cwd=folder,
                env=environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert process.stdout is not None
        assert process.stdin is not None
        async with asyncio.timeout(PATIENCE):
            assert (await process.stdout.readline()).decode().strip() == READY, (
                folder / "bots.log"
            ).read_text()
        yield process
        process.stdin.close()
        await process.wait()

    async def start(self, nursery: asyncio.subprocess.Process, **environment: str) -> int:
        """Start a bot; give its process id."""
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        line = " ".join(f"{name}={value}" for name, value in environment.items())
        nursery.stdin.write(f"{line}\n".encode())
        return int(await nursery.stdout.readline())

"""The playground as a process of its own, as `python -m bot.playground` starts it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


async def start(folder: Path, *arguments: str, **environment: str) -> asyncio.subprocess.Process:
    """Start the playground in a folder of its own."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.playground",
        *arguments,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def address(process: asyncio.subprocess.Process) -> str:
    """Read the line that tells where it serves."""
    assert process.stdout is not None
    async with asyncio.timeout(60):
        line = (await process.stdout.readline()).decode()
    assert line.startswith("Playground: http://127.0.0.1:"), line
    return line.removeprefix("Playground: ").strip()


async def end(process: asyncio.subprocess.Process) -> str:
    """Ask it to end, and give what it complained of."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    assert process.returncode == 0
    return errors.decode()

"""What tests of servers on loopback share: ports for those that listen later, or again, and their pages."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket

import aiohttp

FIRST, LAST, SHARE = 20_000, 32_000, 500
"""Below the ports that Linux hands out by itself, so that no connection takes one meanwhile; each of the
suite's workers has a share of its own."""

_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_begin = FIRST + _worker * SHARE % (LAST - FIRST)
# Another run on this machine has the same share, and should not begin at the same port.
_turns = itertools.cycle(_begin + (os.getpid() + turn) % SHARE for turn in range(SHARE))


def free_port() -> int:
    """A port that nobody has, and that this process gives to nobody else for long."""
    for port in itertools.islice(_turns, SHARE):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("every port of this worker is taken")


async def fetch(url: str, **headers: str) -> tuple[int, str]:
    """Get a page once somebody listens there and is well: on a busy machine the first ticks may come late."""
    async with aiohttp.ClientSession() as client, asyncio.timeout(300):
        while True:
            try:
                async with client.get(url, headers=headers) as answer:
                    if answer.status != 503:
                        return answer.status, await answer.text()
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.05)

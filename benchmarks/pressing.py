"""Telegram and its users in one process, for `benchmarks.answering`: presses buttons and takes the answers.

`python -m benchmarks.pressing --count N --window W [--delay S] [--broadcast-delay S]` prints its port, reads
the bot's port and process id as JSON, presses, and prints what it found as JSON. At most W presses are
unanswered; one is answered when the edit of its message arrives.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.standin import ANSWER, MESSAGE

SECRET = "benchmark"  # noqa: S105 - opens nothing
WARM = 100
METHOD = re.compile(rb"^POST /bot[^/]+/(\w+)")
CHAT = re.compile(rb"chat_id\W+(\d+)")
ME = {"id": 1234567, "is_bot": True, "first_name": "Gotit", "username": "gotit_bot"}


def reply(result: object) -> bytes:
    """Wrap a result as the Bot API does."""
    body = json.dumps({"ok": True, "result": result}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )


TRUE = reply(result=True)
KNOWN = {b"getMe": reply(ME), b"getMyCommands": reply([]), b"getMyDescription": reply({"description": ""})}
KNOWN[b"getMyShortDescription"] = reply({"short_description": ""})


class Telegram:
    """What happened: which presses wait for their edit, how many broadcasts came."""

    def __init__(self, delay: float, broadcast_delay: float) -> None:
        self.delay = delay
        self.broadcast_delay = broadcast_delay
        self.waiting: dict[int, asyncio.Future[None]] = {}
        self.broadcasts: list[float] = []

    def answer(self, method: bytes, body: bytes) -> tuple[bytes, float]:
        """Give the answer to a call, and after how many seconds."""
        if method in KNOWN:
            return KNOWN[method], 0
        if method == b"editMessageText":
            found = CHAT.search(body)
            future = self.waiting.pop(int(found[1]), None) if found else None
            if future is not None:
                future.set_result(None)
            return ANSWER, self.delay
        if method == b"sendMessage":
            self.broadcasts.append(time.perf_counter())
            return ANSWER, self.broadcast_delay
        return TRUE, self.delay


class Talk(asyncio.Protocol):
    """One of the bot's connections."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._loop = asyncio.get_running_loop()
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every call that is complete."""
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end]
            at = head.lower().find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._read) < end + 4 + length:
                return
            body = self._read[end + 4 : end + 4 + length]
            self._read = self._read[end + 4 + length :]
            method = METHOD.match(head)
            answer, delay = self._telegram.answer(method[1] if method else b"", body)
            self._loop.call_later(delay, self._write, answer)

    def _write(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def press(user: int) -> bytes:
    """A press on *Got it* of the user's ask, which has the user's number."""
    message = MESSAGE | {"chat": {"id": user, "first_name": "Ada", "type": "private"}}
    query: dict[str, Any] = {
        "id": str(10**15 + user),
        "from": {"id": user, "is_bot": False, "first_name": "Ada", "language_code": "en"},
        "message": message,
        "chat_instance": str(user),
        "data": f"1:rt:{user}:3",
    }
    body = json.dumps({"update_id": user, "callback_query": query}).encode()
    head = (
        f"POST /telegram HTTP/1.1\r\nHost: bot\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def presses(telegram: Telegram, port: int, users: Any, waits: list[float]) -> None:
    """One connection: a press, its edit, its answer, the next."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for user in users:
        done = telegram.waiting[user] = asyncio.get_running_loop().create_future()
        data, began = press(user), time.perf_counter()
        writer.write(data)
        async with asyncio.timeout(60):
            await done
            waits.append(time.perf_counter() - began)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            at = head.find(b"content-length:")
            if at >= 0:
                await reader.readexactly(int(head[at + 15 :].split(b"\r\n", 1)[0]))
    writer.close()


def cpu_of(process: int) -> float:
    """Seconds of a process, all threads."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def main(given: argparse.Namespace) -> None:
    """Serve, press, tell."""
    telegram = Telegram(given.delay, given.broadcast_delay)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Talk(telegram), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    bot = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    waits: list[float] = []

    async def several(first: int, most: int) -> None:
        users = iter(range(first, most + 1))
        await asyncio.gather(*(presses(telegram, bot["port"], users, waits) for _ in range(given.window)))

    await several(1, WARM)
    waits.clear()
    before, began, sent = cpu_of(bot["pid"]), time.perf_counter(), len(telegram.broadcasts)
    await several(WARM + 1, WARM + given.count)
    seconds = time.perf_counter() - began
    spent = cpu_of(bot["pid"]) - before
    hundredths = quantiles(waits, n=100)
    sends = telegram.broadcasts[sent:]
    print(
        json.dumps(
            {
                "us": spent / given.count * 1e6,
                "rate": given.count / seconds,
                "p50": hundredths[49] * 1000,
                "p95": hundredths[94] * 1000,
                "broadcast": (len(sends) - 1) / (sends[-1] - sends[0]) if len(sends) > 1 else 0,
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--window", type=int, default=16)
    options.add_argument("--delay", type=float, default=0.0)
    options.add_argument("--broadcast-delay", type=float, default=0.08)
    asyncio.run(main(options.parse_args()))

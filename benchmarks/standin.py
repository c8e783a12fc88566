"""A Telegram that only answers: every call gets the same message, after a delay.

`python -m benchmarks.standin [--delay SECONDS]`.

It parses no more HTTP than it must, so that it costs less than its clients. It prints its port.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys

MESSAGE = {
    "message_id": 4711,
    "from": {"id": 1234567, "is_bot": True, "first_name": "Gotit", "username": "gotit_bot"},
    "chat": {"id": 1001, "first_name": "Ada", "username": "ada", "type": "private"},
    "date": 1795345200,
    "text": "Databases · middle\n\n" + "Why may a query that uses an index still be slow? " * 4,
    "entities": [{"offset": 20, "length": 49, "type": "bold"}],
    "reply_markup": {
        "inline_keyboard": [
            [{"text": "Show answer", "callback_data": "1:r:1"}],
            [{"text": "Got it", "callback_data": "1:g:1:3"}, {"text": "Missed", "callback_data": "1:g:1:1"}],
            [{"text": "Hint", "callback_data": "1:h:1"}, {"text": "Why this one?", "callback_data": "1:w:1"}],
        ]
    },
}
BODY = json.dumps({"ok": True, "result": MESSAGE}).encode()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
    len(BODY),
    BODY,
)


class Talk(asyncio.Protocol):
    """One connection: counts bodies by their length, answers each."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._loop = asyncio.get_running_loop()
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._read) < end + 4 + length:
                return
            self._read = self._read[end + 4 + length :]
            if self._delay:
                self._loop.call_later(self._delay, self._answer)
            else:
                self._answer()

    def _answer(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(ANSWER)


async def serve(delay: float) -> None:
    """Serve until the input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Talk(delay), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--delay", type=float, default=0.08)
    asyncio.run(serve(options.parse_args().delay))

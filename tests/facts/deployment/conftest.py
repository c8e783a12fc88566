"""A server that is none: it hands one request to Django's ASGI application and keeps the answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIHandler


@pytest.fixture
def asgi() -> Callable[..., Awaitable[list[dict[str, Any]]]]:
    """Call a fresh application for a path, with an HTTP scope (or `kind`): the messages that it sent."""

    async def call(path: str, kind: str = "http") -> list[dict[str, Any]]:
        scope: dict[str, Any] = {"type": kind, "path": path, "headers": [(b"host", b"testserver")]}
        if kind == "http":
            scope |= {"method": "GET", "query_string": b""}
        waiting = [{"type": "http.request", "body": b""}]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if waiting:
                return waiting.pop()
            await asyncio.Event().wait()  # the client stays connected and says nothing more
            raise AssertionError

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await asyncio.wait_for(ASGIHandler()(scope, receive, send), timeout=10)
        return sent

    return call

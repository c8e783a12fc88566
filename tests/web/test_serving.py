"""Serving: begins when the port is free, ends when the calls have ended."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.web.application import application, serve
from bot.web.health import Health
from bot.web.metrics import Metrics


def quiet() -> Metrics:
    return Metrics([])


async def test_a_taken_port_is_an_os_error() -> None:
    async with serve(application(Health({}), quiet()), "127.0.0.1", 0) as port:
        with pytest.raises(OSError, match="address already in use"):
            async with serve(application(Health({}), quiet()), "127.0.0.1", port):
                raise AssertionError("two on one port")


async def test_at_the_end_begun_calls_are_answered_and_new_ones_are_not() -> None:
    begun, gate = asyncio.Event(), asyncio.Event()

    async def slow() -> bool:
        begun.set()
        await gate.wait()
        return True

    async with aiohttp.ClientSession() as session:

        async def ask(port: int) -> int:
            async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                return answer.status

        serving = serve(application(Health({"slow": slow}), quiet()), "127.0.0.1", 0)
        port = await serving.__aenter__()
        call = asyncio.create_task(ask(port))
        await begun.wait()
        closing = asyncio.create_task(serving.__aexit__(None, None, None))
        await asyncio.sleep(0.05)
        assert not closing.done()
        with pytest.raises(aiohttp.ClientConnectorError):
            await ask(port)
        gate.set()
        assert await call == 200
        await closing


async def test_without_a_webhook_there_is_none() -> None:
    async with (
        serve(application(Health({}), quiet()), "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}/telegram", data=b"{}") as answer,
    ):
        assert answer.status == 404

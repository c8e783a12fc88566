"""The health check: 200 only when everything is alive, and what is not is named."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp
import pytest

from bot.web.application import application, serve
from bot.web.health import Check, Health
from bot.web.metrics import Metrics


async def alive() -> bool:
    return True


async def dead() -> bool:
    return False


async def broken() -> bool:
    raise OSError("cannot reach postgresql://gotit:password@db")


async def hanging() -> bool:
    await asyncio.sleep(30)
    return True


async def ask(health: Health, times: int = 1) -> tuple[int, Any]:
    async with (
        serve(application(health, Metrics([])), "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as session,
    ):
        for _ in range(times):
            async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                status, said = answer.status, await answer.json()
    return status, said


async def test_alive() -> None:
    assert await ask(Health({"database": alive, "scheduler": alive})) == (200, {"ok": True, "failed": []})


@pytest.mark.parametrize("check", [dead, broken, hanging])
async def test_what_fails_is_named(check: Check, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    health = Health({"database": check, "scheduler": alive}, seconds=0.05)
    assert await ask(health, times=3) == (503, {"ok": False, "failed": ["database"]})
    assert caplog.text.count("database failed") == 1
    assert "password" not in caplog.text


async def test_checks_are_asked_at_the_same_time() -> None:
    meeting = asyncio.Barrier(2)

    async def meet() -> bool:
        await meeting.wait()
        return True

    status, _ = await ask(Health({"one": meet, "two": meet}))
    assert status == 200


async def test_recovery_is_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    answers = [False, True, True]

    async def check() -> bool:
        return answers.pop(0)

    assert (await ask(Health({"database": check}), times=3))[0] == 200
    said = [record.getMessage() for record in caplog.records if record.name == "bot.web.health"]
    assert said == ["health: database failed", "health: all is well again"]

"""The playground while it is moved, saved and ended, in this process."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.bank import Bank
from bot.playground import playground as playgrounds
from bot.playground.playground import TOKEN, NotRunning, Playground
from bot.playground.server import build
from tests.playground.walker import Walker


@asynccontextmanager
async def visited(playground: Playground) -> AsyncIterator[Walker]:
    """Someone in a playground that runs until the end of this."""
    async with TestServer(build(playground)) as server, aiohttp.ClientSession() as client:
        root = str(server.make_url("")).rstrip("/")
        await playground.start(root)
        walker = Walker(client, root)
        await walker.meet()
        yield walker
        await playground.stop()


class CalledMeanwhile(Playground):
    """A playground whose bot calls Telegram while the page is told who got a message."""

    async def _sentence(self, chat_id: int) -> str:
        status, _ = await self.telegram.call(TOKEN, "getMe")
        assert status == HTTPStatus.OK
        return await super()._sentence(chat_id)


async def test_a_call_while_a_jump_is_told_of_does_no_harm(bank: Bank, tmp_path: Path) -> None:
    playground = CalledMeanwhile(bank, tmp_path / "playground.db")
    async with visited(playground) as walker:
        await walker.say("/subscribe 9:30 Berlin", "Next:")
        jumped = await walker.post("/playground/clock", to="next_delivery")
    assert [sentence.partition(" on ")[0] for sentence in jumped["meanwhile"]] == ["Ada got a message"]


BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2030, 1, 7, 12, tzinfo=UTC)


@pytest.mark.parametrize("wish", [{"to": "next_delivery"}, {"seconds": 86400}])
async def test_a_jump_passes_through_the_moments_of_notices(
    bank: Bank, tmp_path: Path, wish: dict[str, Any]
) -> None:
    playground = Playground(bank, tmp_path / "playground.db")
    playground.clock.jump_to(MONDAY)
    async with visited(playground) as walker:
        await walker.say("/subscribe 9:30 Berlin", "Next:")
        await walker.say("/interview 2030-01-11", "4 days to go")
        told = (await walker.post("/playground/clock", **wish))["meanwhile"]
        await walker.press("Missed", "It comes back")
        for _ in range(6):
            told += (await walker.post("/playground/clock", **wish))["meanwhile"]
        messages = await walker.messages()
    came = [
        f"{datetime.fromtimestamp(one['date'], BERLIN):%a %d %b at %H:%M} {one['text']}"
        for one in messages
        if not one["mine"]
    ][2:]
    notices = [words for words in came if " · " not in words.splitlines()[0]]
    assert [words.splitlines()[0][:36] for words in notices] == [
        "Thu 10 Jan at 18:00 🌙 Tomorrow is yo",
        "Sat 12 Jan at 10:00 👋 How was it? I ",
        "Sun 13 Jan at 19:00 📬 Your week",
    ]
    assert told == [f"Ada got a message on {words[:19]}, Berlin time." for words in came]


async def test_a_jump_passes_through_a_games_moments_and_tells_of_polls(bank: Bank, tmp_path: Path) -> None:
    playground = Playground(bank, tmp_path / "playground.db")
    playground.clock.jump_to(MONDAY)
    async with visited(playground) as walker:
        group = await walker.make_group()
        await walker.say("/subscribe 9:00 Berlin", "Done.", chat=group)
        jumped = await walker.post("/playground/clock", to="next_delivery")
        assert "A group got a message on Tue 08 Jan at 09:00, Berlin time." in jumped["meanwhile"]
        await walker.say("/quiz security 1", "In:", chat=group)
        await walker.post("/playground/clock", seconds=86400)
        messages = await walker.messages(group)
    (lobby,) = [one for one in messages if "Nobody started this quiz" in one["text"]]
    assert f"{datetime.fromtimestamp(lobby['edited'], BERLIN):%d %H:%M}" == "08 09:30"


async def test_a_jump_waits_for_the_timers_work(bank: Bank, tmp_path: Path) -> None:
    playground = Playground(bank, tmp_path / "playground.db")
    async with visited(playground):
        before = playground.clock()
        released = asyncio.Event()
        playground.app.timer._begin("slow", released.wait)
        jump = asyncio.create_task(playground.jump(before + timedelta(days=1)))
        await asyncio.sleep(0.1)
        assert playground.clock() < before + timedelta(hours=1)
        released.set()
        await jump
        assert playground.clock() >= before + timedelta(days=1)


async def test_nothing_is_started_again_behind_the_end(bank: Bank, tmp_path: Path) -> None:
    playground = Playground(bank, tmp_path / "playground.db")
    async with visited(playground) as walker:
        ends = (playground.stop(), playground.restart(), playground.start_afresh())
        _, *others = await asyncio.gather(*ends, playground.jump(playground.clock()), return_exceptions=True)
        assert [type(other) for other in others] == [NotRunning] * 3
        answer = await walker.post("/playground/restart")
        assert answer == {"error": "the bot is not running just now"}


async def test_what_is_saved_last_is_the_end(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A periodic save in its thread must not outlast the last one."""
    monkeypatch.setattr(playgrounds, "SAVE_SECONDS", 0.01)
    playground = Playground(bank, tmp_path / "playground.db")
    written: list[str] = []

    def write(state: bytes, offset: timedelta) -> None:
        written.append(threading.current_thread().name)
        time.sleep(0.2)
        written.append(threading.current_thread().name)

    monkeypatch.setattr(playground, "_write", write)
    async with visited(playground) as walker:
        await walker.post("/api/start", person=walker.person, chat=walker.chat)
        while not written:
            await asyncio.sleep(0.01)
    assert written[-2:] == [threading.main_thread().name] * 2
    assert written[0::2] == written[1::2], "one after the other"

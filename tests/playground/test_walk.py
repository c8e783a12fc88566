"""The stranger's walk: `python -m bot.playground` as a process, over HTTP, with the real transport."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.bank import Bank
from bot.playground.playground import TOKEN, Playground
from bot.playground.server import build
from tests.playground.running import address, end, start


class Walker:
    """Someone at the chat page, without the page."""

    def __init__(self, client: aiohttp.ClientSession, root: str) -> None:
        self.client = client
        self.root = root
        self.person = 0
        self.chat = ""

    async def get(self, path: str) -> Any:
        """Read a route of the page's interface."""
        async with self.client.get(f"{self.root}{path}") as answer:
            return await answer.json()

    async def post(self, path: str, **body: object) -> Any:
        """Act through the page's interface."""
        async with self.client.post(f"{self.root}{path}", json=body) as answer:
            return await answer.json()

    async def meet(self) -> None:
        """Take the first person's seat."""
        self.person = (await self.get("/api/state"))["people"][0]["id"]
        self.chat = (await self.get(f"/api/state?person={self.person}"))["chats"][0]["id"]

    async def messages(self) -> list[dict[str, Any]]:
        """The chat, oldest first."""
        state = await self.get(f"/api/state?person={self.person}")
        messages: list[dict[str, Any]] = state["chats"][0]["messages"]
        return messages

    async def until(self, words: str) -> dict[str, Any]:
        """Wait for the bot's newest message to show the words."""
        async with asyncio.timeout(60):
            while True:
                said = [message for message in await self.messages() if not message["mine"]]
                if said and words in said[-1]["text"]:
                    return said[-1]
                await asyncio.sleep(0.05)

    async def say(self, text: str, answer: str) -> dict[str, Any]:
        """Write, and wait for the answer."""
        await self.post("/api/send", person=self.person, chat=self.chat, text=text)
        return await self.until(answer)

    async def press(self, label: str, answer: str) -> dict[str, Any]:
        """Press a button of the newest message that has it, and wait for the answer."""
        for message in reversed(await self.messages()):
            for row, buttons in enumerate(message["buttons"]):
                for column, button in enumerate(buttons):
                    if label in button["text"]:
                        place = {"message": message["id"], "row": row, "column": column}
                        await self.post("/api/press", person=self.person, chat=self.chat, **place)
                        return await self.until(answer)
        raise LookupError(label)


@pytest.fixture
async def walker(tmp_path: Path) -> AsyncIterator[Walker]:
    """A walker in a fresh playground; it must end well."""
    process = await start(tmp_path, "--port", "0", BOT_TOKEN="not a token", DATABASE_URL="nonsense://")
    async with aiohttp.ClientSession() as client:
        walker = Walker(client, await address(process))
        await walker.meet()
        yield walker
    assert await end(process) == ""


async def test_the_walk(walker: Walker) -> None:
    await walker.post("/api/start", person=walker.person, chat=walker.chat)
    await walker.until("interview trainer")
    await walker.press("Set up", "When should")
    await walker.press("09:00", "Which clock")
    await walker.press("Berlin", "What do you want")
    await walker.press("Done", "Next:")
    jumped = await walker.post("/playground/clock", to="next_delivery")
    assert jumped["meanwhile"] == [jumped["meanwhile"][0]]
    assert jumped["meanwhile"][0].startswith("Ada got a message")
    assert jumped["meanwhile"][0].endswith("at 09:00, Berlin time.")
    question = (await walker.until("·"))["text"].splitlines()[2]
    await walker.press("Show answer", "How did you do?")
    await walker.press("Missed", "It comes back")
    known = await walker.get(f"/playground/knows?person={walker.person}")
    assert [card["state"] for card in known["cards"]] == ["missed"]
    assert known["log"][0]["rating"] == "Missed"
    for _ in range(20):
        await walker.post("/playground/clock", to="next_delivery")
        if question in (await walker.until("·"))["text"]:
            break
        await walker.press("Got it", "It may come back")
    assert sum(question in message["text"] for message in await walker.messages()) == 2


async def test_a_jump_right_after_a_press_waits_for_its_answer(walker: Walker) -> None:
    await walker.post("/api/start", person=walker.person, chat=walker.chat)
    message = await walker.until("interview trainer")
    place = {"message": message["id"], "row": 0, "column": 0}
    await walker.post("/api/press", person=walker.person, chat=walker.chat, **place)
    await walker.post("/playground/clock", seconds=3600)
    calls = (await walker.get("/api/calls"))["calls"]
    assert [call["ok"] for call in calls if call["method"] == "answerCallbackQuery"] == [True]


class CalledMeanwhile(Playground):
    """A playground whose bot calls Telegram while the page is told who got a message."""

    async def _sentence(self, chat_id: int) -> str:
        status, _ = await self.telegram.call(TOKEN, "getMe")
        assert status == HTTPStatus.OK
        return await super()._sentence(chat_id)


async def test_a_call_while_a_jump_is_told_of_does_no_harm(bank: Bank, tmp_path: Path) -> None:
    playground = CalledMeanwhile(bank, tmp_path / "playground.db")
    async with TestServer(build(playground)) as server, aiohttp.ClientSession() as client:
        root = str(server.make_url("")).rstrip("/")
        await playground.start(root)
        walker = Walker(client, root)
        await walker.meet()
        await walker.say("/subscribe 9:30 Berlin", "Next:")
        jumped = await walker.post("/playground/clock", to="next_delivery")
        await playground.stop()
    assert [sentence.partition(" on ")[0] for sentence in jumped["meanwhile"]] == ["Ada got a message"]


async def test_the_pages_files_are_asked_for_again(walker: Walker) -> None:
    for path in ("/", "/page/main.js"):
        async with walker.client.get(walker.root + path) as answer:
            assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
        known = {"If-None-Match": answer.headers["ETag"]}
        async with walker.client.get(walker.root + path, headers=known) as answer:
            assert (answer.status, answer.headers["Cache-Control"]) == (304, "no-cache")


async def test_a_restart_keeps_everything_and_afresh_nothing(walker: Walker) -> None:
    await walker.post("/api/start", person=walker.person, chat=walker.chat)
    await walker.until("interview trainer")
    await walker.post("/playground/clock", seconds=3600)
    offset = (await walker.get("/playground/clock"))["offset"]
    assert (await walker.post("/playground/restart"))["ok"]
    await walker.say("/help", "What I can do")
    assert (await walker.get("/playground/clock"))["offset"] == offset
    assert (await walker.post("/playground/afresh"))["ok"]
    await walker.meet()
    assert await walker.messages() == []
    assert (await walker.get("/playground/clock"))["offset"] == 0
    await walker.post("/api/start", person=walker.person, chat=walker.chat)
    await walker.until("interview trainer")


async def test_what_the_clock_refuses(walker: Walker) -> None:
    assert "subscribe first" in (await walker.post("/playground/clock", to="next_delivery"))["error"]
    for seconds in (0, -5, 10**9, "x", None, 1.5, True):
        assert "1 second to 366 days" in (await walker.post("/playground/clock", seconds=seconds))["error"]
    assert (await walker.get("/playground/knows?person=x"))["error"]
    assert (await walker.get("/playground/knows?person=77"))["cards"] == []


async def test_other_pages_may_not_steer_it(walker: Walker) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}):
        for path in ("/playground/afresh", "/api/send", "/playground/clock"):
            async with walker.client.post(f"{walker.root}{path}", data="{}", headers=headers) as answer:
                assert answer.status == 403
    async with walker.client.get(walker.root, headers={"Origin": walker.root}) as answer:
        assert answer.status == 200


async def test_a_new_process_takes_up_the_old_ones_world(tmp_path: Path) -> None:
    for turn in range(2):
        process = await start(tmp_path, "--port", "0")
        async with aiohttp.ClientSession() as client:
            walker = Walker(client, await address(process))
            await walker.meet()
            if turn == 0:
                await walker.post("/playground/clock", seconds=3600)
                await walker.say("/subscribe 9:30 Berlin", "Done.")
            else:
                assert "Done." in (await walker.messages())[-1]["text"]
                await walker.say("/start", "Good to see you again")
                assert (await walker.get("/playground/clock"))["offset"] >= 3599
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(20):
            await process.communicate()
        assert process.returncode == 0


async def test_a_busy_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        process = await start(tmp_path, "--port", str(busy.getsockname()[1]))
        async with asyncio.timeout(60):
            _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith("Cannot listen on 127.0.0.1:")
    assert len(errors.decode().splitlines()) == 1


@pytest.mark.parametrize("port", ["65536", "-1", "eighty"])
async def test_an_impossible_port_is_named(tmp_path: Path, port: str) -> None:
    process = await start(tmp_path, "--port", port)
    _, errors = await process.communicate()
    assert process.returncode == 2
    assert b"argument --port" in errors
    assert b"Traceback" not in errors


async def test_a_store_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "playground.db").write_text("my shopping list")
    process = await start(tmp_path, "--port", "0")
    _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith("playground.db cannot be used (file is not a database): ")
    assert len(errors.splitlines()) == 1

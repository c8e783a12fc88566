"""The stranger's walk: `python -m bot.playground` as a process, over HTTP, with the real transport."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from tests.playground.running import address, end, start
from tests.playground.walker import Walker


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
    plan = known["subscription"]
    assert plan["next"] == "Tomorrow at 09:00, Berlin time"
    assert plan["sentence"] == "A question comes every day at 09:00, Berlin time.", "one time, in one zone"
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


async def test_the_pages_files_are_asked_for_again(walker: Walker) -> None:
    for path in ("/", "/page/main.js"):
        async with walker.client.get(walker.root + path) as answer:
            assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
        known = {"If-None-Match": answer.headers["ETag"]}
        async with walker.client.get(walker.root + path, headers=known) as answer:
            assert (answer.status, answer.headers["Cache-Control"]) == (304, "no-cache")


async def test_who_goes_away_meanwhile_is_no_error(walker: Walker) -> None:
    port = int(walker.root.rpartition(":")[2])
    half = "Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    for request in (f"GET /api/events?person={walker.person} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",) * 5 + (
        f"POST /api/send HTTP/1.1\r\n{half}",
        f"POST /playground/clock HTTP/1.1\r\n{half}",
        f"POST /bot700000001:playground/sendMessage HTTP/1.1\r\n{half}",
    ):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request.encode())
        await writer.drain()
        writer.close()
    assert (await walker.get("/playground/clock"))["offset"] == 0


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
                assert (await walker.get("/playground/clock"))["offset"] > 3500
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
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


async def test_a_store_of_newer_code_is_named(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "playground.db")) as store:
        store.execute("CREATE TABLE alembic_version AS SELECT '9999' AS version_num")
        store.commit()
    process = await start(tmp_path, "--port", "0")
    _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith("playground.db is newer than this code: ")
    assert len(errors.splitlines()) == 1

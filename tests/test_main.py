"""`python -m bot` as an operator meets it: real processes, real signals, exit status and one line."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import text

from bot.__main__ import run
from bot.db import Database
from bot.playground.emulator import Telegram
from bot.playground.emulator.web import application
from tests.support.loopback import fetch, free_port

ROOT = Path(__file__).parents[1]
TOKEN = "7654321:process-token-0123456789"


@asynccontextmanager
async def served(telegram: Telegram, port: int = 0) -> AsyncIterator[str]:
    """The emulator on loopback; gives its root."""
    runner = web.AppRunner(application(telegram), access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def start(
    folder: Path, *arguments: str, options: Sequence[str] = (), **environment: str
) -> asyncio.subprocess.Process:
    """Start `python -m bot` in a folder of its own; `options` are the interpreter's."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *options,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def end(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """Wait for the end; give the status and what stood on standard error."""
    async with asyncio.timeout(60):
        _, errors = await process.communicate()
    return process.returncode, errors.decode()


def new_telegram() -> Telegram:
    """An emulator with the machine's time."""
    telegram = Telegram(now=lambda: datetime.now(UTC))
    telegram.add_bot(TOKEN, "gotit_bot", "Gotit")
    return telegram


async def test_it_serves_until_sigterm_and_ends_with_0(tmp_path: Path) -> None:
    telegram = new_telegram()
    ada = telegram.add_person("Ada")
    async with served(telegram) as root:
        process = await start(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=root, LOG_FORMAT="json")
        await ada.send("/start")
        await ada.send("/subscribe 9:30 Berlin")
        async with asyncio.timeout(60):
            while not any("every day at 09:30" in seen.text for seen in ada.messages()):
                await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        status, errors = await end(process)
    assert status == 0, errors
    assert TOKEN.split(":")[1] not in errors
    lines = [json.loads(line) for line in errors.splitlines()]
    subscribed = next(line for line in lines if "subscribed" in line["message"])
    assert {"user_id": ada.id, "chat_id": ada.id}.items() <= subscribed.items()
    assert "update_id" in subscribed
    assert not [line for line in lines if "Star" in line["message"]]
    assert (tmp_path / "gotit.db").exists()


async def test_sigterm_while_telegram_holds_everyone_ends_in_time(tmp_path: Path) -> None:
    telegram = new_telegram()
    ada, *crowd = [telegram.add_person(name) for name in ("Ada", "Bob", "Cleo", "Dan")]
    async with served(telegram) as root:
        process = await start(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=root)
        await ada.send("/start")
        await ada.send("/subscribe 9:30 UTC")
        async with asyncio.timeout(60):
            while not any("every day at 09:30" in seen.text for seen in ada.messages()):
                await asyncio.sleep(0.05)
        calls = telegram.faults
        calls.flood(28, method="sendMessage", times=len(crowd))
        for person in crowd:
            await person.send("/help")
        await asyncio.sleep(1)
        with closing(sqlite3.connect(tmp_path / "gotit.db", timeout=30, isolation_level=None)) as database:
            now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
            database.execute("UPDATE subscriptions SET last_on = NULL, next_due = ?", [now])
            async with asyncio.timeout(60):
                while not database.execute("SELECT id FROM deliveries WHERE ask_id IS NOT NULL").fetchall():
                    await asyncio.sleep(0.05)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        status, errors = await end(process)
        took = time.monotonic() - began
        with closing(sqlite3.connect(tmp_path / "gotit.db")) as database:
            ((until,),) = database.execute("SELECT lease_until FROM deliveries").fetchall()
    handed_back = datetime.strptime(until, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
    assert status == 0, errors
    assert (handed_back - datetime.now(UTC)).total_seconds() < 30, "until the hold is over, not the lease"
    assert took < 10, "what comes in and what is due wind down beside each other"


async def test_sigint_while_telegram_is_away_ends_with_0(tmp_path: Path) -> None:
    process = await start(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL="http://127.0.0.1:1")
    assert process.stderr is not None
    async with asyncio.timeout(60):
        seen = b""
        while b"cannot be reached" not in seen:
            seen += await process.stderr.readline()
    process.send_signal(signal.SIGINT)
    status, _ = await end(process)
    assert status == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_while_it_still_loads_ends_with_0(tmp_path: Path, number: signal.Signals) -> None:
    process = await start(tmp_path, options=["-X", "importtime"], BOT_TOKEN=TOKEN)
    assert process.stderr is not None
    async with asyncio.timeout(60):
        seen = b""
        while b" aiohttp" not in seen:
            seen = await process.stderr.readline()
    process.send_signal(number)
    status, errors = await end(process)
    assert status == 0, errors[-2000:]
    assert "Traceback" not in errors


async def test_an_unknown_argument_ends_with_2(tmp_path: Path) -> None:
    status, errors = await end(await start(tmp_path, "--migrat-e", BOT_TOKEN=TOKEN))
    assert status == 2
    assert "unrecognized arguments" in errors


async def test_a_refused_token_ends_with_2_and_one_line(tmp_path: Path) -> None:
    async with served(new_telegram()) as root:
        process = await start(tmp_path, BOT_TOKEN="1:another", BOT_API_URL=root)
        status, errors = await end(process)
    assert status == 2
    assert errors.startswith("BOT_TOKEN is refused by Telegram")
    assert len(errors.splitlines()) == 1


async def test_settings_that_are_wrong_end_with_2_and_one_line(tmp_path: Path) -> None:
    for environment, words in (
        ({}, "BOT_TOKEN is not set"),
        ({"BOT_TOKEN": TOKEN, "DATABASE_URL": "mysql://h/d"}, "DATABASE_URL names"),
        ({"BOT_TOKEN": TOKEN, "DATABASE_URL": "nonsense"}, "DATABASE_URL is not"),
    ):
        status, errors = await end(await start(tmp_path, **environment, LOG_LEVEL="ERROR"))
        assert (status, len(errors.splitlines())) == (2, 1), errors
        assert errors.startswith(words)


async def test_an_unreachable_database_ends_with_1_and_one_line(tmp_path: Path) -> None:
    process = await start(
        tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL="postgresql://u:secret@127.0.0.1:1/d", LOG_LEVEL="ERROR"
    )
    status, errors = await end(process)
    assert (status, len(errors.splitlines())) == (1, 1), errors
    assert "cannot be reached" in errors
    assert "secret" not in errors


async def test_postgresql_waits_for_its_migrations(tmp_path: Path, empty_database: str) -> None:
    telegram = new_telegram()
    async with served(telegram) as root:
        environment = {"BOT_TOKEN": TOKEN, "BOT_API_URL": root, "DATABASE_URL": empty_database}
        status, errors = await end(await start(tmp_path, **environment, LOG_LEVEL="ERROR"))
        assert status == 2
        assert "alembic upgrade head" in errors
        process = await start(tmp_path, "--migrate", **environment)
        ada = telegram.add_person("Ada")
        await ada.send("/help")
        async with asyncio.timeout(60):
            while len(ada.messages()) < 2:
                await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert (await end(process))[0] == 0


@pytest.mark.parametrize(
    ("host", "status", "words"),
    [
        ("nowhere.invalid", 2, "HOST cannot be listened on ("),
        ("192.0.2.1", 2, "HOST cannot be listened on ("),
        ("127.0.0.1", 1, "PORT cannot be listened on ("),
    ],
)
async def test_what_cannot_be_listened_on_is_named(
    tmp_path: Path, host: str, status: int, words: str
) -> None:
    async with served(new_telegram()) as root:
        taken = root.rpartition(":")[2]
        environment = {"BOT_TOKEN": TOKEN, "BOT_API_URL": root, "HOST": host, "PORT": taken}
        found, errors = await end(await start(tmp_path, **environment, LOG_LEVEL="ERROR"))
    assert (found, len(errors.splitlines())) == (status, 1), errors
    assert errors.startswith(words)


async def test_a_database_newer_than_the_code_ends_with_2_and_one_line(
    tmp_path: Path, migrated_url: str
) -> None:
    database = Database(migrated_url)
    async with database.transaction() as session:
        kept = await session.scalar(text("SELECT version_num FROM alembic_version"))
        await session.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    try:
        for options in ([], ["--migrate"]):
            process = await start(
                tmp_path, *options, BOT_TOKEN=TOKEN, DATABASE_URL=migrated_url, LOG_LEVEL="ERROR"
            )
            status, errors = await end(process)
            assert (status, len(errors.splitlines())) == (2, 1), errors
            assert errors.startswith("DATABASE_URL names a database that is newer than this code: ")
    finally:
        # The tests of a process share one migrated PostgreSQL.
        async with database.transaction() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = :kept"), {"kept": kept})
        await database.close()


def figures_in_the_guide() -> set[str]:
    """Every figure that the operator's guide explains, in its table."""
    guide = (Path(__file__).parents[1] / "docs" / "operations.md").read_text()
    return set(re.findall(r"^\| `(gotit_\w+)`", guide, re.MULTILINE))


async def test_the_webhook_serves_updates_health_and_metrics(tmp_path: Path) -> None:
    telegram = new_telegram()
    ada = telegram.add_person("Ada")
    port = free_port()
    async with served(telegram) as root:
        process = await start(
            tmp_path,
            BOT_TOKEN=TOKEN,
            BOT_API_URL=root,
            WEBHOOK_URL=f"http://127.0.0.1:{port}",
            HOST="127.0.0.1",
            PORT=str(port),
            METRICS_TOKEN="figures",
            SEND_RATE="100",
        )
        await ada.send("/start")
        async with asyncio.timeout(60):
            while len(ada.messages()) < 2:
                await asyncio.sleep(0.05)
        assert await fetch(f"http://127.0.0.1:{port}/healthz") == (200, '{"ok":true,"failed":[]}')
        assert (await fetch(f"http://127.0.0.1:{port}/metrics"))[0] == 401
        text = ""
        async with asyncio.timeout(60):
            # The answer is seen before its update has ended and is counted.
            while 'gotit_webhook_calls_total{ending="worked_off"} 1' not in text:
                await asyncio.sleep(0.05)
                status, text = await fetch(f"http://127.0.0.1:{port}/metrics", Authorization="Bearer figures")
                assert status == 200
        assert 'gotit_updates_total{ending="done"} 1' in text
        assert 'gotit_webhook_calls_total{ending="wrong_secret"} 0' in text
        assert "gotit_update_seconds_count 1" in text
        assert 'gotit_update_errors_total{kind="bug"} 0' in text
        assert set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE)) == figures_in_the_guide()
        assert (await fetch(f"http://127.0.0.1:{port}/telegram"))[0] == 405
        process.send_signal(signal.SIGTERM)
        status, errors = await end(process)
    assert status == 0, errors
    assert "every daily question costs 0.1 Star" in errors


async def test_polling_serves_health_where_a_port_is_set(tmp_path: Path) -> None:
    port = free_port()
    async with served(new_telegram()) as root:
        process = await start(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=root, PORT=str(port))
        assert (await fetch(f"http://127.0.0.1:{port}/healthz"))[0] == 200
        assert (await fetch(f"http://127.0.0.1:{port}/metrics"))[0] == 200
        process.send_signal(signal.SIGTERM)
        assert (await end(process))[0] == 0


def test_it_runs_without_uvloop_too(monkeypatch: pytest.MonkeyPatch) -> None:
    loops = []

    async def work() -> None:
        loops.append(type(asyncio.get_running_loop()).__module__.partition(".")[0])

    monkeypatch.setitem(sys.modules, "uvloop", None)
    run(work())
    assert loops == ["asyncio"]


async def test_a_worker_beside_a_webhook_keeps_its_figures_to_itself(tmp_path: Path) -> None:
    port = free_port()
    async with served(new_telegram()) as root:
        environment = {"BOT_TOKEN": TOKEN, "BOT_API_URL": root, "ROLE": "worker", "PORT": str(port)}
        process = await start(tmp_path, **environment, WEBHOOK_URL="https://bot.example.org")
        assert (await fetch(f"http://127.0.0.1:{port}/healthz"))[0] == 200
        assert (await fetch(f"http://127.0.0.1:{port}/metrics"))[0] == 404
        assert (await fetch(f"http://127.0.0.1:{port}/telegram"))[0] == 404
        process.send_signal(signal.SIGTERM)
        status, errors = await end(process)
    assert status == 0
    assert "ROLE is worker, but SQLite is for one process" in errors

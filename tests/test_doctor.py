"""`python -m bot.doctor` names what is wrong and what to do, and is silent about secrets."""

from __future__ import annotations

import os
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot import doctor
from bot.bank import BankError
from bot.db import Database
from bot.db.migrate import Age, upgrade
from bot.playground.emulator import Telegram
from bot.playground.emulator.web import application

ROOT = Path(__file__).parents[1]
TOKEN = "7654321:doctor-token-0123456789"


@asynccontextmanager
async def telegram() -> AsyncIterator[str]:
    """An emulated Telegram on loopback."""
    emulator = Telegram(now=lambda: datetime.now(UTC))
    emulator.add_bot(TOKEN, "gotit_bot", "Gotit")
    runner = web.AppRunner(application(emulator), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def examined(folder: Path, **environment: str) -> tuple[int | None, str]:
    """Run the command; give its status and words."""
    process = await create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.doctor",
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        stdout=PIPE,
        stderr=PIPE,
    )
    out, errors = await process.communicate()
    text = (out + errors).decode()
    assert TOKEN.split(":")[1] not in text
    assert "Traceback" not in text
    return process.returncode, text


async def test_a_healthy_house(tmp_path: Path) -> None:
    async with telegram() as root:
        (tmp_path / "gotit.db").touch()
        status, text = await examined(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=root)
    assert status == 0, text
    for words in (
        "@gotit_bot",
        "SQLite answers",
        "questions in",
        "none, updates are polled",
        "s from Telegram's",
    ):
        assert words in text
    assert text.endswith("The bot can run.\n")


async def test_a_missing_token_is_a_wrong_setting(tmp_path: Path) -> None:
    status, text = await examined(tmp_path)
    assert status == 2
    assert text.startswith("BOT_TOKEN is not set")


async def test_everything_is_wrong_at_once(tmp_path: Path) -> None:
    status, text = await examined(
        tmp_path,
        BOT_TOKEN=TOKEN,
        BOT_API_URL="http://127.0.0.1:1",
        DATABASE_URL="postgresql://nobody:secret@127.0.0.1:1/none",
    )
    assert status == 1
    assert "FAIL  database" in text
    assert "FAIL  telegram" in text
    assert "secret" not in text


async def test_a_database_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    async with telegram() as root:
        environment = {"BOT_TOKEN": TOKEN, "BOT_API_URL": root}
        status, text = await examined(tmp_path, **environment)
        assert status == 0, text
        assert f"note  database    {tmp_path}/gotit.db does not exist" in text
        assert "the bot's start makes it" in text
        assert not (tmp_path / "gotit.db").exists()
        status, text = await examined(tmp_path, **environment, DATABASE_URL="sqlite:///data/gotit.db")
    assert status == 1
    assert f"FAIL  database    {tmp_path}/data does not exist" in text


async def test_a_page_of_something_else_is_no_refused_token(tmp_path: Path) -> None:
    async with telegram() as root:
        status, text = await examined(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=f"{root}/wrong")
    assert status == 1
    assert f"FAIL  telegram    {root}/wrong is no Bot API server" in text
    assert "BotFather" not in text


async def test_a_worker_on_sqlite(tmp_path: Path) -> None:
    async with telegram() as root:
        async with ClientSession() as client:
            await client.post(
                f"{root}/bot{TOKEN}/setWebhook", json={"url": "https://bot.example.org/telegram"}
            )
        status, text = await examined(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=root, ROLE="worker")
    assert status == 0, text
    assert "note  role        worker" in text
    assert "a worker leaves that to the others" in text
    assert "polls" not in text


async def test_a_refused_token(tmp_path: Path) -> None:
    async with telegram() as root:
        status, text = await examined(tmp_path, BOT_TOKEN="1:other", BOT_API_URL=root)
    assert status == 1
    assert "FAIL  token       Telegram refuses it" in text
    assert "@BotFather" in text


async def test_postgresql_before_and_after_its_migrations(tmp_path: Path, empty_database: str) -> None:
    database = Database(empty_database)
    async with telegram() as root:
        environment = {"BOT_TOKEN": TOKEN, "BOT_API_URL": root, "DATABASE_URL": empty_database}
        status, text = await examined(tmp_path, **environment)
        assert status == 1
        assert "alembic upgrade head" in text
        await upgrade(database)
        await database.close()
        status, text = await examined(tmp_path, **environment)
    assert status == 0, text
    assert "s from database's" in text


def test_a_database_newer_than_the_code() -> None:
    for is_sqlite in (True, False):
        finding = doctor._migrations(Age.NEWER, is_sqlite=is_sqlite)
        assert finding.must
        assert "newer than this code" in finding.found
        assert "start the newer code" in finding.mend


def test_a_broken_bank_and_a_wrong_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> None:
        raise BankError([])

    monkeypatch.setattr(doctor, "load", broken)
    assert doctor.the_bank().must
    now = datetime.now(UTC)
    assert doctor._skew("Telegram", now - timedelta(minutes=1)).must
    assert not doctor._skew("Telegram", now).must

"""Telegram away, lines cut after the effect, a database that restarts: with a real process."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.delivery import window_of
from tests.crash.scene import RATE
from tests.crash.trial import Record, Trial

PEOPLE = 600


async def finish(trial: Trial, bot: int, kills: int = 0) -> Record:
    """Let everyone have their question, and end the bot."""
    await trial.until(1.0)
    await trial.until_worked_off()
    os.kill(bot, signal.SIGTERM)
    return await trial.record(kills)


async def test_telegram_goes_away_and_comes_back(database_url: str, tmp_path: Path) -> None:
    trial = Trial(database_url, PEOPLE)
    await trial.prepare()
    async with trial.served() as port:
        nursery = trial.nursery(tmp_path, port)
        bots = await nursery.__aenter__()
        bot = await trial.start(bots)
        await trial.until(0.2)
    await asyncio.sleep(0.2)
    async with trial.served(port):
        record = await finish(trial, bot)
        await nursery.__aexit__(None, None, None)
    assert record.lost == 0
    assert record.repeated <= window_of(RATE), "those in flight when it went"
    assert record.reviews == record.reviewers == record.pressed


async def test_lines_that_are_cut_after_the_effect(database_url: str, tmp_path: Path) -> None:
    trial = Trial(database_url, PEOPLE)
    trial.telegram.faults.cut_line(times=15, method="sendMessage")
    await trial.prepare()
    async with trial.served() as port, trial.nursery(tmp_path, port) as bots:
        record = await finish(trial, await trial.start(bots))
    assert record.lost == 0
    assert 0 < record.repeated <= 15
    assert record.reviews == record.reviewers == record.pressed


async def test_a_database_that_restarts(empty_database: str, tmp_path: Path) -> None:
    psycopg = pytest.importorskip("psycopg")
    parts = urlsplit(empty_database)
    server = parts._replace(path="/postgres").geturl()
    name = parts.path[1:]
    trial = Trial(empty_database, PEOPLE)
    await trial.prepare()
    async with trial.served() as port, trial.nursery(tmp_path, port) as bots:
        bot = await trial.start(bots)
        await trial.until(0.2)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            await asyncio.sleep(0.2)
            before = sum(trial.copies().values())
            await asyncio.sleep(0.2)
            assert sum(trial.copies().values()) - before <= window_of(RATE)
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
        record = await finish(trial, bot)
    assert record.lost == 0
    assert record.repeated == 0, "the process lived: it knew what it had sent"
    assert record.reviews == record.reviewers == record.pressed

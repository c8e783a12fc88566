"""Fixtures of the edge: a Telegram on loopback, a transport, a bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.api.transport import AiohttpRequest
from tests.api.fake_telegram import FakeTelegram, bot_of, fake_telegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as fake:
        yield fake


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest() as request:
        yield request


@pytest.fixture
async def bot(telegram: FakeTelegram, request_: AiohttpRequest) -> ExtBot[Any]:
    return bot_of(telegram, request_)

"""The playground's own routes while the bot is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.bank import Bank
from bot.playground.playground import Playground
from bot.playground.server import build


@pytest.mark.parametrize("path", ["/playground/clock", "/playground/knows?person=1001"])
async def test_who_asks_while_the_bot_stops_is_told(bank: Bank, tmp_path: Path, path: str) -> None:
    stopped = Playground(bank, tmp_path / "playground.db")
    async with TestClient(TestServer(build(stopped))) as client, client.get(path) as answer:
        assert (answer.status, await answer.json()) == (503, {"error": "the bot is not running just now"})

"""The first calls of a start: made until Telegram itself answers."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from telegram.error import BadRequest, InvalidToken
from telegram.ext import ExtBot

from bot.api import reaching
from bot.api.reaching import until_it_arrives
from bot.handlers import profile
from bot.rendering.help import PRIVATE_COMMANDS
from tests.api.fake_telegram import ME, FakeTelegram, Reply, cut, error, ok, page


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between tries, which take no time here."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(reaching.asyncio, "sleep", sleep)
    return waited


async def test_whatever_is_not_telegram_is_waited_out(
    telegram: FakeTelegram, bot: ExtBot[Any], waits: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    telegram.replies += [
        page(502, "<html>Bad Gateway</html>"),
        page(404, "<html>not here</html>"),
        page(401, "<html>log in</html>"),
        page(200, "<html>welcome to the hotel</html>"),
        error(429, "Too Many Requests: retry after 60", retry_after=60),
        cut,
        ok(ME),
    ]
    await until_it_arrives(bot.initialize)
    assert waits == [1, 2, 5, 10, 60, 30]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.parametrize("reply", [error(401, "Unauthorized"), error(404, "Not Found")])
async def test_a_refused_token_is_not_waited_out(
    telegram: FakeTelegram, bot: ExtBot[Any], waits: list[float], reply: Reply
) -> None:
    telegram.replies.append(reply)
    with pytest.raises(InvalidToken):
        await until_it_arrives(bot.initialize)
    assert waits == []


async def test_a_refused_address_is_not_waited_out(
    telegram: FakeTelegram, bot: ExtBot[Any], waits: list[float]
) -> None:
    telegram.replies.append(error(400, "Bad Request: bad webhook"))
    with pytest.raises(BadRequest):
        await until_it_arrives(lambda: bot.set_webhook("https://bot.example.org"))
    assert waits == []


async def test_a_server_without_menus_and_descriptions_does(
    telegram: FakeTelegram, bot: ExtBot[Any], caplog: pytest.LogCaptureFixture
) -> None:
    telegram.default = error(404, "Not Found: method not found")
    await profile.publish(bot)
    assert len(telegram.methods) == 5
    assert all("could not be published" in record.getMessage() for record in caplog.records)


async def test_what_the_server_has_is_published_beside_what_it_lacks(
    telegram: FakeTelegram, bot: ExtBot[Any]
) -> None:
    telegram.replies += [ok([]), ok(True), *[error(400, "Bad Request: odd")] * 4]
    await profile.publish(bot)
    assert telegram.methods[:2] == ["getMyCommands", "setMyCommands"]
    assert len(telegram.heard[1].fields["commands"]) == len(PRIVATE_COMMANDS)
    assert telegram.methods[-1] == "getMyShortDescription"


@pytest.mark.parametrize("reply", [cut, error(429, "Too Many Requests: retry after 3600", retry_after=3600)])
async def test_trouble_with_the_menus_holds_no_start_up(
    telegram: FakeTelegram, bot: ExtBot[Any], reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.default = reply
    await profile.publish(bot)
    assert telegram.methods == ["getMyCommands"]
    assert "wait for the next start" in caplog.text

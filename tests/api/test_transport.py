"""The transport: what goes over the wire, what comes back, what each failure is called."""

from __future__ import annotations

import asyncio
import io
import logging
import traceback
from typing import Any

import orjson
import pytest
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.api.errors import ConnectionCut, FloodWait, NotSent, NotSentInTime, seconds_of
from bot.api.transport import AiohttpRequest, Call, post_plain
from tests.api.fake_telegram import (
    HALF,
    ME,
    TOKEN,
    FakeTelegram,
    bot_of,
    cut,
    error,
    ok,
    page,
    silence,
    until,
)

MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}}


async def test_parameters_travel_as_json(telegram: FakeTelegram, bot: ExtBot[Any]) -> None:
    telegram.replies.append(ok(MESSAGE))
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Got it ✓", callback_data="1:2")]])
    message = await bot.send_message(5, "<b>Grüße</b> 👋", reply_markup=keyboard, disable_notification=True)
    assert message.message_id == 7
    heard = telegram.heard[0]
    assert heard.content_type == "application/json"
    assert heard.fields == {
        "chat_id": 5,
        "text": "<b>Grüße</b> 👋",
        "disable_notification": True,
        "reply_markup": {"inline_keyboard": [[{"text": "Got it ✓", "callback_data": "1:2"}]]},
    }


async def test_a_call_without_parameters_has_no_body(telegram: FakeTelegram, bot: ExtBot[Any]) -> None:
    assert (await bot.get_me()).username == "gotit_bot"
    assert telegram.heard[0].fields == {"raw": b""}


@pytest.mark.parametrize("as_handle", [False, True])
async def test_files_go_up_as_multipart(telegram: FakeTelegram, bot: ExtBot[Any], as_handle: bool) -> None:
    telegram.replies.append(ok(MESSAGE))
    content = b"\x00picture\xff" * 200_000  # over a megabyte: aiohttp warns of such bytes
    file = io.BytesIO(content) if as_handle else content
    await bot.send_photo(5, file, caption="Your week", filename="week.png", show_caption_above_media=True)
    heard = telegram.heard[0]
    assert heard.content_type == "multipart/form-data"
    body = heard.fields["raw"]
    assert content in body
    assert b'filename="week.png"' in body
    assert b"Content-Type: image/png" in body
    assert b"Your week" in body
    assert b"true" in body  # not Python's True


async def test_files_come_down(telegram: FakeTelegram, bot: ExtBot[Any]) -> None:
    async def content(_request: web.Request) -> web.Response:
        return web.Response(body=b"\x00\x01" * 50_000)

    telegram.replies += [ok({"file_id": "f", "file_unique_id": "u", "file_path": "docs/a.bin"}), content]
    file = await bot.get_file("f")
    assert bytes(await file.download_as_bytearray()) == b"\x00\x01" * 50_000
    assert telegram.heard[1].path == f"/file/bot{TOKEN}/docs/a.bin"


async def test_plain_dictionaries(telegram: FakeTelegram, request_: AiohttpRequest) -> None:
    telegram.replies.append(ok(MESSAGE))
    fields = {"chat_id": 5, "text": "Hi", "reply_markup": {"inline_keyboard": []}}
    assert await post_plain(request_, f"{telegram.base_url}/sendMessage", fields) == MESSAGE
    assert telegram.heard[0].fields == fields


@pytest.mark.parametrize(
    ("reply", "kind", "text"),
    [
        (error(400, "Bad Request: message text is empty"), BadRequest, "Message text is empty"),
        (error(401, "Unauthorized"), InvalidToken, "Unauthorized"),
        (error(403, "Forbidden: bot was blocked by the user"), Forbidden, "blocked"),
        (error(404, "Not Found"), InvalidToken, "Not Found"),
        (error(409, "Conflict: terminated by other getUpdates request"), Conflict, "terminated"),
        (error(400, "Bad Request: upgraded", migrate_to_chat_id=-1001), ChatMigrated, "-1001"),
        (error(429, "Too Many Requests: retry after 7", retry_after=7), RetryAfter, "0:00:07"),
        (error(429, "Too Many Requests"), NetworkError, "Too Many Requests"),
        (error(500, "Internal Server Error"), NetworkError, "Internal Server Error"),
        (page(502, "<html>502 Bad Gateway</html>"), NetworkError, r"Bad Gateway \(502\)"),
        (page(504, ""), NetworkError, r"Gateway Timeout \(504\)"),
        (page(302, "moved"), NetworkError, r"Found \(302\)"),
        (page(200, "<html>Please log in to this network</html>"), TelegramError, "Invalid server response"),
        (page(200, "[]"), TelegramError, "Invalid server response"),
        (page(200, "{}"), TelegramError, "Invalid server response"),
    ],
)
async def test_answers_become_the_librarys_errors(
    telegram: FakeTelegram, bot: ExtBot[Any], reply: Any, kind: type[Exception], text: str
) -> None:
    telegram.replies.append(reply)
    with pytest.raises(kind, match=text):
        await bot.get_me()


async def test_a_429_says_how_long(telegram: FakeTelegram, bot: ExtBot[Any]) -> None:
    telegram.replies.append(error(429, "Too Many Requests: retry after 7", retry_after=7))
    with pytest.raises(FloodWait) as caught:
        await bot.get_me()
    assert seconds_of(caught.value) == 7.0


async def test_nobody_there_means_nothing_was_sent(request_: AiohttpRequest) -> None:
    with pytest.raises(NotSent, match="ClientConnectorError"):
        await post_plain(request_, f"http://127.0.0.1:1/bot{TOKEN}/sendMessage", {"chat_id": 1})


async def test_no_connection_free_in_time_means_nothing_was_sent(telegram: FakeTelegram) -> None:
    telegram.default = silence
    async with AiohttpRequest(connections=1, connect_timeout=1.0, pool_timeout=0.05) as request:
        first = asyncio.create_task(post_plain(request, f"{telegram.base_url}/first", {"a": 1}))
        await until(lambda: telegram.heard)
        with pytest.raises(NotSentInTime) as caught:
            await post_plain(request, f"{telegram.base_url}/second", {"a": 1})
        assert isinstance(caught.value, TimedOut)
        assert HALF not in str(caught.value)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
    assert telegram.methods == ["first"]


async def test_no_answer_in_time_may_have_arrived(telegram: FakeTelegram) -> None:
    telegram.default = silence
    async with AiohttpRequest(read_timeout=0.5) as request:
        with pytest.raises(TimedOut) as caught:
            await post_plain(request, f"{telegram.base_url}/sendMessage", {"a": 1})
        await until(lambda: telegram.heard)
    assert not isinstance(caught.value, NotSent)
    assert telegram.methods == ["sendMessage"]


async def test_a_call_brings_its_own_patience(telegram: FakeTelegram) -> None:
    async def late(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.15)
        return web.Response(body=orjson.dumps({"ok": True, "result": []}))

    telegram.default = late
    async with AiohttpRequest(read_timeout=0.02) as request:
        assert await post_plain(request, f"{telegram.base_url}/getUpdates", {"a": 1}, read_timeout=5) == []
        assert await bot_of(telegram, request).get_updates(timeout=5) == ()
        with pytest.raises(TimedOut):
            await post_plain(request, f"{telegram.base_url}/getUpdates", {"a": 1})


async def test_a_cut_line_may_have_arrived_and_is_not_repeated(
    telegram: FakeTelegram, request_: AiohttpRequest
) -> None:
    await post_plain(request_, f"{telegram.base_url}/getMe", {"a": 1})  # the next one uses a kept line
    telegram.replies.append(cut)
    with pytest.raises(ConnectionCut, match="ServerDisconnectedError") as caught:
        await post_plain(request_, f"{telegram.base_url}/sendMessage", {"a": 1})
    assert not isinstance(caught.value, NotSent)
    assert telegram.methods == ["getMe", "sendMessage"]


async def test_the_token_stays_inside(
    telegram: FakeTelegram, bot: ExtBot[Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    address = f"{telegram.base_url}/getMe"
    quoted = address.replace(":AAF", "%3AAAF")
    telegram.replies += [
        page(502, f"<html>cannot reach {address} ({quoted})</html>"),
        page(404, f"{address} was not found"),
        error(400, f"Bad Request: no such address {address}"),
        page(302, f"moved to {address}"),
        page(200, f"welcome at {address}"),
        cut,
    ]
    for _ in range(6):
        with pytest.raises(TelegramError) as caught:
            await bot.get_me()
        shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
        assert HALF not in shown
        assert caught.value.__context__ is None or HALF not in repr(caught.value.__context__)
    assert HALF not in caplog.text


@pytest.mark.parametrize(
    "address",
    [f"http://nowhere.invalid/bot{TOKEN}/getMe", f"ftp://x/bot{TOKEN}/getMe", f"http:///bot{TOKEN}/x"],
)
async def test_the_token_stays_inside_when_the_address_is_bad(address: str) -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError) as caught:
            await post_plain(request, address, {"a": 1})
    shown = "".join(traceback.format_exception(caught.value))
    assert HALF not in shown
    assert HALF not in repr(caught.value.__context__)


def test_a_call_does_not_print_its_address() -> None:
    call = Call("POST", f"http://x/bot{TOKEN}/getMe", b"", None)  # type: ignore[arg-type]  # no request is made
    assert HALF not in repr(call)
    assert call.method == "getMe"


async def test_the_token_is_not_carried_to_another_address(telegram: FakeTelegram, bot: ExtBot[Any]) -> None:
    async def elsewhere(_request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": f"{telegram.root}/elsewhere"})

    telegram.replies.append(elsewhere)
    with pytest.raises(NetworkError, match="307"):
        await bot.get_me()
    assert telegram.methods == ["getMe"]


async def test_a_long_page_is_cut_short(telegram: FakeTelegram, bot: ExtBot[Any]) -> None:
    telegram.replies.append(page(502, "<html>" + "sorry " * 100_000))
    with pytest.raises(NetworkError) as caught:
        await bot.get_me()
    assert len(str(caught.value)) < 500


async def test_opening_and_closing_twice_does_no_harm(telegram: FakeTelegram) -> None:
    request = AiohttpRequest()
    await request.shutdown()
    await request.initialize()
    await request.initialize()
    assert await post_plain(request, f"{telegram.base_url}/getMe", {}) == ME
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(NetworkError, match="initialize"):
        await post_plain(request, f"{telegram.base_url}/getMe", {})
    await request.initialize()
    assert await post_plain(request, f"{telegram.base_url}/getMe", {}) == ME
    await request.shutdown()


async def test_proxies_come_from_the_environment(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", telegram.root)
    monkeypatch.setenv("no_proxy", "")
    async with AiohttpRequest() as request:
        assert await post_plain(request, f"http://api.invalid/bot{TOKEN}/getMe", {"a": 1}) == ME
    assert telegram.methods == ["getMe"]


async def test_everything_but_http_works_without_a_network() -> None:
    class InProcess(AiohttpRequest):
        async def exchange(self, call: Call) -> tuple[int, bytes]:
            if call.method == "getMe":
                return 200, orjson.dumps({"ok": True, "result": ME})
            if call.files:
                assert call.fields == {"chat_id": 5}
                (name, content, kind) = call.files["document"]
                assert (name, content, kind) == ("all.json", b"{}", "application/json")
                return 200, orjson.dumps({"ok": True, "result": MESSAGE})
            return 400, orjson.dumps({"ok": False, "description": "Bad Request: chat not found"})

    bot: ExtBot[Any] = ExtBot(TOKEN, request=InProcess(), get_updates_request=InProcess())
    async with bot:
        assert bot.username == "gotit_bot"
        await bot.send_document(5, b"{}", filename="all.json")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(5, "x")

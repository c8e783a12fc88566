"""The webhook: who may call, what each answer means, and that 200 means done."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update
from telegram.ext import ExtBot

from bot.api.errors import UnavailableError
from bot.api.in_order import InOrder
from bot.api.transport import AiohttpRequest
from bot.web import webhook as webhook_module
from bot.web.application import application, serve
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.webhook import HEADER, LARGEST, Webhook, announce, default_secret
from tests.api.fake_telegram import TOKEN, bot_of, fake_telegram, message, ok, until

SECRET = "the_webhooks-secret"
WorkOff = Callable[[Update], Awaitable[None]]


@pytest.fixture
def bot() -> ExtBot[Any]:
    return ExtBot(TOKEN, request=AiohttpRequest(), get_updates_request=AiohttpRequest())


class Caller:
    """Telegram's side of the webhook."""

    def __init__(self, session: aiohttp.ClientSession, url: str, webhook: Webhook) -> None:
        self._session = session
        self._url = url
        self.webhook = webhook

    async def post(self, body: object, secret: str | None = SECRET, path: str = "/telegram") -> int:
        headers = {} if secret is None else {HEADER: secret}
        data = io.BytesIO(body if isinstance(body, bytes) else orjson.dumps(body))
        async with self._session.post(self._url + path, data=data, headers=headers) as answer:
            return answer.status


@asynccontextmanager
async def called(bot: ExtBot[Any], work_off: WorkOff) -> AsyncIterator[Caller]:
    webhook = Webhook(bot, InOrder(work_off), SECRET)
    app = application(Health({}), Metrics([]), webhook)
    async with serve(app, "127.0.0.1", 0) as port, aiohttp.ClientSession() as session:
        yield Caller(session, f"http://127.0.0.1:{port}", webhook)


async def nothing(_update: Update) -> None:
    return None


async def test_200_comes_when_the_work_is_done(bot: ExtBot[Any]) -> None:
    gate, begun = asyncio.Event(), asyncio.Event()

    async def work_off(_update: Update) -> None:
        begun.set()
        await gate.wait()

    async with called(bot, work_off) as caller:
        call = asyncio.create_task(caller.post(message(1, 5)))
        await begun.wait()
        await asyncio.sleep(0.05)
        assert not call.done()
        gate.set()
        assert await call == 200
        assert caller.webhook.answers == {"worked_off": 1}


async def test_503_asks_for_it_again(bot: ExtBot[Any]) -> None:
    async def work_off(_update: Update) -> None:
        raise UnavailableError("away")

    async with called(bot, work_off) as caller:
        assert await caller.post(message(1, 5)) == 503
        assert caller.webhook.answers == {"sent_back": 1}


async def test_a_bug_is_logged_and_not_asked_for_again(
    bot: ExtBot[Any], caplog: pytest.LogCaptureFixture
) -> None:
    async def work_off(_update: Update) -> None:
        raise ZeroDivisionError("a bug")

    async with called(bot, work_off) as caller:
        assert await caller.post(message(1, 5)) == 200
    assert caplog.text.count("update 1 failed") == 1


async def test_the_order_of_a_user_is_kept(bot: ExtBot[Any]) -> None:
    done: list[int] = []

    async def work_off(update: Update) -> None:
        await asyncio.sleep(0.02 if update.update_id == 1 else 0)
        done.append(update.update_id)

    async with called(bot, work_off) as caller:
        first = asyncio.create_task(caller.post(message(1, 5)))
        await until(lambda: caller.webhook._lanes.inside)
        assert await asyncio.gather(first, caller.post(message(2, 5))) == [200, 200]
    assert done == [1, 2]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "gemäß"])
async def test_without_the_secret_nothing_is_even_read(bot: ExtBot[Any], secret: str | None) -> None:
    worked_off: list[Update] = []

    async def work_off(update: Update) -> None:
        worked_off.append(update)

    async with called(bot, work_off) as caller:
        assert await caller.post(message(1, 5), secret) == 403
        assert await caller.post(b"x" * 100, secret) == 403
        assert caller.webhook.answers == {"wrong_secret": 2}
    assert worked_off == []


async def test_the_secret_is_compared_in_constant_time(
    bot: ExtBot[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []
    really = hmac.compare_digest

    def compare(left: bytes, right: bytes) -> bool:
        compared.append((left, right))
        return really(left, right)

    async with called(bot, nothing) as caller:
        monkeypatch.setattr(webhook_module.hmac, "compare_digest", compare)
        assert await caller.post(message(1, 5), "guess") == 403
        monkeypatch.undo()
    assert compared == [(b"guess", SECRET.encode())]


async def test_an_update_of_over_a_megabyte_is_refused(bot: ExtBot[Any]) -> None:
    large = message(1, 5)
    large["message"]["text"] = "x" * LARGEST
    fitting = message(2, 5)
    fitting["message"]["text"] = "x" * (LARGEST - 1000)
    async with called(bot, nothing) as caller:
        assert await caller.post(large) == 413
        assert await caller.post(fitting) == 200
        assert caller.webhook.answers == {"too_large": 1, "worked_off": 1}


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"{", b"[]", b"null", b'"x"', b"{}", b'{"update_id": "1"}', b"[" * 5000]
)
async def test_what_is_no_update_is_refused(bot: ExtBot[Any], body: bytes) -> None:
    async with called(bot, nothing) as caller:
        assert await caller.post(body) == 400
        assert caller.webhook.answers == {"malformed": 1}


async def test_an_update_that_cannot_be_read_does_not_come_again(bot: ExtBot[Any]) -> None:
    async with called(bot, nothing) as caller:
        assert await caller.post({"update_id": 1, "message": "text"}) == 200
        assert await caller.post({"update_id": 2, "telepathy": {}}) == 200
        assert caller.webhook.answers == {"unreadable": 1, "worked_off": 1}


async def test_a_body_that_dawdles_is_broken_off(bot: ExtBot[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_module, "READ_SECONDS", 0.05)
    async with called(bot, nothing) as caller:
        port = int(caller._url.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 100\r\n\r\n"
        writer.write(head.encode() + b'{"upd')
        assert b" 400 " in await reader.readline()
        writer.close()
        await writer.wait_closed()
        assert caller.webhook.answers == {"broken_off": 1}


async def test_a_caller_that_goes_away_is_broken_off(bot: ExtBot[Any]) -> None:
    async with called(bot, nothing) as caller:
        port = int(caller._url.rpartition(":")[2])
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 100\r\n\r\n"
        writer.write(head.encode() + b'{"upd')
        await until(lambda: caller.webhook._arriving == 1)
        writer.close()
        await until(lambda: caller.webhook.answers == {"broken_off": 1})


async def test_too_many_at_once_are_sent_back(bot: ExtBot[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_module, "MOST_INSIDE", 3)
    gate = asyncio.Event()

    async def work_off(_update: Update) -> None:
        await gate.wait()

    async with called(bot, work_off) as caller:
        calls = [asyncio.create_task(caller.post(message(n, n))) for n in range(1, 11)]
        await until(lambda: caller.webhook.answers["too_many"] == 7)
        gate.set()
        assert sorted(await asyncio.gather(*calls)) == [200] * 3 + [503] * 7


@pytest.mark.parametrize("path", ["/", "/telegram/", f"/bot{TOKEN}"])
async def test_other_addresses_are_not_there(bot: ExtBot[Any], path: str) -> None:
    async with called(bot, nothing) as caller:
        assert await caller.post(message(1, 5), path=path) == 404


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "from", "chat", "message", "date", "type", "text", "data", "user"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
KINDS = ["message", "callback_query", "poll_answer", "my_chat_member", "edited_message", "poll", "other"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), content=json_values)
def test_no_content_harms_the_reading(
    bot: ExtBot[Any], caplog: pytest.LogCaptureFixture, kind: str, content: object
) -> None:
    caplog.set_level(logging.CRITICAL)

    async def story() -> bool:
        lanes = InOrder(nothing)
        update = lanes.read({"update_id": 1, kind: content}, bot)
        return update is None or await lanes.settle(update)

    assert asyncio.run(story())


def test_the_default_secret() -> None:
    expected = hmac.new(TOKEN.encode(), b"gotit-webhook", hashlib.sha256).hexdigest()
    assert default_secret(TOKEN) == expected
    assert len(expected) == 64
    assert default_secret("1:a") == "4690b541906d65977a390de334e1408508069a74be5718662941545813ac6b03"


async def test_telegram_is_told_where_and_what() -> None:
    async with fake_telegram() as telegram, AiohttpRequest() as request:
        telegram.replies.append(ok(True))
        await announce(bot_of(telegram, request), "https://bot.example.org/", SECRET, ["message", "poll"])
        assert telegram.methods == ["setWebhook"]
        assert telegram.heard[0].fields == {
            "url": "https://bot.example.org/telegram",
            "max_connections": 100,
            "allowed_updates": ["message", "poll"],
            "secret_token": SECRET,
        }

"""Webhooks: posted with the secret, again until they are taken; conflicts with polling."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.playground.emulator import webhooks

TOKEN = "7000000001:secret"


class Receiver:
    """The bot's side: keeps what comes, answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[str | None, dict]] = []
        self.answers: list[web.Response] = []
        self.news = asyncio.Event()

    async def receive(self, request: web.Request) -> web.Response:
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        self.news.set()
        return self.answers.pop(0) if self.answers else web.Response()

    async def until(self, count: int) -> None:
        while len(self.got) < count:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 5)


@pytest.fixture
async def receiver(telegram, monkeypatch):
    monkeypatch.setattr(webhooks, "FIRST_PAUSE", 0.01)
    made = Receiver()
    app = web.Application()
    app.router.add_post("/telegram", made.receive)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/telegram"))
        yield made
        await telegram.close()


async def test_updates_are_posted_with_the_secret(receiver, ada, api):
    await api("setWebhook", url=receiver.url, secret_token="s3cret", max_connections=1)
    await ada.send("hello")
    await receiver.until(2)
    assert [(secret, update["message"]["text"]) for secret, update in receiver.got] == [
        ("s3cret", "/start"),
        ("s3cret", "hello"),
    ]
    info = await api("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (receiver.url, 1)


async def test_what_is_not_taken_comes_again(receiver, ada, api):
    receiver.answers = [web.Response(status=503), web.Response(status=503)]
    await api("setWebhook", url=receiver.url)
    await receiver.until(3)
    assert len({update["update_id"] for _, update in receiver.got}) == 1
    info = await api("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_one_senders_updates_come_one_after_another(telegram, receiver, ada, api):
    bob = telegram.add_person("Bob")
    for text in ("one", "two", "three"):
        await ada.send(text)
    await bob.send("me too")
    receiver.answers = [web.Response(status=503)]
    await api("setWebhook", url=receiver.url)
    await receiver.until(6)
    texts = [update["message"]["text"] for _, update in receiver.got]
    assert [text for text in texts if text in ("one", "two", "three")] == ["one", "two", "three"]
    assert texts.index("me too") < texts.index("two"), "another's do not wait for them"


async def test_an_answer_can_be_a_call(receiver, ada, api):
    reply = {"method": "sendMessage", "chat_id": ada.id, "text": "by the way"}
    receiver.answers = [web.json_response(reply)]
    await api("setWebhook", url=receiver.url)
    for _ in range(200):
        if len(ada.messages()) == 2:
            break
        await asyncio.sleep(0.01)
    assert ada.last.text == "by the way"


async def test_polling_and_a_webhook_exclude_each_other(receiver, telegram, ada, api, refusal, updates):
    await updates()
    poll = asyncio.create_task(telegram.call(TOKEN, "getUpdates", {"offset": 2, "timeout": 30}))
    await asyncio.sleep(0)
    await api("setWebhook", url=receiver.url)
    status, body = await poll
    assert (status, body["description"]) == (409, "Conflict: terminated by setWebhook request")
    assert await refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active;"
        " use deleteWebhook to delete the webhook first"
    )
    await api("deleteWebhook", drop_pending_updates=True)
    assert await updates() == []


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "ftp://x.org"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "https://x.org", "secret_token": "x" * 257}, "Bad Request: secret token is too long"),
        (
            {"url": "https://x.org", "secret_token": "ä"},
            "Bad Request: secret token contains unallowed characters",
        ),
        ({"url": "http://x.org"}, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"),
    ],
)
async def test_wrong_webhooks(refusal, parameters, words):
    assert await refusal("setWebhook", **parameters) == words


async def test_webhooks_elsewhere_are_not_modelled(refusal):
    assert "does not model webhooks on other machines" in await refusal(
        "setWebhook", url="https://x.org/hook"
    )

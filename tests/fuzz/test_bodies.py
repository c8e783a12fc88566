"""Bodies that no Telegram sends, and more updates than anyone can work off: refused, counted, and bounded."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar
from unittest.mock import Mock

import pytest
from aiohttp import streams
from aiohttp.test_utils import make_mocked_request
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.api.in_order import InOrder
from bot.bank import Bank
from bot.web import webhook as webhooks
from bot.web.webhook import HEADER, LARGEST, MOST_ARRIVING, MOST_INSIDE, Webhook
from tests.api.fake_telegram import message
from tests.api.virtual_time import settle
from tests.fuzz.ways import SECRET, ByWebhook, by_webhook
from tests.support.stage import Stage


@pytest.fixture
async def stage(bank: Bank, tmp_path: Any) -> Any:
    """The bot on SQLite: what is refused here reaches no database."""
    stage = Stage(bank, f"sqlite:///{tmp_path}/gotit.db")
    await stage.open()
    yield stage
    await stage.close()


def nested(depth: int) -> bytes:
    """A reply to a reply to a reply …"""
    inner = json.dumps(message(1, 5)["message"])[:-1] + ', "reply_to_message": '
    return b'{"update_id": 1, "message": ' + (inner * depth + "{}" + "}" * depth).encode() + b"}"


async def test_one_body_after_another(stage: Stage) -> None:
    good = json.dumps(message(1, 5)).encode()
    bomb = gzip.compress(b'{"update_id": 1, "x": "' + b"0" * 20 * LARGEST + b'"}')
    assert len(bomb) < LARGEST / 10
    zipped = {"Content-Encoding": "gzip"}
    bodies: list[tuple[bytes, dict[str, str], int]] = [
        (good, {}, 200),
        (good, {HEADER: "wrong"}, 403),
        (b"x" * (LARGEST + 1000), {HEADER: "wrong"}, 403),
        (b"x" * (LARGEST + 1000), {}, 413),
        (bomb, zipped, 400),
        (good, zipped, 200),  # nothing is unpacked
        (nested(30), {}, 200),
        (nested(700), {}, 200),
        (good.replace(b"Ada", b"\\ud83d"), {}, 400),
        (good.replace(b"Ada", b"\xff"), {}, 400),
        (good.replace(b'"update_id": 1', b'"update_id": true'), {}, 400),
        (good.replace(b'"update_id": 1', b'"update_id": 99999999999999999999'), {}, 400),
    ]
    async with by_webhook(stage) as way:
        for place, (body, headers, status) in enumerate(bodies):
            assert await way.post(body, **headers) == status, place
        assert way.webhook.answers.total() == len(bodies)
        assert stage.app.lanes.inside == 0
        await still_answers(stage, way)


async def still_answers(stage: Stage, way: ByWebhook) -> None:
    """Let someone new ask something."""
    hedy = stage.person("Hedy")
    await hedy.send("/topics")
    (update,) = await stage.waiting()
    await way.push([update.to_dict() | {"update_id": 10**6}])
    assert "Security" in hedy.last.text


@settings(max_examples=60, derandomize=True)
@given(body=st.binary(max_size=300) | st.text(max_size=200).map(str.encode), at=st.integers(0, 200))
async def test_bytes_of_any_kind(body: bytes, at: int) -> None:
    good = json.dumps(message(1, 5)).encode()
    spliced = good[: at % len(good)] + body + good[at % len(good) :]
    webhook = Webhook(None, InOrder(nothing), SECRET)  # type: ignore[arg-type]  # nobody answers here
    for each in (body, spliced):
        response = await webhook.receive(request(each))
        assert response.status in {200, 400}
    assert webhook.answers.total() == 2


async def nothing(_update: Update) -> None:
    """Work nothing off."""


def request(body: bytes, *, ends: bool = True) -> Any:
    """A call as the server hands it to the webhook, without a socket."""
    connection = Mock(_reading_paused=False, connected=True)
    payload = streams.StreamReader(connection, 2**16, loop=asyncio.get_running_loop())
    payload.feed_data(body)
    if ends:
        payload.feed_eof()
    return make_mocked_request(
        "POST", "/telegram", {HEADER: SECRET}, payload=payload, client_max_size=LARGEST
    )


def batched(bodies: list[bytes], size: int) -> Iterator[list[bytes]]:
    """So many at a time."""
    for start in range(0, len(bodies), size):
        yield bodies[start : start + size]


class Call:
    """Of a request only what the webhook looks at: ten thousand whole ones take a minute to make."""

    headers: ClassVar = {HEADER: SECRET}

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def read(self) -> bytes:
        """Give the body."""
        return self._body


async def test_ten_thousand_at_once(stage: Stage) -> None:
    gate, most = asyncio.Event(), 0

    async def work_off(_update: Update) -> None:
        nonlocal most
        most = max(most, lanes.inside)
        await gate.wait()

    lanes = InOrder(work_off)
    webhook = Webhook(stage.app.bot, lanes, SECRET)
    bodies = [json.dumps(message(number, number % 3000 + 1)).encode() for number in range(10_000)]
    answers: Counter[int] = Counter()
    for bursts in ([bodies], list(batched(bodies[MOST_INSIDE:], MOST_INSIDE))):  # Telegram sends again
        for burst in bursts:
            gate.clear()
            calls = [asyncio.create_task(webhook.receive(Call(body))) for body in burst]  # type: ignore[arg-type]
            for _ in range(3):
                await settle()
            gate.set()
            answers.update([response.status for response in await asyncio.gather(*calls)])
    assert answers[200] == lanes.worked.done == webhook.answers["worked_off"] == 10_000
    assert answers[503] == webhook.answers["too_many"] == 10_000 - MOST_INSIDE
    assert most <= MOST_INSIDE
    assert not lanes._queues


async def test_so_many_bodies_may_arrive_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "READ_SECONDS", 0.05)
    webhook = Webhook(None, InOrder(nothing), SECRET)  # type: ignore[arg-type]  # none gets that far
    slow = [request(b"{", ends=False) for _ in range(MOST_ARRIVING + 50)]
    statuses = [response.status for response in await asyncio.gather(*map(webhook.receive, slow))]
    assert Counter(statuses) == {503: 50, 400: MOST_ARRIVING}
    assert webhook.answers == {"too_many": 50, "broken_off": MOST_ARRIVING}

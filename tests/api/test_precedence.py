"""An update's work goes before a broadcast's: in choosing, and in sending."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from telegram import Update
from telegram.ext import ExtBot

from bot import precedence as precedences
from bot.api.answers import AnswerLimiter
from bot.api.in_order import InOrder
from bot.api.limiter import Limiter
from bot.api.posting import Poster
from bot.api.sending import Sender
from bot.api.transport import AiohttpRequest
from bot.precedence import Precedence
from bot.rendering.screen import Screen
from tests.api.fake_telegram import FakeTelegram, bot_of, ok, update
from tests.api.virtual_time import settle

MESSAGE = {"message_id": 42, "date": 1, "chat": {"id": 5, "type": "private"}}


@pytest.fixture
def long_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gives way does so until nothing is in work."""
    monkeypatch.setattr(precedences, "MOST_SECONDS", 60)


async def test_nobody_waits_for_nothing() -> None:
    async with asyncio.timeout(0):
        await Precedence().give_way()


@pytest.mark.usefixtures("long_patience")
async def test_all_wait_until_the_last_update_is_worked_off() -> None:
    precedence = Precedence()
    with precedence.working():
        with precedence.working():
            waiting = [asyncio.create_task(precedence.give_way()) for _ in range(3)]
            await settle()
        await settle()
        assert not any(task.done() for task in waiting)
    async with asyncio.timeout(30):
        await asyncio.gather(*waiting)
        await precedence.give_way()


@pytest.mark.usefixtures("long_patience")
async def test_an_update_that_waits_for_telegram_needs_nothing() -> None:
    precedence = Precedence()
    with precedence.working():
        waiting = asyncio.create_task(precedence.give_way())
        await settle()
        with precedence.elsewhere():
            async with asyncio.timeout(30):
                await waiting
        assert precedence.is_claimed
    with precedence.elsewhere():  # a call of none
        assert not precedence.is_claimed
    assert not precedence.is_claimed


async def test_a_broadcast_goes_on_a_little_however_much_is_pressed() -> None:
    precedence = Precedence()
    with precedence.working():
        began = time.monotonic()
        for _ in range(3):
            await precedence.give_way()
    assert time.monotonic() - began >= 3 * precedences.MOST_SECONDS * 0.9


@pytest.mark.usefixtures("long_patience")
async def test_one_that_stops_waiting_leaves_the_others() -> None:
    precedence = Precedence()
    with precedence.working():
        first, second = (asyncio.create_task(precedence.give_way()) for _ in range(2))
        await settle()
        first.cancel()
        await settle()
        assert (first.cancelled(), second.done()) == (True, False)
    async with asyncio.timeout(30):
        await second


async def test_two_calls_of_one_update_are_one_wait() -> None:
    """A press is answered and its card edited at once; somebody else's update must not lose by it."""
    precedence, gate = Precedence(), asyncio.Event()

    async def call() -> None:
        with precedence.elsewhere():
            await gate.wait()

    async def press() -> None:
        with precedence.working():
            await asyncio.gather(call(), call())
            assert precedence.is_claimed

    pressing = asyncio.create_task(press())
    await settle()
    assert not precedence.is_claimed
    with precedence.working():
        assert precedence.is_claimed
    gate.set()
    await pressing
    assert not precedence.is_claimed


async def test_a_call_that_outlasts_its_update_claims_nothing() -> None:
    precedence, gate = Precedence(), asyncio.Event()

    async def call() -> None:
        with precedence.elsewhere():
            await gate.wait()

    with precedence.working():
        early = asyncio.create_task(call())
        await settle()
        late = asyncio.create_task(call())
    await settle()
    gate.set()
    await asyncio.gather(early, late)
    assert not precedence.is_claimed
    with precedence.working():
        assert precedence.is_claimed


@pytest.mark.usefixtures("long_patience")
async def test_a_message_of_a_broadcast_waits_while_an_update_is_in_work(
    telegram: FakeTelegram, request_: AiohttpRequest
) -> None:
    limiter, gate = Limiter(), asyncio.Event()
    lanes = InOrder(lambda _update: gate.wait(), limiter.precedence)
    telegram.replies.append(ok(MESSAGE))
    working = asyncio.create_task(lanes.submit(update(1, 5)))
    await settle()
    sending = asyncio.create_task(Sender(request_, telegram.base_url, limiter).send(6, Screen("Hi")))
    await settle()
    await asyncio.sleep(0.05)
    assert telegram.heard == []
    gate.set()
    async with asyncio.timeout(30):
        await asyncio.gather(working, sending)
    assert telegram.methods == ["sendMessage"]


async def answer(bot: ExtBot[float], _limiter: Limiter) -> object:
    """Send as a handler does."""
    return await bot.send_message(5, "Hello")


async def post(bot: ExtBot[float], limiter: Limiter) -> object:
    """Send as a group's game does."""
    return await Poster(bot.request, bot.base_url, limiter).send(5, Screen("Hello"))


@pytest.mark.usefixtures("long_patience")
@pytest.mark.parametrize("call", [answer, post])
async def test_it_goes_while_the_updates_own_call_is_under_way(
    telegram: FakeTelegram,
    request_: AiohttpRequest,
    call: Callable[[ExtBot[float], Limiter], Awaitable[object]],
) -> None:
    limiter = Limiter()
    bot = bot_of(telegram, request_, rate_limiter=AnswerLimiter(limiter))
    telegram.replies.extend([ok(MESSAGE), ok(MESSAGE)])
    sender = Sender(request_, telegram.base_url, limiter)

    async def work_off(_update: Update) -> None:
        sending = asyncio.create_task(sender.send(6, Screen("Hi")))
        await asyncio.sleep(0.05)
        assert telegram.heard == []
        await call(bot, limiter)
        async with asyncio.timeout(30):
            await sending
        assert limiter.precedence.is_claimed

    await InOrder(work_off, limiter.precedence).submit(update(1, 5))
    assert sorted(call.fields["chat_id"] for call in telegram.heard) == [5, 6]

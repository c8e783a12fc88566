"""The library's calls in the lane of the answers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.api.answers import AnswerLimiter, counted_chat
from bot.api.errors import ConnectionCut, FloodWait, NotSent, seconds_of
from bot.api.limiter import Limiter
from bot.api.lines import Lane
from bot.api.transport import AiohttpRequest
from tests.api.fake_telegram import FakeTelegram, bot_of, error, ok, until
from tests.api.virtual_time import VirtualTime, settle

MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}}


class Desk:
    """An AnswerLimiter on a clock that jumps, before a Telegram that answers as told."""

    def __init__(self) -> None:
        self.time = VirtualTime()
        self.limiter = Limiter(monotonic=self.time.monotonic, sleep=self.time.sleep)
        self.answers = AnswerLimiter(self.limiter, monotonic=self.time.monotonic, sleep=self.time.sleep)
        self.calls: list[float] = []
        self.troubles: list[Exception] = []

    async def call(self) -> bool:
        self.calls.append(self.time.now - 1000)
        if self.troubles:
            raise self.troubles.pop(0)
        return True

    def ask(self, endpoint: str, patience: float | None = None, **data: Any) -> asyncio.Task[Any]:
        return asyncio.ensure_future(
            self.answers.process_request(self.call, (), {}, endpoint, data, patience)
        )


@pytest.mark.parametrize(
    ("endpoint", "data", "chat"),
    [
        ("sendMessage", {"chat_id": 5}, 5),
        ("sendMessage", {"chat_id": "5"}, 5),
        ("sendMessage", {"chat_id": "-1005"}, -1005),
        ("sendMessage", {"chat_id": "@gotit"}, "@gotit"),
        ("editMessageText", {"chat_id": -7, "message_id": 1}, -7),
        ("editMessageText", {"inline_message_id": "x"}, None),
        ("editMessageReplyMarkup", {"chat_id": 5}, 5),
        ("stopPoll", {"chat_id": -7}, -7),
        ("copyMessage", {"chat_id": 5}, 5),
        ("sendChatAction", {"chat_id": 5}, None),
        ("answerCallbackQuery", {"callback_query_id": "1"}, None),
        ("getChatAdministrators", {"chat_id": -7}, None),
        ("setMyCommands", {}, None),
        ("deleteMessage", {"chat_id": 5}, None),
    ],
)
def test_what_counts_for_which_chat(endpoint: str, data: dict[str, Any], chat: int | str | None) -> None:
    assert counted_chat(endpoint, data) == chat


async def test_edits_count_like_messages() -> None:
    desk = Desk()
    tasks = [desk.ask(method, chat_id=5) for method in ("sendMessage", "editMessageText") * 3]
    await desk.time.run()
    await asyncio.gather(*tasks)
    assert desk.calls == pytest.approx([0, 0, 0, 0, 0, 1])


async def test_taps_are_answered_at_once_even_in_a_flood() -> None:
    desk = Desk()
    desk.limiter.hold(None, 60)
    tasks = [desk.ask("answerCallbackQuery", callback_query_id=str(n)) for n in range(50)]
    await asyncio.gather(*tasks)
    assert desk.calls == [0.0] * 50


async def test_a_short_429_is_waited_out() -> None:
    desk = Desk()
    desk.troubles = [FloodWait(2)]
    task = desk.ask("sendMessage", chat_id=5)
    await desk.time.run()
    assert await task
    assert desk.calls == pytest.approx([0, 2])
    assert desk.limiter.tally.holds_of_a_chat == 1


async def test_a_short_429_of_an_uncounted_call_is_waited_out() -> None:
    desk = Desk()
    desk.troubles = [FloodWait(2)]
    task = desk.ask("setMyCommands")
    await desk.time.run()
    assert await task
    assert desk.calls == pytest.approx([0, 2])


@pytest.mark.parametrize(
    ("endpoint", "waits", "patience"),
    [
        ("sendMessage", [31], 30),
        ("sendMessage", [12, 12, 12], 30),
        ("answerCallbackQuery", [30], 5),
        ("answerCallbackQuery", [2, 2, 2], 5),
    ],
)
async def test_a_long_429_is_given_up_within_the_patience(
    endpoint: str, waits: list[int], patience: float
) -> None:
    desk = Desk()
    desk.troubles = [FloodWait(wait) for wait in waits]
    task = desk.ask(endpoint, chat_id=5)
    await desk.time.run()
    with pytest.raises(RetryAfter):
        await task
    assert desk.calls[-1] <= patience


async def test_a_held_chat_is_given_up_without_a_call() -> None:
    desk = Desk()
    desk.limiter.hold(5, 31)
    with pytest.raises(RetryAfter) as caught:
        await desk.ask("sendMessage", chat_id=5)
    assert seconds_of(caught.value) == 31
    assert desk.calls == []


async def test_a_call_can_bring_more_patience() -> None:
    desk = Desk()
    desk.limiter.hold(-5, 30)
    task = desk.ask("sendMessage", 60.0, chat_id=-5)
    await desk.time.run()
    assert await task
    assert desk.calls == pytest.approx([30])


async def test_other_errors_pass_unchanged() -> None:
    desk = Desk()
    desk.troubles = [Forbidden("bot was blocked by the user")]
    with pytest.raises(Forbidden):
        await desk.ask("sendMessage", chat_id=5)
    assert desk.calls == [0.0]


async def test_answers_overtake_a_broadcast() -> None:
    desk = Desk()
    broadcast = [
        asyncio.ensure_future(desk.limiter.acquire(chat_id, Lane.BROADCAST)) for chat_id in range(1, 301)
    ]
    await desk.time.run(2.0)
    task = desk.ask("sendMessage", chat_id=9999)
    await desk.time.run(0.1)
    assert task.done()
    assert sum(turn.done() for turn in broadcast) < 80
    await desk.time.run()


async def test_before_a_real_bot(telegram: FakeTelegram, request_: AiohttpRequest) -> None:
    time = VirtualTime()
    limiter = Limiter(100, monotonic=time.monotonic, sleep=time.sleep)
    answers = AnswerLimiter(limiter, monotonic=time.monotonic, sleep=time.sleep)
    bot = bot_of(telegram, request_, rate_limiter=answers)
    telegram.replies.append(error(429, "Too Many Requests: retry after 3", retry_after=3))
    telegram.replies.append(ok(MESSAGE))
    task = asyncio.ensure_future(bot.send_message(5, "Hello"))
    await until(lambda: limiter.tally.holds_of_a_chat)
    await settle()
    await time.run()
    assert (await task).message_id == 7
    assert "allow_paid_broadcast" not in telegram.heard[0].fields
    assert telegram.methods == ["sendMessage"] * 2


async def test_an_edit_says_only_that_it_was_made(telegram: FakeTelegram, request_: AiohttpRequest) -> None:
    bot = bot_of(telegram, request_, rate_limiter=AnswerLimiter(Limiter(100)))
    telegram.replies.append(ok(MESSAGE))
    assert await bot.edit_message_text("Hello", 5, 7) is True
    telegram.replies.append(error(400, "Bad Request: message is not modified"))
    with pytest.raises(BadRequest):
        await bot.edit_message_text("Hello", 5, 7)


@pytest.mark.parametrize("trouble", [NotSent("no way"), ConnectionCut("cut"), NetworkError("Bad Gateway")])
async def test_a_broken_line_does_not_cost_the_answer(trouble: NetworkError) -> None:
    desk = Desk()
    desk.troubles = [trouble] * 3
    task = desk.ask("sendMessage", chat_id=5)
    await desk.time.run()
    assert await task
    assert desk.calls == pytest.approx([0, 0.5, 1.5, 3.5])


@pytest.mark.parametrize("trouble", [TimedOut(), BadRequest("message is not modified")])
async def test_what_may_be_there_or_never_will_is_not_sent_again(trouble: NetworkError) -> None:
    desk = Desk()
    desk.troubles = [trouble]
    task = desk.ask("sendMessage", chat_id=5)
    await desk.time.run()
    with pytest.raises(type(trouble)):
        await task
    assert desk.calls == [0]


async def test_a_line_that_stays_broken_is_given_up_within_the_patience() -> None:
    desk = Desk()
    desk.troubles = [NotSent("no way")] * 99
    task = desk.ask("sendMessage", chat_id=5)
    await desk.time.run()
    with pytest.raises(NotSent):
        await task
    assert 10 < desk.calls[-1] <= 30


async def test_the_start_has_a_longer_breath_of_its_own() -> None:
    desk = Desk()
    desk.troubles = [NotSent("no way")]
    with pytest.raises(NotSent):
        await desk.ask("getMe")
    assert desk.calls == [0]

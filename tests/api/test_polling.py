"""Long polling against a Telegram on loopback that counts what was confirmed."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import ExtBot

from bot.api import polling
from bot.api.errors import UnavailableError
from bot.api.in_order import InOrder
from bot.api.polling import pause_after, poll
from bot.api.transport import AiohttpRequest
from tests.api.fake_telegram import HALF, FakeTelegram, Reply, bot_of, cut, error, message, ok, page, until

WorkOff = Callable[[Update], Awaitable[None]]


class Queue:
    """Telegram's side: keeps updates until they are confirmed, as `getUpdates` does."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.fake = fake
        self.waiting: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.troubles: deque[Reply] = deque()
        self.without_webhooks: Reply | None = None
        self.webhook_calls: list[dict[str, Any]] = []
        fake.default = self.serve

    def add(self, *numbers_and_users: tuple[int, int]) -> None:
        self.waiting += [message(number, user) for number, user in numbers_and_users]

    @property
    def left(self) -> list[int]:
        return [update["update_id"] for update in self.waiting]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        heard = self.fake.heard[-1]
        if heard.method == "deleteWebhook":
            self.webhook_calls.append(heard.fields)
            return await (self.without_webhooks or ok(True))(request)
        assert heard.method == "getUpdates"
        self.asked.append(heard.fields)
        if self.troubles:
            return await self.troubles.popleft()(request)
        offset = heard.fields.get("offset", 0)
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        for _ in range(20 if heard.fields["timeout"] else 1):
            if self.waiting:
                break
            await asyncio.sleep(0.005)
        return await ok(self.waiting[: heard.fields["limit"]])(request)


@pytest.fixture
def queue(telegram: FakeTelegram) -> Queue:
    return Queue(telegram)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "LOOK_AGAIN", 0.02)
    # A confirmation that takes its time is no matter here.
    monkeypatch.setattr(polling, "CONFIRM_SECONDS", 60.0)


@asynccontextmanager
async def polled(bot: ExtBot[Any], work_off: WorkOff) -> AsyncIterator[asyncio.Task[None]]:
    """Poll within the block; at its end the polling is stopped and must end well."""
    stop = asyncio.Event()
    task = asyncio.create_task(
        poll(bot, InOrder(work_off), allowed_updates=["message"], stop=stop, pause=lambda _failures: 0.005)
    )
    try:
        yield task
    finally:
        stop.set()
        async with asyncio.timeout(30):
            await asyncio.wait({task})
    if not task.cancelled() and not isinstance(task.exception(), InvalidToken):
        await task


async def test_updates_are_confirmed_when_they_are_done(queue: Queue, bot: ExtBot[Any]) -> None:
    done: list[int] = []

    async def work_off(update: Update) -> None:
        done.append(update.update_id)

    queue.add((1, 5), (2, 6), (3, 5))
    async with polled(bot, work_off):
        await until(lambda: not queue.waiting)
        queue.add((4, 5))
        await until(lambda: done == [1, 2, 3, 4])
    assert queue.left == []
    assert queue.asked[0]["allowed_updates"] == ["message"]
    assert all(asked["allowed_updates"] == ["message"] for asked in queue.asked)


async def test_a_webhook_that_was_left_is_deleted_and_nothing_dropped(
    queue: Queue, bot: ExtBot[Any], telegram: FakeTelegram
) -> None:
    async with polled(bot, lambda _update: asyncio.sleep(0)):
        await until(lambda: len(queue.asked) > 1)
    assert telegram.methods[0] == "deleteWebhook"
    assert len(queue.webhook_calls) == 1
    assert not queue.webhook_calls[0].get("drop_pending_updates")


async def test_a_slow_update_holds_the_offset_but_not_the_others(queue: Queue, bot: ExtBot[Any]) -> None:
    done: list[int] = []
    gate = asyncio.Event()

    async def work_off(update: Update) -> None:
        if update.update_id == 2:
            await gate.wait()
        done.append(update.update_id)

    queue.add((1, 5), (2, 6), (3, 7))
    async with polled(bot, work_off):
        await until(lambda: done == [1, 3])
        queue.add((4, 7), (5, 8))
        await until(lambda: done == [1, 3, 4, 5])
        assert queue.left == [2, 3, 4, 5]
        assert max(asked.get("offset", 0) for asked in queue.asked) <= 2
        gate.set()
        await until(lambda: not queue.waiting)
    assert done == [1, 3, 4, 5, 2]


async def test_looking_past_a_slow_update_is_not_a_rush(
    queue: Queue, bot: ExtBot[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LOOK_AGAIN", 0.1)
    gate = asyncio.Event()
    queue.add((1, 5))
    async with polled(bot, lambda _update: asyncio.wait_for(gate.wait(), 5)):  # type: ignore[arg-type, return-value]  # the result does not matter
        await until(lambda: queue.asked)
        await asyncio.sleep(0.2)
        assert len(queue.asked) <= 4
        gate.set()


async def test_the_window_is_bounded(queue: Queue, bot: ExtBot[Any]) -> None:
    begun: list[int] = []
    gate = asyncio.Event()

    async def work_off(update: Update) -> None:
        begun.append(update.update_id)
        if update.update_id == 1:
            await gate.wait()

    queue.add(*((number, number) for number in range(1, 301)))
    async with polled(bot, work_off):
        await until(lambda: len(begun) == 100)
        await asyncio.sleep(0.05)
        assert len(begun) == 100
        gate.set()
        await until(lambda: len(begun) == 300)
    assert begun == list(range(1, 301))
    assert queue.left == []


async def test_when_the_database_is_away_nothing_is_passed_and_the_order_kept(
    queue: Queue, bot: ExtBot[Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    done: list[int] = []
    failures = 0
    is_away = True

    async def work_off(update: Update) -> None:
        nonlocal failures
        if is_away:
            failures += 1
            await asyncio.sleep(0.03 if failures == 3 else 0)  # once longer than a look
            raise UnavailableError("no route to the database")
        done.append(update.update_id)

    queue.add((1, 5), (2, 6), (3, 5), (4, 5))
    async with polled(bot, work_off):
        await until(lambda: failures > 20)
        assert queue.left == [1, 2, 3, 4]
        is_away = False
        await until(lambda: not queue.waiting)
    assert sorted(done) == [1, 2, 3, 4]
    assert [number for number in done if number != 2] == [1, 3, 4]
    said = [record.getMessage() for record in caplog.records if record.name == "bot.api.polling"]
    assert len(said) == 2
    assert said[0].startswith("updates wait: the database cannot be reached")
    assert said[1] == "updates flow again"


async def test_what_waited_for_the_database_and_left_telegram_holds_nothing_up(
    queue: Queue, bot: ExtBot[Any], caplog: pytest.LogCaptureFixture
) -> None:
    is_away = True
    done: list[int] = []

    async def work_off(update: Update) -> None:
        if is_away:
            raise UnavailableError("no route to the database")
        done.append(update.update_id)

    queue.add((1, 5), (2, 6))
    async with polled(bot, work_off):
        await until(lambda: len(queue.asked) > 3)
        queue.waiting = queue.waiting[1:]
        asked = len(queue.asked)
        await until(lambda: len(queue.asked) > asked + 1)  # an answer that still had it is past
        is_away = False
        queue.add(*((number, number) for number in range(3, 251)))
        await until(lambda: not queue.waiting)
    assert sorted(done) == list(range(2, 251))
    assert caplog.text.count("Telegram no longer has them: 1 ") == 1


async def test_only_what_was_sent_back_runs_again(queue: Queue, bot: ExtBot[Any]) -> None:
    runs: list[int] = []

    async def work_off(update: Update) -> None:
        runs.append(update.update_id)
        if update.update_id == 1 and runs.count(1) < 4:
            raise UnavailableError("away for one")

    queue.add((1, 5), (2, 6), (3, 7))
    async with polled(bot, work_off):
        await until(lambda: not queue.waiting)
    assert (runs.count(1), runs.count(2), runs.count(3)) == (4, 1, 1)


async def test_an_answer_on_its_way_does_not_repeat_what_was_done_meanwhile(
    queue: Queue, bot: ExtBot[Any]
) -> None:
    runs: list[int] = []
    asked_again, gate = asyncio.Event(), asyncio.Event()

    async def work_off(update: Update) -> None:
        runs.append(update.update_id)
        await gate.wait()

    async def late(_request: web.Request) -> web.StreamResponse:
        asked_again.set()
        await asyncio.sleep(0.05)
        return await ok([message(1, 5)])(_request)

    queue.troubles += [ok([message(1, 5)]), late]
    async with polled(bot, work_off):
        await asked_again.wait()
        gate.set()
        await until(lambda: queue.asked[-1].get("offset") == 2)
    assert runs == [1]


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        (error(409, "Conflict: terminated by other getUpdates"), "another process polls with this token"),
        (error(500, "Internal Server Error"), "Telegram cannot be reached"),
        (page(502, "<html>Bad Gateway</html>"), "Telegram cannot be reached"),
        (page(404, "<html>not here</html>"), "Telegram cannot be reached"),
        (page(200, "<html>log in</html>"), "Telegram cannot be reached"),
        (ok("nonsense"), "Telegram cannot be reached"),
        (ok([{"message": {}}]), "Telegram cannot be reached"),
        (cut, "Telegram cannot be reached"),
    ],
)
async def test_trouble_is_said_once_and_overcome(
    queue: Queue, bot: ExtBot[Any], caplog: pytest.LogCaptureFixture, trouble: Reply, line: str
) -> None:
    caplog.set_level(logging.INFO)
    queue.troubles += [trouble] * 5
    done: list[int] = []

    async def work_off(update: Update) -> None:
        done.append(update.update_id)

    queue.add((1, 5))
    async with polled(bot, work_off):
        await until(lambda: done)
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2
    assert said[0].startswith(line)
    assert said[1] == "updates flow again"
    assert HALF not in caplog.text


async def test_a_429_is_waited_out_as_long_as_telegram_says(
    queue: Queue, bot: ExtBot[Any], caplog: pytest.LogCaptureFixture
) -> None:
    queue.troubles.append(error(429, "Too Many Requests: retry after 3600", retry_after=3600))
    async with polled(bot, lambda _update: asyncio.sleep(0)):
        await until(lambda: queue.asked)
        await asyncio.sleep(0.05)
        assert len(queue.asked) == 1
    assert "Telegram asks to wait" in caplog.text


async def test_nobody_there_at_the_start(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with AiohttpRequest() as request:
        bot = bot_of(FakeTelegram(root="http://127.0.0.1:1"), request)
        async with polled(bot, lambda _update: asyncio.sleep(0)):
            await until(lambda: caplog.records)
            await asyncio.sleep(0.05)
    assert len(caplog.records) == 1
    assert HALF not in caplog.text


@pytest.mark.parametrize("reply", [error(404, "Not Found"), error(400, "Bad Request: no such method")])
async def test_a_server_without_webhooks_is_polled_all_the_same(
    queue: Queue, bot: ExtBot[Any], reply: Reply
) -> None:
    queue.without_webhooks = reply
    done: list[int] = []

    async def work_off(update: Update) -> None:
        done.append(update.update_id)

    queue.add((1, 5))
    async with polled(bot, work_off):
        await until(lambda: done)
    assert len(queue.webhook_calls) == 1


async def test_a_refused_token_ends_the_polling(queue: Queue, bot: ExtBot[Any]) -> None:
    queue.troubles.append(error(401, "Unauthorized"))
    async with polled(bot, lambda _update: asyncio.sleep(0)) as task:
        await until(task.done)
        with pytest.raises(InvalidToken):
            await task


async def test_an_unexpected_error_does_not_stop_the_rest(
    queue: Queue, bot: ExtBot[Any], caplog: pytest.LogCaptureFixture
) -> None:
    async def work_off(update: Update) -> None:
        if update.update_id == 1:
            raise ZeroDivisionError("a bug")

    queue.add((1, 5), (2, 5))
    async with polled(bot, work_off):
        await until(lambda: not queue.waiting)
    assert caplog.text.count("update 1 failed") == 1


async def test_an_update_that_cannot_be_read_is_passed(
    queue: Queue, bot: ExtBot[Any], caplog: pytest.LogCaptureFixture
) -> None:
    done: list[int] = []

    async def work_off(update: Update) -> None:
        done.append(update.update_id)

    queue.waiting.append({"update_id": 1, "message": "text"})
    queue.add((2, 5))
    async with polled(bot, work_off):
        await until(lambda: not queue.waiting)
    assert done == [2]
    assert "update 1 cannot be read" in caplog.text


async def test_at_the_end_what_is_in_work_is_finished_and_confirmed(queue: Queue, bot: ExtBot[Any]) -> None:
    done: list[int] = []
    begun = asyncio.Event()

    async def work_off(update: Update) -> None:
        begun.set()
        await asyncio.sleep(0.1)
        done.append(update.update_id)

    queue.add((1, 5))
    async with polled(bot, work_off):
        await begun.wait()
    assert done == [1]
    assert queue.left == []


async def test_at_the_end_what_does_not_finish_is_not_confirmed(
    queue: Queue, bot: ExtBot[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "WORK_SECONDS", 0.05)
    broken_off: list[int] = []

    async def work_off(update: Update) -> None:
        if update.update_id == 2:
            try:
                await asyncio.sleep(30)
            except asyncio.CancelledError:
                broken_off.append(2)
                raise

    queue.add((1, 5), (2, 6), (3, 7), (4, 6))
    async with polled(bot, work_off):
        await until(lambda: len(queue.asked) > 1)
    assert broken_off == [2]
    assert queue.left == [2, 3, 4]


async def test_at_the_end_an_unheard_confirmation_does_no_harm(
    queue: Queue, bot: ExtBot[Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    begun = asyncio.Event()

    async def work_off(_update: Update) -> None:
        begun.set()
        await asyncio.sleep(0.05)

    queue.add((1, 5))
    async with polled(bot, work_off):
        await begun.wait()
        queue.troubles += [cut] * 3
    assert "the last updates were not confirmed" in caplog.text
    assert HALF not in caplog.text
    assert queue.left == [1]


async def test_when_cancelled_it_ends_at_once(queue: Queue, bot: ExtBot[Any]) -> None:
    begun = asyncio.Event()

    async def work_off(_update: Update) -> None:
        begun.set()
        await asyncio.sleep(30)

    queue.add((1, 5))
    async with polled(bot, work_off) as task:
        await begun.wait()
        task.cancel()
        await until(task.done)
    assert queue.left == [1]


def test_pauses_grow_and_end_at_ten_seconds() -> None:
    pauses = [pause_after(failures) for failures in range(1, 2000)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 10.0

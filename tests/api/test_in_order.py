"""Updates: many at once, one user's in their order."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import defaultdict
from typing import Any
from unittest.mock import AsyncMock

import pytest
from telegram import Message, Update
from telegram.ext import ExtBot

from bot.api.errors import UnavailableError
from bot.api.in_order import InOrder, has_id
from tests.api.fake_telegram import message, update
from tests.api.virtual_time import settle


async def test_one_users_updates_keep_their_order_while_others_pass() -> None:
    begun: list[int] = []
    gates: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)

    async def work_off(what: Update) -> None:
        begun.append(what.update_id)
        await gates[what.update_id].wait()

    lanes = InOrder(work_off)
    tasks = [asyncio.create_task(lanes.submit(update(n, user))) for n, user in ((1, 5), (2, 5), (3, 6))]
    await settle()
    assert begun == [1, 3]
    assert lanes.inside == 3
    gates[3].set()
    gates[1].set()
    await settle()
    assert begun == [1, 3, 2]
    assert not tasks[1].done()
    gates[2].set()
    await asyncio.gather(*tasks)
    assert lanes.inside == 0
    assert not lanes._queues


async def test_a_user_is_one_queue_in_every_chat_and_kind() -> None:
    begun: list[int] = []
    gate = asyncio.Event()

    async def work_off(what: Update) -> None:
        begun.append(what.update_id)
        await gate.wait()

    press = {"id": "1", "from": message(2, 5)["message"]["from"], "chat_instance": "x", "data": "1:2"}
    vote = {
        "poll_id": "9",
        "user": message(3, 5)["message"]["from"],
        "option_ids": [0],
        "option_persistent_ids": ["0"],
    }
    updates = [
        update(1, 5, -100),
        Update.de_json({"update_id": 2, "callback_query": press}, None),
        Update.de_json({"update_id": 3, "poll_answer": vote}, None),
        update(4, 6, -100),
    ]
    lanes = InOrder(work_off)
    tasks = [asyncio.create_task(lanes.submit(each)) for each in updates]
    await settle()
    assert begun == [1, 4]
    gate.set()
    await asyncio.gather(*tasks)
    assert sorted(begun) == [1, 2, 3, 4]
    assert begun[2:] == [2, 3]


@pytest.mark.parametrize("shared_user", [1087968824, 136817688])
async def test_chats_that_write_are_queues_of_their_own(shared_user: int) -> None:
    begun: list[int] = []
    gate = asyncio.Event()

    async def work_off(what: Update) -> None:
        begun.append(what.update_id)
        await gate.wait()

    def sent_as(number: int, sender: int) -> Update:
        raw = message(number, shared_user, -100 - number)
        raw["message"]["sender_chat"] = {"id": sender, "type": "supergroup", "title": "T"}
        return Update.de_json(raw, None)

    lanes = InOrder(work_off)
    updates = [sent_as(1, -201), sent_as(2, -201), sent_as(3, -202)]
    tasks = [asyncio.create_task(lanes.submit(each)) for each in updates]
    await settle()
    assert begun == [1, 3]
    gate.set()
    await asyncio.gather(*tasks)
    assert begun == [1, 3, 2]


async def test_a_channels_posts_keep_their_order() -> None:
    done: list[int] = []

    async def work_off(what: Update) -> None:
        await asyncio.sleep(0.01 if what.update_id == 1 else 0)
        done.append(what.update_id)

    post = {"message_id": 1, "date": 1, "chat": {"id": -100, "type": "channel"}}
    updates = [Update.de_json({"update_id": n, "channel_post": post}, None) for n in (1, 2)]
    lanes = InOrder(work_off)
    await asyncio.gather(*(lanes.submit(each) for each in updates))
    assert done == [1, 2]


async def test_updates_of_nobody_run_beside_each_other() -> None:
    begun: list[int] = []

    async def work_off(what: Update) -> None:
        begun.append(what.update_id)
        await asyncio.sleep(0)

    lanes = InOrder(work_off)
    await asyncio.gather(*(lanes.submit(Update.de_json({"update_id": n}, None)) for n in (1, 2)))
    assert begun == [1, 2]


async def test_only_so_many_at_once() -> None:
    running = 0
    most = 0

    async def work_off(_what: Update) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        running -= 1

    lanes = InOrder(work_off, limit=7)
    await asyncio.gather(*(lanes.submit(update(n, n)) for n in range(1, 101)))
    assert most == 7


async def test_random_orders() -> None:
    dice = random.Random(7)
    done: defaultdict[int, list[int]] = defaultdict(list)

    async def work_off(what: Update) -> None:
        await asyncio.sleep(dice.choice([0, 0, 0.001]))
        assert what.effective_user
        done[what.effective_user.id].append(what.update_id)

    lanes = InOrder(work_off, limit=5)
    owners = {number: dice.randint(1, 6) for number in range(1, 301)}
    await asyncio.gather(*(lanes.submit(update(number, owner)) for number, owner in owners.items()))
    for owner, numbers in done.items():
        assert numbers == [number for number, who in owners.items() if who == owner]


async def test_what_waits_behind_an_unavailable_one_is_sent_back_too() -> None:
    done: list[int] = []
    is_away = True

    async def work_off(what: Update) -> None:
        await asyncio.sleep(0)
        if is_away and what.effective_user and what.effective_user.id == 5:
            raise UnavailableError("no database")
        done.append(what.update_id)

    lanes = InOrder(work_off)
    numbers = [(1, 5), (2, 6), (3, 5), (4, 5)]
    first = await asyncio.gather(*(lanes.settle(update(*each)) for each in numbers))
    assert first == [False, True, False, False]
    assert done == [2]
    is_away = False
    again = await asyncio.gather(*(lanes.settle(update(*each)) for each in numbers if each[1] == 5))
    assert again == [True, True, True]
    assert done == [2, 1, 3, 4]
    assert (lanes.worked.done, lanes.worked.sent_back) == (4, 3)


async def test_what_waits_behind_one_that_was_broken_off_does_not_overtake_it() -> None:
    done: list[int] = []

    async def work_off(what: Update) -> None:
        if what.update_id == 1:
            await asyncio.Event().wait()
        done.append(what.update_id)

    lanes = InOrder(work_off)
    first, second = (asyncio.create_task(lanes.submit(update(n, 5))) for n in (1, 2))
    await settle()
    first.cancel()
    with pytest.raises(UnavailableError):
        await second
    assert done == []
    await asyncio.gather(first, return_exceptions=True)


async def test_an_unexpected_error_is_logged_once_and_passes(caplog: pytest.LogCaptureFixture) -> None:
    async def work_off(what: Update) -> None:
        if what.update_id == 1:
            raise ZeroDivisionError("a bug")

    lanes = InOrder(work_off)
    assert await asyncio.gather(*(lanes.settle(update(n, 5)) for n in (1, 2))) == [True, True]
    assert [record.getMessage() for record in caplog.records] == ["update 1 failed"]
    assert "ZeroDivisionError" in caplog.text
    assert "secret text" not in caplog.text
    assert (lanes.worked.done, lanes.worked.failed) == (1, 1)
    with pytest.raises(ZeroDivisionError):
        await lanes.submit(update(1, 5))


async def test_work_that_hangs_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    async def work_off(what: Update) -> None:
        if what.update_id == 1:
            await asyncio.sleep(30)

    lanes = InOrder(work_off, deadline=0.02)
    assert await asyncio.gather(*(lanes.settle(update(n, 5)) for n in (1, 2))) == [True, True]
    assert "update 1 failed" in caplog.text
    assert lanes.inside == 0


@pytest.mark.parametrize(
    "rest",
    [
        {"message": {}},
        {"message": "text"},
        {"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 1, "type": "private"}}},
        {"message": {"message_id": 1, "date": 10**30, "chat": {"id": 1, "type": "private"}}},
        {"callback_query": {"from": 5}},
        {"poll_answer": []},
        {"callback_query": {"id": "1"}},
    ],
)
async def test_an_update_that_cannot_be_read_is_counted(
    bot: ExtBot[Any], caplog: pytest.LogCaptureFixture, rest: dict[str, Any]
) -> None:
    caplog.set_level(logging.INFO)
    lanes = InOrder(lambda _what: asyncio.sleep(0))
    read = lanes.read({"update_id": 77, **rest}, bot)
    if read is None:
        assert lanes.worked.unreadable == 1
        assert "update 77 cannot be read" in caplog.text
    else:  # the library takes what is missing for absent
        assert await lanes.settle(read)


def test_kinds_of_the_future_are_read(bot: ExtBot[Any]) -> None:
    lanes = InOrder(lambda _what: asyncio.sleep(0))
    read = lanes.read(
        {"update_id": 1, "telepathy": {"thought": "hm"}, "message": message(1, 5)["message"]}, bot
    )
    assert read is not None
    assert read.effective_user is not None


@pytest.mark.parametrize(
    "raw", [None, [], "x", 5, {}, {"update_id": "5"}, {"update_id": None}, {"update_id": 1.5}]
)
def test_what_is_no_update_at_all(raw: object) -> None:
    assert not has_id(raw)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("/quiz security 3", 5),
        ("/quiz@gotit_bot", 15),
        ("/quiz\nsecurity", 5),
        ("/ quiz", None),
        ("/подписка", None),
        ("quiz /quiz", None),
    ],
)
async def test_a_command_that_no_server_marked_is_one(
    bot: ExtBot[Any], text: str, length: int | None
) -> None:
    raw = message(1, 5)
    raw["message"]["text"] = text
    seen = InOrder(AsyncMock()).read(raw, bot)
    assert seen is not None
    assert seen.message is not None
    marks = [(mark.type, mark.offset, mark.length) for mark in seen.message.entities]
    assert marks == ([("bot_command", 0, length)] if length else [])
    raw["message"]["entities"] = []
    marked = InOrder(AsyncMock()).read(raw, bot)
    assert marked is not None
    assert marked.message is not None
    assert not marked.message.entities, "what the server says stands"


async def test_a_pressed_message_is_read_without_what_nobody_reads(bot: ExtBot[Any]) -> None:
    pressed = message(1, 5)["message"]
    pressed["reply_markup"] = {"inline_keyboard": [[{"text": "Got it", "callback_data": "1:rt:1:3"}]]}
    pressed["ephemeral_message_id"] = 9
    query = {
        "id": "1",
        "from": pressed["from"],
        "message": pressed,
        "chat_instance": "1",
        "data": "1:rt:1:3",
    }
    seen = InOrder(AsyncMock()).read({"update_id": 1, "callback_query": query}, bot)
    assert seen is not None
    assert seen.callback_query is not None
    message_seen = seen.callback_query.message
    assert isinstance(message_seen, Message)
    assert (message_seen.reply_markup, message_seen.from_user) == (None, None)
    assert seen.effective_user is not None
    assert seen.effective_user.id == 5, "who pressed"
    assert message_seen.api_kwargs == {"ephemeral_message_id": 9}
    assert "reply_markup" in pressed, "what came in is left as it came"

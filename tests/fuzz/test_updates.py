"""Whatever comes in as an update: the bot neither falls nor stops, counts it, and answers the next one."""

from __future__ import annotations

import asyncio
import copy
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.bank import Bank
from bot.db.migrate import upgrade
from bot.db.tables import Review
from bot.playground.emulator import Person
from tests.fuzz.mutations import Raw, forged, mutated
from tests.fuzz.recorded import record
from tests.fuzz.ways import ByPolling, ByWebhook, by_polling, by_webhook, worked
from tests.support.stage import Stage

EXAMPLES = int(os.environ.get("FUZZ", "60"))
"""`FUZZ=5000` looks longer, and at other updates each time; the suite's are the same on every run."""

thorough = settings(
    max_examples=EXAMPLES,
    derandomize="FUZZ" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
Way = ByWebhook | ByPolling


class Siege:
    """A bot on a stage, the way in, and what was recorded of a good story."""

    def __init__(
        self, bank: Bank, url: str, way: Callable[[Stage], AbstractAsyncContextManager[Way]]
    ) -> None:
        self._runner = asyncio.Runner()
        self.faults: list[dict[str, Any]] = []
        self._runner.get_loop().set_exception_handler(lambda _loop, fault: self.faults.append(fault))
        self.stage = self.run(self._open(bank, url))
        self.samples: list[Raw] = self.run(record(self.stage))
        self._number = 1000
        self._entered = way(self.stage)
        self.way = self.run(self._entered.__aenter__())
        self.healthy: Person = self.stage.person("Hedy")

    def run(self, story: Any) -> Any:
        """Play a part of the story."""
        return self._runner.run(story)

    async def _open(self, bank: Bank, url: str) -> Stage:
        stage = Stage(bank, url)
        await upgrade(stage.app.database)
        await stage.open()
        return stage

    def close(self) -> None:
        """End it; nothing may have fallen unheard."""
        self.run(self._entered.__aexit__(None, None, None))
        self.run(self.stage.close())
        self._runner.close()
        assert not self.faults

    def numbered(self, raw: Raw) -> Raw:
        """Give an update the next number."""
        self._number += 1
        return raw | {"update_id": self._number}

    async def endure(self, raw: Raw) -> None:
        """Push one; it is counted, and the bot answers a good one after it."""
        lanes = self.stage.app.lanes
        before = worked(lanes)
        await self.way.push([self.numbered(raw)])
        assert worked(lanes) == before + 1
        assert lanes.inside == 0
        assert not lanes._queues
        assert not self.stage.app.application.bot_data.failures
        shown = len(self.healthy.messages())
        await self.healthy.send("/topics")
        (good,) = await self._waiting()
        await self.way.push([good])
        assert len(self.healthy.messages()) == shown + 2, "a good update is answered"
        assert not self.faults

    async def _waiting(self) -> list[Raw]:
        """Take what the emulator's people did, under numbers of ours."""
        found = []
        while updates := await self.stage.waiting():
            self.stage._offset = updates[-1].update_id + 1
            found += [
                self.numbered({k: v for k, v in u.to_dict().items() if k != "update_id"}) for u in updates
            ]
        return [raw for raw in found if "message" in raw and raw["message"]["from"]["id"] == self.healthy.id]


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Let errors be logged without being kept."""
    caplog.set_level(logging.CRITICAL)
    caplog.set_level(logging.CRITICAL, logger="bot")


@pytest.fixture
def by_post(bank: Bank, empty_database: str, quiet: None) -> Iterator[Siege]:
    """By webhook, on PostgreSQL."""
    siege = Siege(bank, empty_database, by_webhook)
    yield siege
    siege.close()


@pytest.fixture
def by_poll(bank: Bank, tmp_path: Any, quiet: None) -> Iterator[Siege]:
    """By polling, on SQLite."""
    siege = Siege(bank, f"sqlite:///{tmp_path}/gotit.db", by_polling)
    yield siege
    siege.close()


def test_mutated_updates_by_webhook(by_post: Siege) -> None:
    @thorough
    @given(mutated(by_post.samples))
    def story(raw: Raw) -> None:
        by_post.run(by_post.endure(raw))

    story()


def test_mutated_updates_by_polling(by_poll: Siege) -> None:
    @thorough
    @given(mutated(by_poll.samples))
    def story(raw: Raw) -> None:
        by_poll.run(by_poll.endure(raw))

    story()


def test_forged_presses(by_post: Siege) -> None:
    presses = [raw for raw in by_post.samples if "callback_query" in raw]
    errors = by_post.stage.app.application.bot_data.errors

    @thorough
    @given(forged(presses))
    def story(raw: Raw) -> None:
        by_post.run(by_post.endure(raw))
        assert not errors["bug"], "a forged press is refused, not stumbled over"

    story()


ADA = {"id": 1001, "is_bot": False, "first_name": "Ada"}
TEXT = {
    "message_id": 9,
    "date": 1795435200,
    "from": ADA,
    "chat": {"id": 1001, "type": "private"},
    "text": "hi",
}
UNREADABLE: list[Raw] = [
    {"message": TEXT | {"from": ADA | {"id": [1001]}}},
    {"message": TEXT | {"from": ADA | {"id": "1001"}}},
    {"message": TEXT | {"from": ADA | {"id": 2**63}}},
    {"message": TEXT | {"from": ADA | {"id": None}}},
    {"message": TEXT | {"chat": {"id": {"id": 1}, "type": "private"}}},
    {"message": {key: value for key, value in TEXT.items() if key != "chat"}},
    {"callback_query": {"id": "1", "from": ADA | {"id": True}, "chat_instance": "1", "data": "1:rt:1:3"}},
    {"message": TEXT | {"date": 10**30}},
]


def test_what_the_fuzzing_found_to_be_no_update(by_poll: Siege) -> None:
    unreadable = by_poll.stage.app.lanes.worked.unreadable
    for count, raw in enumerate(UNREADABLE, 1):
        by_poll.run(by_poll.endure(raw))
        assert by_poll.stage.app.lanes.worked.unreadable == unreadable + count, raw


def test_one_without_a_number_does_not_hold_up_the_others(by_poll: Siege) -> None:
    assert isinstance(by_poll.way, ByPolling)
    lanes = by_poll.stage.app.lanes
    unreadable = lanes.worked.unreadable
    by_poll.way.queue.updates.append({"message": TEXT})
    by_poll.run(by_poll.way.push([by_poll.numbered({"message": TEXT | {"text": "/topics"}})]))
    assert lanes.worked.unreadable > unreadable
    by_poll.way.queue.updates.clear()


def out_of_reach(raw: Raw) -> Raw:
    """The press, on a message that Telegram does not show the bot any more."""
    raw = copy.deepcopy(raw)
    chat = raw["callback_query"]["message"]["chat"]
    raw["callback_query"]["message"] = {"chat": chat, "message_id": 1, "date": 0}
    return raw


def test_a_press_on_a_message_out_of_reach_is_answered_by_a_new_one(by_poll: Siege) -> None:
    stage, errors = by_poll.stage, by_poll.stage.app.application.bot_data.errors
    press = out_of_reach(next(raw for raw in by_poll.samples if "callback_query" in raw))
    for data in ("1:rv:3", "1:rt:3:3", "1:st:main", "1:sx:all"):
        press["callback_query"]["data"] = data
        shown = len(stage.telegram.person(1001).messages())
        by_poll.run(by_poll.endure(press))
        assert not errors["bug"], data
        assert len(stage.telegram.person(1001).messages()) == shown + 1, data


def test_an_admins_press_in_a_private_chat_is_forged(by_poll: Siege) -> None:
    errors = by_poll.stage.app.application.bot_data.errors
    press = copy.deepcopy(next(raw for raw in by_poll.samples if "callback_query" in raw))
    press["callback_query"]["data"] = "1:gp:kind:card"
    by_poll.run(by_poll.endure(press))
    assert not errors["bug"]


def test_a_story_twice_over_and_out_of_order(by_post: Siege) -> None:
    """The updates that were worked off come again, in any order, all at once, as from several connections."""
    database = by_post.stage.app.database

    async def reviews() -> int:
        async with database.reading() as session:
            return await session.scalar(select(func.count()).select_from(Review)) or 0

    before = by_post.run(reviews())

    @settings(parent=thorough, max_examples=max(10, EXAMPLES // 6))
    @given(order=st.permutations(range(len(by_post.samples))))
    def story(order: list[int]) -> None:
        by_post.run(by_post.way.push([by_post.samples[place] for place in order]))
        by_post.run(by_post.endure({"other": {}}))

    story()
    assert by_post.run(reviews()) == before, "an answer counts once"

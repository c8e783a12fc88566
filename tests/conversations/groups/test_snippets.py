"""A question with code is never asked without it: in the poll's description, or in a message of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.api.posting import Posted, Poster
from bot.bank import Bank
from bot.db.migrate import upgrade
from bot.playground.emulator import Group, Person, Telegram
from bot.services import picks
from tests.conversations.groups.table import (
    bot_messages,
    newest,
    next_round,
    polls,
    say,
    started,
    tap,
    time_is_up,
    vote,
)
from tests.support.stage import TOKEN, Stage


@pytest.fixture(autouse=True)
def code(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two questions with code, the only ones that are asked."""
    ids = [one.id for one in bank.questions.values() if one.choice and one.choice.snippet][:2]
    monkeypatch.setattr(picks, "fitting", lambda *_: ids)
    return ids


@pytest.fixture
async def old_stage(bank: Bank, database_url: str) -> AsyncIterator[Stage]:
    """A stage whose Telegram knows no descriptions of polls."""
    stage = Stage(bank, database_url)
    stage.telegram = Telegram(now=stage.clock, api_version="9.5")
    stage.telegram.add_bot(TOKEN, "gotit_bot", "Gotit")
    stage.app = stage._app()
    if database_url.startswith("postgresql"):
        await upgrade(stage.app.database)
    await stage.open()
    yield stage
    await stage.close()


def snippet(bank: Bank, asked: str) -> str:
    """The first line of the code that belongs to a poll."""
    (found,) = [
        one.choice.snippet for one in bank.questions.values() if one.choice and one.choice.stem == asked
    ]
    return str(found).splitlines()[0]


async def test_it_stands_in_the_description(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "1")
    poll = newest(group)
    assert poll.poll is not None
    assert snippet(stage.bank, poll.text) in poll.poll["description"]
    assert len(polls(group)) == 1


async def test_a_server_that_knows_no_descriptions(old_stage: Stage) -> None:
    stage = old_stage
    ada = stage.person("Ada")
    group = stage.telegram.add_group("Study", [], [ada])
    await stage.settle()
    await started(stage, ada, group, "2")
    for number in (1, 2):
        above, poll = bot_messages(group)[-2:]
        assert poll.poll is not None
        assert "description" not in poll.poll
        assert snippet(stage.bank, poll.text) in above.text
        assert above.text.startswith(f"{number} of 2 · ")
        await vote(stage, ada, group)
        await time_is_up(stage)
        assert "1 of 1 knew it" in newest(group).text
        await next_round(stage)
    assert "\u2068Ada\u2069: 31 (2 of 2)" in newest(group).text
    tried = [call for call in stage.telegram.calls if call.method == "sendPoll"]
    assert [call.ok for call in tried] == [False, True, True], "one refusal tells it, which nobody sees"


async def test_a_days_question_stays_open_on_an_old_server(old_stage: Stage) -> None:
    stage = old_stage
    ada = stage.person("Ada")
    group = stage.telegram.add_group("Study", [], [ada])
    await stage.settle()
    await say(stage, ada, "/subscribe 13:00", group)
    await stage.pass_time(hours=1)
    await stage.pass_time(hours=5)
    poll = polls(group)[-1].poll
    assert poll is not None
    assert not poll["is_closed"], "ten minutes are the longest it knows"


async def test_a_server_that_drops_the_description(
    stage: Stage, group: Group, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Poster._post

    async def forgetful(self: Poster, method: str, chat_id: int, fields: dict[str, Any]) -> Posted:
        fields.pop("description", None)
        return await post(self, method, chat_id, fields)

    monkeypatch.setattr(Poster, "_post", forgetful)
    await started(stage, ada, group, "2")
    poll, below = bot_messages(group)[-2:]
    assert snippet(stage.bank, poll.text) in below.text, "at once"
    await vote(stage, ada, group)
    await time_is_up(stage)
    await next_round(stage)
    above, poll = bot_messages(group)[-2:]
    assert snippet(stage.bank, poll.text) in above.text, "remembered"
    assert len(polls(group)) == 2


async def test_a_group_with_older_apps_wants_it_apart(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/settings", group)
    await tap(stage, ada, "Tidy up", group)
    await tap(stage, ada, "Code above", group)
    assert "code stands above its poll" in newest(group).text
    before = bot_messages(group)
    await say(stage, ada, "/quiz 1", group)
    stage.telegram.faults.flood(10, method="sendPoll")
    await tap(stage, ada, "Start", group)
    await stage.pass_time(seconds=11)
    above, poll = bot_messages(group)[-2:]
    assert poll.poll is not None
    assert snippet(stage.bank, poll.text) not in poll.poll["description"]
    assert snippet(stage.bank, poll.text) in above.text
    assert len(bot_messages(group)) == len(before) + 3, "not twice, though the poll was tried twice"
    await vote(stage, ada, group)
    await time_is_up(stage)
    await next_round(stage)
    await stage.pass_time(seconds=61)
    assert bot_messages(group) == [*before, newest(group)], "tidied up as well"

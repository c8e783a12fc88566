"""Updates that come twice, a database that is away, Telegram in trouble, errors of our own."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import func, select

from bot.db import Unavailable
from bot.db.tables import Ask
from bot.services import practices
from tests.support.stage import TOKEN, Stage


async def count_asks(stage: Stage) -> int:
    """All asks in the database."""
    async with stage.app.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Ask)) or 0


async def test_an_update_that_comes_twice_changes_nothing(stage: Stage) -> None:
    ada = stage.person()
    await ada.send("/quiz 3")
    updates = await stage.waiting()
    await stage.settle()
    sent = len(ada.messages())
    for update in updates:
        await stage.app.lanes.submit(update)
    assert len(ada.messages()) == sent
    assert await count_asks(stage) == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/quiz 3", "1 of 3"),
        ("/pause 3", "daily question to pause"),
        ("/settings", "Settings"),
        ("/start", "interview trainer"),
    ],
)
async def test_a_command_whose_reply_a_crash_cut_off_is_answered_after_the_restart(
    stage: Stage, command: str, words: str
) -> None:
    ada = stage.person()
    stage.telegram.faults.refuse(403, "Forbidden: as if killed here", method="sendMessage")
    await ada.send(command)
    updates = await stage.waiting()
    await stage.settle()
    sent = len(ada.messages())
    stage.clock.move(seconds=1)
    await stage.restart()
    for update in updates * 2:
        await stage.app.lanes.submit(update)
    assert len(ada.messages()) == sent + 1, "answered, and once"
    assert words in ada.last.text


async def test_a_press_that_comes_twice_shows_its_result_again(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz 3")
    await ada.press("Missed")
    updates = await stage.waiting()
    await stage.settle()
    await stage.restart()
    for update in updates:
        await stage.app.lanes.submit(update)
    assert "Missed." in ada.last.text


async def test_without_a_database_the_update_waits(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = stage.person()
    database = stage.app.database

    def away() -> None:
        raise Unavailable("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(database, "transaction", away)
        await ada.send("/start")
        await stage.settle()
        assert len(ada.messages()) == 1, "no answer, and no apology either"
        assert await stage.waiting()
    await stage.settle()
    assert "interview trainer" in ada.last.text
    assert not await stage.waiting()


async def test_an_error_of_ours_is_logged_once_and_apologised_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ada = stage.person()

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret of the user")

    with monkeypatch.context() as patch, caplog.at_level(logging.INFO):
        patch.setattr(practices, "parse", broken)
        assert "went wrong" in await stage.say(ada, "/quiz")
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == 1
    assert f"of user {ada.id}" in errors[0].getMessage()
    assert "1 of 5" in await stage.say(ada, "/quiz"), "the bot goes on"


async def test_no_text_and_no_token_in_the_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    ada = stage.person()
    with caplog.at_level(logging.DEBUG, logger="bot"):
        await stage.say(ada, "/subscribe 13:00 Berlin")
        await stage.say(ada, "my secret words")
        stage.telegram.faults.server_error(method="sendMessage")
        await ada.send("/quiz")
        await stage.settle()
        await stage.pass_time(days=1)
    text = "\n".join(record.getMessage() for record in caplog.records)
    assert f"user {ada.id} subscribed" in text
    assert "delivered: 1 sent" in text
    assert "secret words" not in text
    assert TOKEN not in text


async def test_a_question_lost_on_its_way_is_shown_at_the_next_try(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz 3")
    await stage.tap(ada, "Got it")
    stage.telegram.faults.time_out(method="sendMessage")
    await ada.press("Next question")
    await stage.settle()
    assert "1 of 3" in ada.last.text
    assert await count_asks(stage) == 2
    assert "2 of 3" in await stage.tap(ada, "Next question")
    assert await count_asks(stage) == 2, "the same ask, not one more"


@pytest.mark.parametrize(("code", "words"), [(400, "Bad Request: odd"), (403, "Forbidden: odd")])
async def test_a_press_that_cannot_be_answered_shows_its_result_all_the_same(
    stage: Stage, code: int, words: str
) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz 3")
    stage.telegram.faults.refuse(code, words, method="answerCallbackQuery")
    assert "Missed." in await stage.tap(ada, "Missed")


async def test_a_reply_that_met_trouble_comes_all_the_same(stage: Stage) -> None:
    ada = stage.person()
    stage.telegram.faults.server_error(method="sendMessage")
    assert "1 of 3" in await stage.say(ada, "/quiz 3")


async def test_a_bad_edit_is_replaced_by_a_new_message(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/settings")
    settings = ada.last
    await ada.press("⏰")
    await ada.delete_messages(settings)
    await stage.settle()
    assert "When should" in ada.last.text
    assert ada.last.message_id != settings.message_id


async def test_hostile_names_and_words_are_escaped(stage: Stage) -> None:
    eve = stage.person("<b>Eve</b> & \u202eevE", last_name="</code>")
    for words in ("/quiz <i>x</i> & y", "/subscribe 9 <a href='x'>", "/pause <b>", "/stats </b>", "/<b>"):
        text = await stage.say(eve, words)
        assert "went wrong" not in text

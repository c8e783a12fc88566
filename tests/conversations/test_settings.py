"""/settings: one message, a page per wish."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.bank import Bank, Level
from tests.support.stage import Stage


async def test_every_wish_is_changed_in_one_message(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00 Berlin")
    await stage.say(ada, "/settings")
    sent = len(ada.messages())
    for taps in (
        ("⏰", "18:00"),
        ("🌍", "Tokyo"),
        ("📅", "Sat", "Sun", "↩️"),
        ("🔢", "3"),
        ("🗂", "Security", "↩️"),
        ("🎓", "Senior"),
    ):
        for words in taps:
            await stage.tap(ada, words)
    text = ada.last.text
    assert "3 questions come Monday to Friday at 18:00, Tokyo time" in text
    assert "Topics: Security, senior." in text
    assert "📅 Monday to Friday" in str(ada.last.buttons)
    assert len(ada.messages()) == sent


async def test_a_level_that_the_topics_lack_is_said(bank: Bank, tmp_path: Path) -> None:
    stage = Stage(lacking_seniors(bank), f"sqlite:///{tmp_path}/gotit.db")
    await stage.open()
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00 Berlin")
    await stage.say(ada, "/settings")
    await stage.tap(ada, "🎓")
    assert "There is no" not in await stage.tap(ada, "Senior")
    await stage.tap(ada, "🗂")
    await stage.tap(ada, "Security")
    text = await stage.tap(ada, "↩️")
    assert "Topics: Security, senior. There is no senior question of these yet, so any level comes." in text
    await stage.close()


def lacking_seniors(bank: Bank) -> Bank:
    """A bank whose security has no senior question, while another topic has."""
    kept = [one for one in bank.questions.values() if one.level is not Level.SENIOR or one.topic == "design"]
    return Bank.of(bank.topics, kept)


async def test_a_time_and_a_place_can_be_typed(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00 Berlin")
    await stage.say(ada, "/settings")
    await stage.tap(ada, "⏰")
    assert "06:15, Berlin time" in await stage.say(ada, "6:15")
    await stage.say(ada, "/settings")
    await stage.tap(ada, "🌍")
    assert "06:15, Lima time" in await stage.say(ada, "Lima")


async def test_cancel_takes_the_question_back(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/settings")
    await stage.tap(ada, "⏰")
    assert "stays as it was" in await stage.say(ada, "/cancel")
    assert "commands and buttons only" in await stage.say(ada, "6:15")
    assert "nothing to cancel" in await stage.say(ada, "/cancel")


async def test_the_last_weekday_cannot_be_switched_off(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00")
    await stage.say(ada, "/settings")
    await stage.tap(ada, "📅")
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"):
        await stage.tap(ada, day)
    assert "every day" in await stage.tap(ada, "↩️")


async def test_pause_and_unsubscribe_from_the_settings(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00")
    await stage.say(ada, "/settings")
    await stage.tap(ada, "Pause")
    assert "paused until" in await stage.tap(ada, "3 days")
    await stage.say(ada, "/settings")
    await stage.tap(ada, "Resume")
    await stage.say(ada, "/settings")
    assert "has stopped" in await stage.tap(ada, "Unsubscribe")


@pytest.mark.parametrize("stage_time", [datetime(2026, 11, 23, 12, 0, tzinfo=UTC)])
async def test_the_next_moment_follows_each_change(stage: Stage, stage_time: datetime) -> None:
    assert stage.clock() == stage_time
    ada = stage.person()
    assert "tomorrow at 09:00" in await stage.say(ada, "/subscribe 9:00")
    assert "today at 12:01" in await stage.say(ada, "/subscribe 12:01")
    assert "tomorrow at 12:00" in await stage.say(ada, "/subscribe 12:00")

"""/subscribe in all its forms, /pause, /resume, /unsubscribe."""

from __future__ import annotations

import pytest

from tests.support.stage import Stage


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("09:00 Europe/Berlin", "09:00, Berlin time"),
        ("9:30 Berlin", "09:30, Berlin time"),
        ("21.15", "21:15, UTC time"),
        ("9 new york", "09:00, New York time"),
        ("Kyiv", "09:00, Kyiv time"),
    ],
)
async def test_forms(stage: Stage, words: str, answer: str) -> None:
    assert answer in await stage.say(stage.person(), f"/subscribe {words}")


async def test_without_words_it_asks_by_buttons(stage: Stage) -> None:
    ada = stage.person()
    assert "When should" in await stage.say(ada, "/subscribe")
    assert ada.last.buttons[0] == ["07:00", "08:00", "✅ 09:00"]


async def test_a_misspelt_place_is_one_tap_away(stage: Stage) -> None:
    ada = stage.person()
    text = await stage.say(ada, "/subscribe 9 Amsterrdam")
    assert "09:00 is clear" in text
    assert "Amsterrdam" in text
    assert "/subscribe 9:30 Berlin" in text
    assert "09:00, Amsterdam time" in await stage.tap(ada, "Amsterdam (")


async def test_what_was_set_stays_when_the_rest_changes(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:30 Berlin")
    assert "21:15, Berlin time" in await stage.say(ada, "/subscribe 21.15")


async def test_a_pause_ends_by_itself(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00")
    assert "paused until Mon 30 Nov" in await stage.say(ada, "/pause 7 days")
    for _ in range(6):
        await stage.pass_time(days=1)
    assert "paused until" in ada.last.text
    await stage.pass_time(days=1)
    assert "Show answer" in ada.last.buttons[0][0]
    assert "tomorrow at 09:00" in await stage.say(ada, "/start")


async def test_a_pause_without_end_lasts_until_resume(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00")
    assert "/resume starts them again" in await stage.say(ada, "/pause")
    await stage.pass_time(days=60)
    assert "paused" in ada.last.text
    assert "tomorrow at 09:00" in await stage.tap(ada, "Resume")


async def test_pausing_nothing_says_so(stage: Stage) -> None:
    assert "no daily question to pause" in await stage.say(stage.person(), "/pause 3")


async def test_unsubscribe_keeps_what_was_learned(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00")
    await stage.say(ada, "/quiz 1")
    await stage.tap(ada, "Got it")
    assert "has stopped" in await stage.say(ada, "/unsubscribe")
    sent = len(ada.messages())
    await stage.pass_time(days=3)
    assert len(ada.messages()) == sent
    assert "1 answer" in await stage.say(ada, "/stats")
    assert "at 09:00" in await stage.say(ada, "/resume")


@pytest.mark.parametrize("words", ["-3", "0", "366", "a week", "7 weeks", "400 days", "9" * 4000, "½"])
async def test_pause_refuses_what_is_no_number_of_days(stage: Stage, words: str) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00")
    text = await stage.say(ada, f"/pause {words}"[:4096])
    assert "number of days" in text
    assert "/pause 7" in text
    assert "every day at 09:00" in await stage.say(ada, "/start")


async def test_a_first_subscription_without_a_place_asks_for_it(stage: Stage) -> None:
    hanna = stage.person("Hanna", language_code="de")
    text = await stage.say(hanna, "/subscribe 9:30")
    assert "09:30, Berlin time" in text
    assert "Is that your clock?" in text
    assert "09:30, Tokyo time" in await stage.tap(hanna, "Tokyo")
    assert "Is that your clock?" not in await stage.say(hanna, "/subscribe 10")


async def test_a_pause_with_an_end_can_be_ended(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00 Berlin")
    await stage.say(ada, "/pause 7")
    await stage.say(ada, "/settings")
    assert "▶️ Resume" in str(ada.last.buttons)
    assert "Next: " in await stage.tap(ada, "Resume")


async def test_a_command_ends_what_was_asked(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe")
    await stage.say(ada, "/help")
    assert "commands and buttons only" in await stage.say(ada, "7:45")

"""Someone new presses Start, and has a daily question four taps later."""

from __future__ import annotations

import pytest

from tests.support.stage import Stage


async def test_four_taps_to_a_subscription(stage: Stage) -> None:
    ada = stage.person("Ada")
    await ada.start()
    await stage.settle()
    assert "interview trainer" in ada.last.text
    assert len(ada.last.text.splitlines()) <= 8

    await stage.tap(ada, "Set up")
    await stage.tap(ada, "18:00")
    await stage.tap(ada, "Berlin")
    text = await stage.tap(ada, "Done")

    assert "every day at 18:00, Berlin time" in text
    assert "Next: today at 18:00" in text
    assert len(ada.messages()) == 2, "the welcome edits one message"


async def test_every_step_has_a_default(stage: Stage) -> None:
    hanna = stage.person("Hanna", language_code="de")
    await hanna.start()
    await stage.settle()
    await stage.tap(hanna, "Set up")
    assert any("✅ 09:00" in label for row in hanna.last.buttons for label in row)
    await stage.tap(hanna, "✅ 09:00")
    assert hanna.last.buttons[0] == ["✅ Berlin 13:00"], "a first guess from the language"
    await stage.tap(hanna, "✅ Berlin")
    assert ["✅ All topics"] in hanna.last.buttons
    assert "tomorrow at 09:00" in await stage.tap(hanna, "Done")


async def test_time_and_place_can_be_typed(stage: Stage) -> None:
    ada = stage.person()
    await ada.start()
    await stage.settle()
    await stage.tap(ada, "Set up")
    assert "not read" in await stage.say(ada, "25 o'clock")
    assert "Which clock" in await stage.say(ada, "7:45")
    assert "know no place" in await stage.say(ada, "Atlantis")
    assert "What do you want" in await stage.say(ada, "Lisbon")
    assert "07:45, Lisbon time" in await stage.tap(ada, "Done")


async def test_a_location_tells_the_zone(stage: Stage) -> None:
    ada = stage.person()
    await ada.start()
    await stage.settle()
    await stage.tap(ada, "Set up")
    await stage.tap(ada, "09:00")
    await ada.send_location(35.68, 139.69)
    await stage.settle()
    assert "09:00, Tokyo time" in await stage.tap(ada, "Done")


async def test_the_clock_on_the_wall_tells_the_zone(stage: Stage) -> None:
    ada = stage.person()
    await ada.start()
    await stage.settle()
    await stage.tap(ada, "Set up")
    assert "what your clock shows now" in await stage.tap(ada, "09:00")
    assert "It is 17:47 there" in await stage.say(ada, "17:47"), "at noon UTC Kathmandu has 17:45"
    await stage.tap(ada, "Kathmandu")
    assert "09:00, Kathmandu time" in await stage.tap(ada, "Done")


@pytest.mark.parametrize("words", ["13:00", "13", "1 pm"])
async def test_a_full_hour_on_the_clock_is_no_offset(stage: Stage, words: str) -> None:
    ada = stage.person()
    await stage.say(ada, "/settings")
    await stage.tap(ada, "UTC")
    assert "It is 13:00 there" in await stage.say(ada, words)


async def test_a_clock_that_nobody_has_is_asked_again(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/settings")
    await stage.tap(ada, "UTC")
    assert "no place where it is 17:22" in await stage.say(ada, "17:22")
    assert "It is 15:00 there" in await stage.say(ada, "3 pm")
    await stage.tap(ada, "Moscow")
    assert ["⏰ 09:00", "🌍 Moscow"] in ada.last.buttons


async def test_topics_are_switches(stage: Stage) -> None:
    ada = stage.person()
    await ada.start()
    await stage.settle()
    for words in ("Set up", "09:00", "UTC", "Security", "Core Python"):
        await stage.tap(ada, words)
    assert ["✅ 🐍 Core Python", "🌿 Django framework"] in ada.last.buttons
    await stage.tap(ada, "Core Python")
    assert "Topics: Security" in await stage.tap(ada, "Done")


async def test_one_question_can_be_tried_at_once(stage: Stage) -> None:
    ada = stage.person()
    await ada.start()
    await stage.settle()
    await stage.tap(ada, "Try a question")
    labels = [label for row in ada.last.buttons for label in row]
    assert [
        any(word in label for label in labels) for word in ("Show answer", "Got it", "Missed", "Hint")
    ] == [True] * 4
    assert "Answer in your head" in ada.last.text


async def test_someone_known_is_not_asked_again(stage: Stage) -> None:
    ada = stage.person()
    await ada.start()
    await stage.say(ada, "/subscribe 9:00 Berlin")
    await ada.start()
    await stage.settle()
    assert "Good to see you again" in ada.last.text
    assert "09:00, Berlin time" in ada.last.text


async def test_links_lead_to_a_question_and_to_a_quiz(stage: Stage) -> None:
    ada = stage.person()
    question = next(iter(stage.bank.questions.values()))
    await ada.start(f"q_{question.id}")
    await stage.settle()
    assert question.prompt in ada.last.text
    await ada.start("quiz_security")
    await stage.settle()
    assert "Security" in ada.last.text
    await ada.start("q_no-such-question")
    await stage.settle()
    assert "no question of mine" in ada.last.text

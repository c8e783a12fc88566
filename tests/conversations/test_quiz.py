"""/quiz in all its forms, /stop, /stats and /topics."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank import Bank, Level
from bot.playground.emulator import Person
from tests.support.stage import Stage


async def play(stage: Stage, person: Person, ratings: list[str]) -> list[str]:
    """Rate the questions of a running quiz; give their prompts."""
    prompts = []
    for rating in ratings:
        prompts.append(person.last.text.splitlines()[2])
        await stage.tap(person, rating)
        await stage.tap(person, "Next question")
    return prompts


async def test_five_questions_unless_told_otherwise(stage: Stage) -> None:
    ada = stage.person()
    assert "1 of 5" in await stage.say(ada, "/quiz")
    prompts = await play(stage, ada, ["Got it"] * 4)
    assert "5 of 5" in ada.last.text
    text = await stage.tap(ada, "Missed")
    assert "Quiz done: 4 of 5." in text
    assert len(set(prompts)) == 4, "none comes twice"
    assert "Next question" in ada.last.buttons[0][0]
    assert " of 5" not in await stage.tap(ada, "Next question")


async def test_topic_level_and_count_in_any_order(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz 2 middle security")
    assert "Security · middle" in ada.last.text
    assert "1 of 2" in ada.last.text
    await stage.say(ada, "/quiz asyncio")
    assert "1 of 5" in ada.last.text


async def test_a_level_without_questions_is_let_go_and_said(bank: Bank, tmp_path: Path) -> None:
    questions = [question for question in bank.questions.values() if question.level is not Level.SENIOR]
    stage = Stage(Bank.of(bank.topics, questions), f"sqlite:///{tmp_path}/gotit.db")
    await stage.open()
    text = await stage.say(stage.person(), "/quiz security senior 3")
    assert "Security · " in text
    assert "1 of 3" in text
    assert "There is no senior question of these yet, so this quiz asks any level." in text
    assert "any level" not in await stage.say(stage.person(), "/quiz security middle 3")
    await stage.close()


async def test_a_level_that_the_chosen_topics_lack_is_let_go_and_said(bank: Bank, tmp_path: Path) -> None:
    kept = [one for one in bank.questions.values() if one.level is not Level.SENIOR or one.topic == "design"]
    stage = Stage(Bank.of(bank.topics, kept), f"sqlite:///{tmp_path}/gotit.db")
    await stage.open()
    ada = stage.person()
    note = "There is no senior question of these yet, so this quiz asks any level."
    assert note not in await stage.say(ada, "/quiz senior 2"), "all topics have some"
    await stage.say(ada, "/settings")
    await stage.tap(ada, "🗂")
    await stage.tap(ada, "Security")
    for words in ("senior 2", "weak senior 2", "weak security senior 2"):
        text = await stage.say(ada, f"/quiz {words}")
        assert " · 1 of 2" in text
        assert note in text
        await stage.tap(ada, "Got it")
        assert note not in await stage.tap(ada, "Next question"), "once, in the opening words"
    await stage.close()


async def test_what_was_clear_beside_an_unknown_topic_is_told(stage: Stage) -> None:
    ada = stage.person()
    text = await stage.say(ada, "/quiz security expert")
    assert text.startswith("Security is clear, but I have no topic called \u2068expert\u2069.")


async def test_what_was_missed_until_it_is_known(stage: Stage) -> None:
    ada = stage.person()
    assert "Nothing missed" in await stage.say(ada, "/quiz missed")
    await stage.say(ada, "/quiz 3")
    prompts = await play(stage, ada, ["Missed", "Got it"])
    assert prompts[0] in await stage.say(ada, "/quiz missed")
    await stage.tap(ada, "Got it")
    assert "Nothing missed" in await stage.say(ada, "/quiz missed")


async def test_the_weakest_topics(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz security 6")
    await play(stage, ada, ["Missed"] * 5)
    await stage.say(ada, "/quiz python 6")
    await play(stage, ada, ["Got it"] * 5)
    assert "Security" in await stage.say(ada, "/quiz weak 3")


async def test_fewer_than_asked_for_is_said(stage: Stage) -> None:
    ada = stage.person()
    level = stage.bank.questions[stage.bank.ids("web")[0]].level
    there = len(stage.bank.ids("web", level))
    text = await stage.say(ada, f"/quiz web {level} 50")
    assert f"this quiz has {there} instead of 50" in text


async def test_an_unknown_topic_offers_its_neighbours(stage: Stage) -> None:
    ada = stage.person()
    text = await stage.say(ada, "/quiz securty")
    assert "no topic called" in text
    assert "/quiz security 5" in text
    assert "1 of 5" in await stage.tap(ada, "🔐 Security")


@pytest.mark.parametrize(
    ("words", "said", "example"),
    [
        ("security django", "one topic; a mix has several", "mix security django"),
        ("middle senior", "one level, or any", "senior 5"),
        ("3 4", "One count", "security 5"),
        ("missed weak", "either what you missed or your weakest topics", "missed"),
        ("mix senior 3", "it takes no level", "mix security django 5"),
    ],
)
async def test_words_that_do_not_go_together_are_told(
    stage: Stage, words: str, said: str, example: str
) -> None:
    ada = stage.person()
    text = await stage.say(ada, f"/quiz {words}")
    assert said in text
    assert text.endswith(f"For example: /quiz {example}")
    await stage.say(ada, f"/quiz {example}")
    if example != "missed":
        assert "1 of 5" in ada.last.text, "the example works"


@pytest.mark.parametrize(
    "words", ["quantum", "🦄", "<b>bold</b>", "أمن المعلومات", "x" * 4000, "security 100000", "0"]
)
async def test_what_is_not_understood_is_named_with_an_example(stage: Stage, words: str) -> None:
    ada = stage.person()
    text = await stage.say(ada, f"/quiz {words}"[:4096])
    assert "For example: /quiz security 5" in text
    assert words[:20].split()[0] in text or "100000" in text
    assert len(text) < 400


async def test_stop_sums_up(stage: Stage) -> None:
    ada = stage.person()
    assert "No quiz is running" in await stage.say(ada, "/stop")
    await stage.say(ada, "/quiz 5")
    await play(stage, ada, ["Got it", "Missed"])
    assert "You knew 1 of 2" in await stage.say(ada, "/stop")
    assert "No quiz is running" in await stage.say(ada, "/stop")


async def test_on_demand_answers_leave_the_daily_question_alone(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00")
    await stage.say(ada, "/quiz 5")
    await play(stage, ada, ["Missed"] * 4)
    await stage.pass_time(hours=1)
    assert " of " not in ada.last.text.splitlines()[0]
    assert "Show answer" in ada.last.buttons[0][0]


async def test_topics_lists_all_and_starts_one(stage: Stage) -> None:
    ada = stage.person()
    text = await stage.say(ada, "/topics")
    assert all(topic.name in text for topic in stage.bank.topics)
    assert "1 of 5" in await stage.tap(ada, "🐍 Core Python")

"""/stats as a picture with its words, drawn once while nothing changes."""

from __future__ import annotations

import pytest

from bot.rendering import picture
from tests.support.stage import Stage


async def answered(stage: Stage, name: str = "Ada") -> object:
    """Someone with two answers."""
    person = stage.person(name)
    await stage.say(person, "/quiz security 3")
    await stage.tap(person, "Missed")
    await stage.tap(person, "Next question")
    await stage.tap(person, "Got it")
    return person


async def test_without_answers_there_is_a_way_to_begin(stage: Stage) -> None:
    ada = stage.person()
    assert "No answers yet" in await stage.say(ada, "/stats")
    assert "1 of 5" in await stage.tap(ada, "A question now")


async def test_the_picture_says_it_in_words_too(stage: Stage) -> None:
    ada = await answered(stage)
    text = await stage.say(ada, "/stats")
    assert "photo" in ada.last.message.content
    assert "1 day in a row" in text
    assert "2 answers, 50 % known" in text
    assert "likely" in text
    assert "1 missed question will come back" in text


async def test_it_is_drawn_once_while_nothing_changes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = await answered(stage)
    drawn = []
    draw = picture.draw

    def counted(*arguments: object, **wishes: object) -> bytes:
        drawn.append(wishes)
        return draw(*arguments, **wishes)

    monkeypatch.setattr(picture, "draw", counted)
    await stage.say(ada, "/stats")
    await stage.say(ada, "/stats")
    assert drawn == [{"dark": False}]
    messages = len(ada.messages())
    await stage.tap(ada, "Dark")
    assert drawn == [{"dark": False}, {"dark": True}]
    assert len(ada.messages()) == messages, "the colours change in place"
    assert "Light" in str(ada.last.buttons)
    await stage.tap(ada, "Light")
    assert len(drawn) == 2
    await stage.tap(ada, "What I missed")
    await stage.tap(ada, "Got it")
    await stage.say(ada, "/stats")
    assert len(drawn) == 3


async def test_one_topic(stage: Stage) -> None:
    ada = await answered(stage)
    assert "Security" in await stage.say(ada, "/stats sec")
    assert "photo" in ada.last.message.content
    assert "Core Python" in await stage.say(ada, "/stats python")
    assert "Did you mean security" in await stage.say(ada, "/stats securty")
    await stage.say(ada, "/stats security")
    assert "in a row" in await stage.tap(ada, "All topics")


async def test_a_topic_that_is_not_among_the_chosen_ones(stage: Stage) -> None:
    ada = await answered(stage)
    before = await stage.say(ada, "/stats security")
    await stage.say(ada, "/settings")
    await stage.tap(ada, "All topics")
    await stage.tap(ada, "Python")
    alone = await stage.say(ada, "/stats security")
    assert alone == before.partition("\nOf 1 other topic")[0], "only chosen topics are compared with"
    assert "photo" in ada.last.message.content
    assert "Not tried yet" in await stage.say(ada, "/stats databases")
    assert "Security" not in await stage.tap(ada, "All topics")


async def test_nobody_sees_anothers_figures(stage: Stage) -> None:
    await answered(stage)
    eve = stage.person("Eve")
    assert "No answers yet" in await stage.say(eve, "/stats")


async def test_readiness_has_a_course(stage: Stage) -> None:
    ada = await answered(stage)
    await stage.say(ada, "/stats")
    await stage.pass_time(days=10)
    await stage.say(ada, "/quiz 1")
    await stage.tap(ada, "Got it")
    assert "(on Mon 23 Nov: " in await stage.say(ada, "/stats")

"""*Quiz me*, four buttons, hints that weaken, stubborn questions."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.db.tables import Ask, Review
from bot.playground.emulator import Person
from tests.support.stage import Stage


async def asked(stage: Stage, person: Person) -> tuple[Ask, list[Review]]:
    """The newest ask and its reviews."""
    async with stage.app.database.reading() as session:
        query = select(Ask).where(Ask.user_id == person.id).order_by(Ask.id.desc()).limit(1)
        ask = (await session.execute(query)).scalar_one()
        rows = await session.execute(select(Review).where(Review.ask_id == ask.id).order_by(Review.id))
        return ask, list(rows.scalars())


async def quiz_me(stage: Stage, person: Person) -> Ask:
    """Someone with four options before them."""
    await stage.say(person, "/quiz python 3")
    await stage.tap(person, "Quiz me")
    return (await asked(stage, person))[0]


async def test_the_options_are_shuffled_and_stay_so(stage: Stage) -> None:
    orders = set()
    for number in range(8):
        ada = stage.person(f"P{number}")
        ask = await quiz_me(stage, ada)
        assert ask.option_order is not None
        assert sorted(ask.option_order) == ["0", "1", "2", "3"]
        assert ada.last.buttons == [["A", "B", "C", "D"], ["👀 Show answer"]]
        orders.add(ask.option_order)
    assert len(orders) > 1


async def test_the_right_option_counts_less_than_a_right_answer(stage: Stage) -> None:
    ada = stage.person()
    ask = await quiz_me(stage, ada)
    question = stage.bank.questions[ask.question_id]
    assert question.choice is not None
    text = await stage.tap(ada, "ABCD"[(ask.option_order or "").index("0")])
    assert f"Right: {question.choice.options[0].text}" in text
    _, (review,) = await asked(stage, ada)
    assert (review.rating, review.guess) == (3, 0.25)
    assert "Next question" in ada.last.buttons[0][0]


async def test_a_wrong_option_is_told_why(stage: Stage) -> None:
    ada = stage.person()
    ask = await quiz_me(stage, ada)
    question = stage.bank.questions[ask.question_id]
    assert question.choice is not None
    place = next(place for place, option in enumerate(ask.option_order or "") if option != "0")
    wrong = question.choice.options[int((ask.option_order or "")[place])]
    text = await stage.tap(ada, "ABCD"[place])
    assert f"Not quite: {wrong.text}" in text
    assert f"Right is: {question.choice.options[0].text}" in text
    _, (review,) = await asked(stage, ada)
    assert review.rating == 1
    assert "Missed. It comes back" in text


async def test_options_that_were_never_shown_cannot_be_chosen(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz python 3")
    ask, _ = await asked(stage, ada)
    for data in (f"1:op:{ask.id}:0", f"1:op:{ask.id}:9", "1:op:99999:0"):
        await ada.press_data(ada.last, data)
        await stage.settle()
        assert "earlier version" in ada.alerts[-1] or "no longer know this card" in ada.alerts[-1]
    assert (await asked(stage, ada))[1] == []


async def test_a_hint_before_got_it_makes_it_shaky(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz python 3")
    await stage.tap(ada, "Hint")
    text = await stage.tap(ada, "Got it")
    assert "Got it." in text
    assert "With the hint it counts as shaky" in text
    _, (review,) = await asked(stage, ada)
    assert review.rating == 2


@pytest.mark.parametrize(("label", "rating"), [("Missed", 1), ("Hard", 2), ("Got it", 3), ("Easy", 4)])
async def test_four_buttons_when_wished_for(stage: Stage, label: str, rating: int) -> None:
    ada = stage.person()
    await stage.say(ada, "/settings")
    await stage.tap(ada, "More")
    await stage.tap(ada, "Four rating buttons")
    await stage.say(ada, "/quiz python 3")
    assert ada.last.buttons[1:3] == [["✅ Got it", "❌ Missed"], ["🚀 Easy", "😬 Hard"]]
    await stage.tap(ada, "Hint")
    text = await stage.tap(ada, label)
    assert f"{label}." in text
    _, (review,) = await asked(stage, ada)
    assert review.rating == rating


async def test_the_daily_question_has_them_too(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 11:00")
    await stage.say(ada, "/settings")
    await stage.tap(ada, "More")
    await stage.tap(ada, "Four rating buttons")
    await stage.pass_time(days=1)
    assert ["🚀 Easy", "😬 Hard"] in ada.last.buttons


async def test_a_stubborn_question_is_pointed_out(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz python 1")
    await stage.tap(ada, "Missed")
    for turn in range(3):
        assert "stubborn" not in ada.last.text
        await stage.pass_time(days=20)
        await stage.say(ada, "/quiz missed 1")
        text = await stage.tap(ada, "Missed")
        assert ("This one is stubborn" in text) is (turn == 2)
    ask, _ = await asked(stage, ada)
    first = stage.bank.questions[ask.question_id].follow_ups[0].question
    assert first.split("<")[0].split("&")[0][:20] in ada.last.text


async def test_a_mix_follows_its_shares(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz mix python:75 security:25 8")
    assert "1 of 8" in ada.last.text
    async with stage.app.database.reading() as session:
        for _ in range(7):
            await stage.tap(ada, "Got it")
            await stage.tap(ada, "Next question")
        asks = (await session.execute(select(Ask).order_by(Ask.id))).scalars().all()
    security = [ask for ask in asks if ask.question_id in stage.bank.ids("security")]
    assert len(asks) == 8
    assert len(security) == 2


@pytest.mark.parametrize(
    "words", ["mix", "mix python:0", "mix python:x", "mix python:99999", "mix quantum:5", "mix 5"]
)
async def test_a_mix_that_makes_no_sense(stage: Stage, words: str) -> None:
    assert "For example: /quiz" in await stage.say(stage.person(), f"/quiz {words}")

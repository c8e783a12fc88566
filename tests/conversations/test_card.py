"""A question's buttons, in every order and state."""

from __future__ import annotations

import asyncio

from sqlalchemy import func, select

from bot.db import asks
from bot.db.tables import Card, Review
from bot.learning import rebuild
from bot.playground.emulator import Person
from bot.services import asking, memory, reviews
from bot.services.pools import Pools
from tests.support.stage import Stage


def labels(person: Person) -> list[str]:
    """The buttons of the newest message."""
    return [label for row in person.last.buttons for label in row]


async def count_reviews(stage: Stage) -> int:
    """All reviews in the database."""
    async with stage.app.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Review)) or 0


async def quizzed(stage: Stage, name: str = "Ada") -> Person:
    """Someone with a question before them."""
    person = stage.person(name)
    await stage.say(person, "/quiz python 3")
    return person


async def test_the_card_shows_topic_level_and_question(stage: Stage) -> None:
    ada = await quizzed(stage)
    assert "Core Python · " in ada.last.text
    assert "1 of 3" in ada.last.text
    assert labels(ada) == ["👀 Show answer", "✅ Got it", "❌ Missed", "💡 Hint", "🧩 Quiz me", "❔ Why?"]


async def test_show_answer_edits_the_message_and_leaves_the_ratings(stage: Stage) -> None:
    ada = await quizzed(stage)
    before = len(ada.messages())
    await stage.tap(ada, "Show answer")
    assert len(ada.messages()) == before
    assert labels(ada) == ["✅ Got it", "❌ Missed"]
    kinds = {entity["type"] for entity in ada.last.entities}
    assert {"bold", "expandable_blockquote", "text_link"} <= kinds


async def test_a_rating_tells_when_and_why_and_what_next(stage: Stage) -> None:
    ada = await quizzed(stage)
    text = await stage.tap(ada, "Missed")
    assert "Missed. It comes back, from Mon 30 Nov on." in text
    assert "Why this one: new to you" in text
    assert "Key points" in text, "a rating shows the answer if it was not shown"
    assert labels(ada) == ["▶️ Next question", "✏️ Change rating", "🧭 Follow-ups"]


async def test_follow_ups_are_one_tap_away(stage: Stage) -> None:
    ada = await quizzed(stage)
    await stage.tap(ada, "Got it")
    text = await stage.tap(ada, "Follow-ups")
    question = next(one for one in stage.bank.questions.values() if one.prompt in text.replace("`", ""))
    assert text.partition("What you may be asked next")[2].count("•") == len(question.follow_ups)
    assert labels(ada) == ["▶️ Next question", "✏️ Change rating"]
    await stage.tap(ada, "Change rating")
    await stage.tap(ada, "Keep it")
    assert "🧭 Follow-ups" in labels(ada)


async def test_hint_and_why(stage: Stage) -> None:
    ada = await quizzed(stage)
    await stage.tap(ada, "Why")
    assert ada.alerts[-1].startswith("Why this one: new to you")
    assert "💡" in await stage.tap(ada, "Hint")
    assert "💡 Hint" not in labels(ada)
    await stage.tap(ada, "Show answer")
    await stage.tap(ada, "Got it")
    assert "Got it. It may come back" in ada.last.text


async def test_a_double_tap_counts_once(stage: Stage) -> None:
    ada = await quizzed(stage)
    card = ada.last
    for _ in range(3):
        await ada.press("Missed", message=card)
    await stage.settle()
    assert await count_reviews(stage) == 1
    assert len(ada.answers) == 3


async def test_the_first_rating_stands_against_a_tap_on_a_copy(stage: Stage) -> None:
    ada = await quizzed(stage)
    card = ada.last
    got_it = next(
        button["callback_data"] for row in card.rows for button in row if "Got it" in button["text"]
    )
    await stage.tap(ada, "Missed")
    await ada.press_data(card, got_it)
    await stage.settle()
    assert await count_reviews(stage) == 1
    assert "❌ Missed." in ada.last.text


async def test_twenty_simultaneous_ratings_are_one_review(stage: Stage) -> None:
    ada = await quizzed(stage)
    data = next(
        button["callback_data"] for row in ada.last.rows for button in row if "Got it" in button["text"]
    )
    ask_id = int(data.split(":")[2])

    async def rate(rating: int) -> int:
        async with stage.app.database.transaction() as session:
            rated = await reviews.rate(
                session, stage.app.house, ask_id, rating, user_id=ada.id, now=stage.clock()
            )
        return rated.rating

    ratings = await asyncio.gather(*(rate(1 + 2 * (number % 2)) for number in range(20)))
    assert await count_reviews(stage) == 1
    assert len(set(ratings)) == 1, "everyone is told the rating that stands"


async def test_change_rating_replaces_the_review_and_replays_the_memory(stage: Stage) -> None:
    ada = await quizzed(stage)
    await stage.tap(ada, "Missed")
    assert "You said" in await stage.tap(ada, "Change rating")
    assert labels(ada) == ["✅ Got it", "❌ Missed", "↩️ Keep it"]
    assert "Got it. It may come back" in await stage.tap(ada, "Got it")
    assert await count_reviews(stage) == 2
    await stage.tap(ada, "Change rating")
    assert "Got it." in await stage.tap(ada, "Keep it")
    assert await count_reviews(stage) == 2
    assert "1 answer, 100 % known" in await stage.say(ada, "/stats")


async def test_a_rating_cannot_be_changed_once_the_question_came_again(stage: Stage) -> None:
    ada = await quizzed(stage)
    first = ada.last
    question = first.text
    await stage.tap(ada, "Missed")
    await stage.say(ada, "/quiz missed")
    assert ada.last.text.splitlines()[2] in question
    await stage.tap(ada, "Got it")
    await stage.tap(ada, "Change rating", message=first)
    assert "no longer be changed" in ada.alerts[-1]
    assert await count_reviews(stage) == 2


async def test_someone_elses_card_is_refused(stage: Stage) -> None:
    ada, eve = await quizzed(stage), await quizzed(stage, "Eve")
    data = next(
        button["callback_data"] for row in ada.last.rows for button in row if "Missed" in button["text"]
    )
    await eve.press_data(eve.last, data)
    await stage.settle()
    assert "no longer know this card" in eve.alerts[-1]
    assert await count_reviews(stage) == 0


async def test_forged_and_old_data_change_nothing(stage: Stage) -> None:
    ada = await quizzed(stage)
    card, text = ada.last, ada.last.text
    forged = [
        "1:rt:1",
        "1:rt:x:1",
        "0:rt:1:1",
        "1:rt:999999:3",
        "1:rt:1:9",
        "1:zz",
        "x",
        "1:wi:zone:Mars",
        "1:rt:-1:3",
    ]
    for data in [*forged, "1:rt:" + "9" * 40, "🦄", "1:wi:per_day:11", "1:su:zone:9999"]:
        await ada.press_data(card, data)
        await stage.settle()
        assert "earlier version" in ada.alerts[-1] or "no longer know this card" in ada.alerts[-1], data
    assert ada.last.text == text
    assert await count_reviews(stage) == 0


async def test_a_card_works_after_weeks_and_a_restart(stage: Stage) -> None:
    ada = await quizzed(stage)
    card = ada.last
    await stage.pass_time(days=21)
    await stage.restart()
    await stage.tap(ada, "Hint", message=card)
    await stage.tap(ada, "Got it", message=card)
    assert "Got it." in card.text
    assert await count_reviews(stage) == 1


async def test_a_deleted_card_still_counts_its_press(stage: Stage) -> None:
    ada = await quizzed(stage)
    await ada.press("Missed")
    await ada.delete_messages(ada.last)
    await stage.settle()
    assert await count_reviews(stage) == 1
    assert "Missed." in ada.last.text


async def test_cards_can_be_rebuilt_from_the_log(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00 Kathmandu")
    for turn in range(12):
        await stage.pass_time(days=1)
        await stage.tap(ada, "Missed" if turn % 3 else "Got it")
        if turn % 4 == 0:
            await stage.tap(ada, "Change rating")
            await stage.tap(ada, "Missed" if turn % 3 == 0 else "Got it")
        await stage.tap(ada, "Next question")
        if turn % 2:
            await stage.tap(ada, "Got it")
    async with stage.app.database.reading() as session:
        rows = (await session.execute(select(Review).order_by(Review.id))).scalars().all()
        state = rebuild(ada.id, Pools(stage.bank).of([]), [reviews.to_review(row) for row in rows])
        for row in (await session.execute(select(Card).where(Card.reviewed_on.is_not(None)))).scalars():
            kept, made = memory.to_card(row), state.card(row.question_id)
            assert (kept.stability, kept.difficulty, kept.last_day, kept.misses, kept.missed) == (
                made.stability,
                made.difficulty,
                made.last_day,
                made.misses,
                made.missed,
            )
        learner = (await memory.state(session, ada.id, Pools(stage.bank).of([]))).learner
        assert learner.evidence == state.learner.evidence
        assert (learner.credit, learner.asks) == (state.learner.credit, state.learner.asks)


async def test_a_rewritten_question_says_so_and_a_retired_one_keeps_its_rating(stage: Stage) -> None:
    ada = await quizzed(stage)
    async with stage.app.database.transaction() as session:
        data = ada.last.rows[0][0]["callback_data"]
        await asks.note(session, int(data.split(":")[2]), {"content_hash": "another text"})
    await stage.tap(ada, "Show answer")
    assert "rewritten" in ada.alerts[-1]
    async with stage.app.database.transaction() as session:
        retired = {"question_id": "a-question-that-was-retired"}
        await asks.note(session, int(data.split(":")[2]), retired)
    await stage.tap(ada, "Got it")
    assert "Your rating is kept" in ada.last.text
    assert await count_reviews(stage) == 1


async def test_many_ratings_at_once_lose_none(stage: Stage) -> None:
    """Devices, replicas, the daily round: who waited for the lock must see what was written meanwhile."""
    ada = stage.person()
    await stage.say(ada, "/start")
    ask_ids = []
    async with stage.app.database.transaction() as session:
        for _ in range(15):
            shown = await asking.one_more(session, stage.app.house, ada.id, now=stage.clock())
            assert shown is not None
            shown.ask.message_id = 1
            ask_ids.append(shown.ask.id)

    async def rate(ask_id: int) -> None:
        async with stage.app.database.transaction() as session:
            await reviews.rate(session, stage.app.house, ask_id, 3, user_id=ada.id, now=stage.clock())

    await asyncio.gather(*(rate(ask_id) for ask_id in ask_ids))
    async with stage.app.database.reading() as session:
        rows = (await session.execute(select(Review).order_by(Review.id))).scalars().all()
        state = rebuild(ada.id, Pools(stage.bank).of([]), [reviews.to_review(row) for row in rows])
        learner = (await memory.state(session, ada.id, Pools(stage.bank).of([]))).learner
    assert len(rows) == len(set(ask_ids)) == 15
    assert learner.evidence == state.learner.evidence


async def test_a_double_tap_on_next_brings_one_question(stage: Stage) -> None:
    ada = await quizzed(stage)
    await stage.tap(ada, "Got it")
    card = ada.last
    await ada.press("Next question", message=card)
    await ada.press("Next question", message=card)
    await stage.settle()
    assert "2 of 3" in ada.last.text
    assert sum("Show answer" in str(seen.buttons) for seen in ada.messages()) == 1
    stage.clock.move(minutes=1)
    assert "3 of 3" in await stage.tap(ada, "Next question", message=card)


async def test_a_hint_stays_counted_through_a_correction(stage: Stage) -> None:
    ada = await quizzed(stage)
    await stage.tap(ada, "Hint")
    await stage.tap(ada, "Got it")
    assert "You said ✅ Got it" in await stage.tap(ada, "Change rating")
    await stage.tap(ada, "Missed")
    await stage.tap(ada, "Change rating")
    assert "counts as shaky" in await stage.tap(ada, "Got it")


async def test_after_forget_an_old_button_begins_anew(stage: Stage) -> None:
    ada = stage.person()
    await ada.start()
    await stage.settle()
    welcome = ada.last
    await stage.say(ada, "/forget")
    await stage.say(ada, "forget me")
    await stage.tap(ada, "Try a question", message=welcome)
    assert "Show answer" in str(ada.last.buttons)

"""One memory: an answer in a group is a review of the member's own card, and nobody else sees it."""

from __future__ import annotations

from sqlalchemy import select

from bot.db.group_tables import Answer, Member
from bot.db.tables import Ask, Card, Learner, Review, User
from bot.learning import rebuild
from bot.playground.emulator import Group, Person
from bot.services.memory import EMPTY, to_card
from bot.services.reviews import to_review
from tests.conversations.groups.table import next_round, started, time_is_up, vote
from tests.support.stage import Stage


async def rows(stage: Stage, table: type) -> list[object]:
    """Every row of a table."""
    async with stage.app.database.reading() as session:
        return list((await session.execute(select(table))).scalars().all())


async def test_each_answer_is_a_review_of_its_own(
    stage: Stage, group: Group, ada: Person, bob: Person
) -> None:
    await started(stage, ada, group, "1")
    await vote(stage, ada, group)
    await vote(stage, bob, group, right=False)
    reviews = {row.user_id: row for row in await rows(stage, Review)}
    assert (reviews[ada.id].rating, reviews[bob.id].rating) == (2, 1), "right is Hard, wrong is Again"
    assert {(row.way, row.guess, row.first) for row in reviews.values()} == {("group", 0.25, True)}
    cards = {row.user_id: row for row in await rows(stage, Card)}
    assert (cards[ada.id].missed, cards[bob.id].missed) == (False, True)
    assert all(card.due_on for card in cards.values())
    learners = {row.user_id: row for row in await rows(stage, Learner)}
    assert learners[ada.id].credit == learners[bob.id].credit == 0
    assert learners[ada.id].asks == 0, "the day's questions are not touched"
    assert 1 < learners[ada.id].ok < 2, "a right guess counts for less"
    (ask,) = await rows(stage, Ask)
    assert (ask.user_id, ask.chat_id, ask.way) == (None, group.id, "group")
    assert sorted(ask.option_order) == ["0", "1", "2", "3"]


async def test_the_cards_follow_from_the_log(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "3")
    for right in (True, False, True):
        await vote(stage, ada, group, right=right)
        await time_is_up(stage)
        await next_round(stage)
    log = [to_review(row) for row in await rows(stage, Review)]
    state = rebuild(ada.id, EMPTY, log)
    for card in await rows(stage, Card):
        assert state.card(card.question_id) == to_card(card)


async def test_a_right_answer_here_does_not_clear_a_miss(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "1")
    (ask,) = await rows(stage, Ask)
    await ada.start(f"q_{ask.question_id}")
    await stage.settle()
    await stage.tap(ada, "Missed")
    await vote(stage, ada, group)
    (card,) = await rows(stage, Card)
    assert card.missed
    assert [row.way for row in await rows(stage, Review)] == ["link", "group"]


async def test_who_never_started_the_bot_finds_their_history(
    stage: Stage, group: Group, ada: Person, bob: Person
) -> None:
    await started(stage, ada, group, "1")
    await vote(stage, bob, group, right=False)
    assert bob.messages() == [], "nothing is sent to who did not ask"
    await bob.start()
    await stage.settle()
    assert "1 answer" in await stage.say(bob, "/stats")
    assert len(await rows(stage, User)) == 2


async def test_forget_removes_it_here_too(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await started(stage, ada, group, "2")
    await vote(stage, ada, group)
    await vote(stage, bob, group)
    async with stage.app.database.transaction() as session:
        await session.delete(await session.get(User, ada.id))
    assert {row.user_id for row in await rows(stage, Answer)} == {bob.id}
    assert {row.user_id for row in await rows(stage, Member)} == {bob.id}
    await time_is_up(stage)
    await next_round(stage)
    assert len(await rows(stage, Ask)) == 2, "the game goes on"

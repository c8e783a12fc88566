"""The bot comes to a group, is thrown out, and finds the group under another id."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.db.group_tables import Group as GroupRow
from bot.db.group_tables import Quiz
from bot.db.tables import Subscription
from bot.playground.emulator import Group, Person
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


async def test_one_greeting_with_buttons(stage: Stage, group: Group, ada: Person) -> None:
    (greeting,) = bot_messages(group)
    assert "commands and buttons only" in greeting.text
    assert len(greeting.text) < 250
    assert "Quiz: All topics" in await tap(stage, ada, "A quiz now", group)


async def test_a_link_with_a_topic_is_one_message_too(stage: Stage, ada: Person) -> None:
    group = stage.telegram.add_group("Study", [ada], bot=False)
    await group.add_bot(payload="quiz_security")
    await stage.settle()
    (lobby,) = bot_messages(group)
    assert "Quiz: 🔐 Security" in lobby.text
    await tap(stage, ada, "Start", group)
    assert len(polls(group)) == 1


async def test_a_later_link_opens_its_lobby_below(stage: Stage, group: Group, ada: Person) -> None:
    await stage.pass_time(hours=1)
    text = await say(stage, ada, "/start@gotit_bot quiz_security", group)
    assert "Quiz: 🔐 Security" in text
    assert len(bot_messages(group)) == 2
    await say(stage, ada, "/stop", group)
    assert "What I can do in a group" in await say(stage, ada, "/start@gotit_bot", group)


async def test_talk_is_not_heard(stage: Stage, group: Group, ada: Person) -> None:
    await ada.send("hello everyone", group)
    await ada.send("I like this bot", group, reply_to=newest(group))
    await ada.send("/subscribe@other_bot 9:00", group)
    await ada.send_sticker("🙂", group)
    await stage.settle()
    assert len(bot_messages(group)) == 1


async def test_a_group_where_it_may_not_write(stage: Stage, ada: Person) -> None:
    group = stage.telegram.add_group("Quiet", [ada], bot=False)
    await group.set_permissions(can_send_messages=False)
    await group.add_bot()
    await stage.settle()
    assert bot_messages(group) == []


async def test_thrown_out_in_mid_quiz(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await started(stage, ada, group)
    await vote(stage, bob, group)
    await group.remove_bot()
    await stage.settle()
    await stage.pass_time(minutes=5)
    assert {call.method for call in list(stage.telegram.calls)[-2:]} == {"getUpdates"}, (
        "nothing is sent there"
    )
    await group.add_bot()
    await stage.settle()
    assert "quizzes, together" in newest(group).text
    await started(stage, ada, group, "1")
    assert len(polls(group)) == 2


@pytest.mark.parametrize("method", ["sendMessage", "sendPoll"])
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (403, "Forbidden: bot is not a member of the supergroup chat"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_a_chat_that_disappears_in_mid_quiz(
    stage: Stage, group: Group, ada: Person, code: int, words: str, method: str
) -> None:
    await say(stage, ada, "/subscribe 18:00", group)
    await started(stage, ada, group)
    await vote(stage, ada, group)
    if method == "sendPoll":
        await time_is_up(stage)
    stage.telegram.faults.refuse(code, words, method=method)
    await stage.pass_time(seconds=32)
    await stage.pass_time(minutes=2)
    async with stage.app.database.reading() as session:
        assert (await session.execute(select(Quiz.status, Quiz.step_at))).all() == [("over", None)]
        assert await session.scalar(select(Subscription.next_due)) is None, "nobody knocks there every day"


async def test_the_group_becomes_a_supergroup(stage: Stage, ada: Person, bob: Person) -> None:
    old = stage.telegram.add_group("Small", [bob], [ada], supergroup=False)
    await stage.settle()
    await started(stage, ada, old, "2")
    await vote(stage, ada, old)
    new = await old.migrate()
    await stage.settle()
    await time_is_up(stage)
    assert "1 of 1 knew it" in newest(new).text
    await next_round(stage)
    await vote(stage, bob, new)
    await time_is_up(stage)
    await next_round(stage)
    podium = newest(new).text
    assert "\u2068Ada\u2069: 15" in podium
    assert "\u2068Bob\u2069: 15" in podium
    async with stage.app.database.reading() as session:
        assert (await session.execute(select(GroupRow.chat_id))).scalars().all() == [new.id]


async def test_a_move_that_only_a_refusal_tells(stage: Stage, ada: Person, bob: Person) -> None:
    old = stage.telegram.add_group("Small", [bob], [ada], supergroup=False)
    await stage.settle()
    await say(stage, ada, "/quiz 1", old)
    new = await old.migrate()
    await stage.telegram.call(TOKEN, "getUpdates", {"offset": 10**9, "timeout": 0})
    stage.clock.move(seconds=6)
    async with stage.app.database.transaction() as session:
        quiz = (await session.execute(select(Quiz))).scalar_one()
        quiz.status, quiz.step_at = "running", stage.clock()
    await stage.pass_time(seconds=2)
    await stage.pass_time(seconds=2)
    assert len(polls(new)) == 1


async def test_a_lobby_follows_the_group(stage: Stage, ada: Person, bob: Person) -> None:
    old = stage.telegram.add_group("Small", [bob], [ada], supergroup=False)
    await stage.settle()
    await say(stage, ada, "/quiz security 1", old)
    new = await old.migrate()
    await stage.settle()
    await tap(stage, ada, "Start", new)
    assert len(polls(new)) == 1


async def test_admins_are_asked_for_once_a_minute(
    stage: Stage, group: Group, ada: Person, bob: Person
) -> None:
    await say(stage, bob, "/quiz", group)

    def asked() -> int:
        return sum(call.method == "getChatAdministrators" for call in stage.telegram.calls)

    for _ in range(3):
        await tap(stage, ada, "➕", group)
    assert asked() == 1
    await stage.pass_time(seconds=61)
    await tap(stage, ada, "➕", group)
    assert asked() == 2

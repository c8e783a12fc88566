"""A group's daily question: its time, its topic, its board, and who may ask for it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.bank import Bank
from bot.db.group_tables import Quiz
from bot.db.tables import Learner, Subscription
from bot.playground.emulator import Group, Person
from bot.services import group_daily
from tests.conversations.groups.table import bot_messages, newest, polls, say, tap, vote
from tests.support.stage import Stage


async def test_every_day_at_the_groups_own_time(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    text = await say(stage, ada, "/subscribe 14:00 Europe/Berlin", group)
    assert "A question comes every day at 14:00, Berlin time. Next: today at 14:00" in text
    await stage.pass_time(minutes=59)
    assert polls(group) == []
    await stage.pass_time(minutes=1)
    (poll,) = polls(group)
    assert poll.poll is not None
    assert poll.poll["open_period"] == 20 * 3600
    assert poll.poll["description"].startswith("📅 Question of the day · ")
    await vote(stage, bob, group)
    await stage.pass_time(hours=21)
    assert newest(group) == poll, "the poll shows the reason itself"
    await stage.pass_time(hours=3)
    assert len(polls(group)) == 2
    assert "No more daily" in await say(stage, ada, "/unsubscribe", group)
    await stage.pass_time(days=2)
    assert len(polls(group)) == 2


async def test_only_admins_ask_for_it(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    for command in ("/subscribe 9:00 Berlin", "/unsubscribe"):
        assert "Only admins" in await say(stage, bob, command, group)
    await say(stage, bob, "/settings", group)
    await tap(stage, bob, "A daily question", group)
    assert "Only admins" in bob.alerts[-1]
    async with stage.app.database.reading() as session:
        assert await session.scalar(select(Subscription.next_due)) is None
    assert "Done." in await say(stage, ada, "/subscribe 9:00 Berlin", group, anonymous=True)


@pytest.mark.parametrize("words", ["25:00", "9:00 Atlantis", "9:00 Berln", "<b>"])
async def test_what_is_not_understood(stage: Stage, group: Group, ada: Person, words: str) -> None:
    text = await say(stage, ada, f"/subscribe {words}", group)
    assert "For example: /subscribe 10:00 Europe/Berlin" in text
    assert newest(group).buttons == [], "buttons here would subscribe the presser"
    assert ("Perhaps Europe/Berlin" in text) == ("Berln" in words)


async def test_without_words_it_goes_by_buttons(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    text = await say(stage, ada, "/subscribe", group)
    assert "For example: /subscribe 10:00 Europe/Berlin" in text
    await tap(stage, bob, "By buttons", group)
    assert "Only admins" in bob.alerts[-1]
    await tap(stage, ada, "By buttons", group)
    await tap(stage, ada, "A daily question", group)
    await tap(stage, ada, "Berlin", group)
    assert "A question comes every day" in newest(group).text
    assert len(bot_messages(group)) == 2


async def test_in_the_topic_where_it_was_asked_for(stage: Stage, ada: Person) -> None:
    group = stage.telegram.add_group("Forum", [], [ada], forum=True)
    topic = await group.open_topic("Daily")
    await stage.settle()
    await say(stage, ada, "/subscribe 13:00", group, thread=topic)
    await stage.pass_time(hours=1)
    assert polls(group)[-1].thread == topic


async def test_in_general_once_its_topic_was_deleted(stage: Stage, ada: Person) -> None:
    group = stage.telegram.add_group("Forum", [], [ada], forum=True)
    topic = await group.open_topic("Daily")
    await stage.settle()
    await say(stage, ada, "/subscribe 13:00", group, thread=topic)
    del group.chat.topics[topic]
    await stage.pass_time(hours=1)
    assert polls(group)[-1].thread is None
    await stage.pass_time(days=1)
    assert len(polls(group)) == 2
    sent = [call.parameters for call in stage.telegram.calls if call.method == "sendPoll"]
    assert ["message_thread_id" in call for call in sent] == [True, False, False], "it is remembered"


async def test_silent_at_night(stage: Stage, group: Group, ada: Person) -> None:
    for minute, silent in ((7 * 60, True), (9 * 60, False), (23 * 60, True)):
        zone = "Etc/UTC"
        moment = stage.clock().replace(hour=minute // 60)
        assert group_daily.is_night(moment, zone) == silent
    await say(stage, ada, "/subscribe 23:00", group)
    await stage.pass_time(hours=11)
    call = next(call for call in stage.telegram.calls if call.method == "sendPoll")
    assert call.parameters["disable_notification"]


async def test_a_day_that_was_missed_is_skipped(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    await stage.pass_time(hours=1)
    await stage.pass_time(days=3, hours=-2)
    assert len(polls(group)) == 1
    await stage.pass_time(hours=2)
    assert len(polls(group)) == 2


@pytest.mark.parametrize(
    ("page", "press", "later"),
    [("Any level", "Junior", 0), ("All topics", "Security", 0), ("⏰", "12:00", 0), ("⏰", "18:00", 5)],
)
async def test_a_setting_changed_while_it_is_due_takes_nothing(
    stage: Stage, group: Group, ada: Person, page: str, press: str, later: int
) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    stage.clock.move(hours=1, seconds=2)
    await say(stage, ada, "/settings", group)
    await tap(stage, ada, page, group)
    await tap(stage, ada, press, group)
    await stage.app.tick()
    assert len(polls(group)) == (0 if later else 1)
    await stage.pass_time(hours=later)
    assert len(polls(group)) == 1
    await stage.pass_time(hours=10 - later)
    assert len(polls(group)) == 1


async def test_moved_while_it_is_due_it_still_comes(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    stage.clock.move(hours=1, seconds=2)
    await say(stage, ada, "/subscribe 12:30", group)
    await stage.pass_time(seconds=5)
    assert len(polls(group)) == 1


async def test_a_quiz_runs_beside_it(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    await stage.pass_time(hours=1)
    assert "Quiz: All topics" in await say(stage, ada, "/quiz 1", group)
    await tap(stage, ada, "Start", group)
    assert len(polls(group)) == 2


async def test_topics_take_turns_until_three_agree(
    stage: Stage, group: Group, ada: Person, bob: Person, bank: Bank
) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    await stage.pass_time(hours=1)
    for _ in range(2):
        await stage.pass_time(days=1)
    async with stage.app.database.reading() as session:
        topics = (await session.execute(select(Quiz.topic).order_by(Quiz.id))).scalars().all()
    assert topics == [topic.slug for topic in bank.topics][:3]
    eve = stage.person("Eve")
    await group.add(eve)
    invitation = next(seen for seen in bot_messages(group) if "Count my" in str(seen.buttons))
    for person in (ada, bob, eve):
        await tap(stage, person, "Count my weak topics", group, invitation)
        assert "counted from now on" in person.alerts[-1]
    async with stage.app.database.transaction() as session:
        for person in (ada, bob, eve):
            learner = Learner(user_id=person.id, ok=9, no=9, credit=0, asks=0, recent=[], topics={})
            learner.topics = {"security": [1.0, 9.0], topics[0]: [9.0, 1.0]}
            await session.merge(learner)
    await stage.pass_time(days=1)
    async with stage.app.database.reading() as session:
        newest_topic = await session.scalar(select(Quiz.topic).order_by(Quiz.id.desc()).limit(1))
    assert newest_topic == "security"
    await tap(stage, eve, "Count my weak topics", group, invitation)
    assert "no longer" in eve.alerts[-1]


async def test_a_board_of_the_week_on_its_first_day(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    await stage.pass_time(hours=1)
    await vote(stage, ada, group)
    for _ in range(6):
        await stage.pass_time(days=1)
    assert not any("Last week" in seen.text for seen in bot_messages(group))
    await stage.pass_time(days=1)
    board = next(seen for seen in bot_messages(group) if "Last week" in seen.text)
    assert "🥇 \u2068Ada\u2069: 15" in board.text
    for _ in range(7):
        await stage.pass_time(days=1)
    boards = [seen for seen in bot_messages(group) if "Last week" in seen.text]
    assert boards == [board], "a week without points has none"


async def test_it_follows_the_group_and_stops_when_thrown_out(stage: Stage, ada: Person) -> None:
    old = stage.telegram.add_group("Small", [], [ada], supergroup=False)
    await stage.settle()
    await say(stage, ada, "/subscribe 13:00", old)
    new = await old.migrate()
    await stage.settle()
    await stage.pass_time(hours=1)
    assert len(polls(new)) == 1
    await new.remove_bot()
    await stage.settle()
    await stage.pass_time(days=2)
    async with stage.app.database.reading() as session:
        assert await session.scalar(select(Subscription.next_due)) is None


async def test_by_buttons_where_polls_are_forbidden(stage: Stage, group: Group, ada: Person) -> None:
    await group.restrict_bot(can_send_polls=False)
    await say(stage, ada, "/subscribe 13:00", group)
    await stage.pass_time(hours=1)
    shown = newest(group)
    await tap(stage, ada, "A", group, shown)
    await stage.pass_time(seconds=6)
    assert "1 answer so far" in shown.text
    await stage.pass_time(hours=20, seconds=-6)
    await stage.pass_time(seconds=2)
    assert "knew it" in shown.text
    assert shown == newest(group)

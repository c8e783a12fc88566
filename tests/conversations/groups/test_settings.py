"""A group's settings: pages of buttons for its daily question, by admins, asked of Telegram at each press."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from bot.bank import Bank, Level
from bot.db.group_tables import Quiz
from bot.db.tables import Subscription
from bot.playground.emulator import Group, Person
from bot.services import picks
from tests.conversations.groups.table import bot_messages, newest, polls, say, tap
from tests.support.stage import Stage


async def subscription(stage: Stage) -> Subscription:
    """The group's own."""
    async with stage.app.database.reading() as session:
        return (await session.execute(select(Subscription))).scalar_one()


async def test_a_daily_question_by_buttons_alone(stage: Stage, group: Group, ada: Person, bank: Bank) -> None:
    text = await say(stage, ada, "/settings", group)
    assert "This group has no daily question" in text
    await tap(stage, ada, "A daily question", group)
    assert "Which clock is the group's?" in newest(group).text
    await tap(stage, ada, "Kyiv", group)
    await tap(stage, ada, "⏰", group)
    await tap(stage, ada, "18:00", group)
    assert "every day at 18:00, Kyiv time. Next: today at 18:00." in newest(group).text
    await tap(stage, ada, "📅", group)
    for day in ("Sat", "Sun"):
        await tap(stage, ada, day, group)
    await tap(stage, ada, "↩️ Back", group)
    assert "Monday to Friday at 18:00" in newest(group).text
    await tap(stage, ada, "🗂", group)
    assert "Topics take turns" in newest(group).text
    for name in ("Security", "Testing"):
        await tap(stage, ada, name, group)
    assert "✅ 🔐 Security" in str(newest(group).buttons)
    await tap(stage, ada, "↩️ Back", group)
    await tap(stage, ada, "🎓", group)
    await tap(stage, ada, "Junior", group)
    assert "Topics: Security and Testing, junior." in newest(group).text
    assert len(bot_messages(group)) == 2, "one message all along"
    await stage.pass_time(hours=4)
    assert len(polls(group)) == 1
    for _ in range(7):
        await stage.pass_time(days=1)
    assert len(polls(group)) == 6, "none on Saturday and Sunday"
    await say(stage, ada, "/settings", group)
    assert "📅 Monday to Friday" in str(newest(group).buttons)
    async with stage.app.database.reading() as session:
        asked = (await session.execute(select(Quiz.topic, Quiz.level).where(Quiz.kind == "daily"))).all()
    assert set(asked) == {("security", "junior"), ("testing", "junior")}
    await tap(stage, ada, "No daily question", group)
    assert (await subscription(stage)).next_due is None


async def test_a_level_that_a_topic_lacks(stage: Stage, group: Group, ada: Person, bank: Bank) -> None:
    some = {topic.slug: picks.available(bank, topic.slug, Level.SENIOR) for topic in bank.topics}
    lacking = next(slug for slug, number in some.items() if not number)
    having = next(slug for slug, number in some.items() if number)
    await say(stage, ada, "/subscribe 13:00", group)
    await say(stage, ada, "/settings", group)
    for data in ("level:senior", f"topics:+{lacking}", f"topics:+{having}"):
        await ada.press_data(newest(group), f"1:gp:{data}")
        await stage.settle()
    await stage.pass_time(hours=1)
    await stage.pass_time(days=1)
    assert "no senior question" not in await say(stage, ada, "/settings", group)
    await ada.press_data(newest(group), f"1:gp:topics:-{having}")
    await stage.settle()
    text = await say(stage, ada, "/settings", group)
    assert ", senior. There is no senior question of these yet, so any level comes." in text
    await stage.pass_time(days=1)
    async with stage.app.database.reading() as session:
        asked = (await session.execute(select(Quiz.topic, Quiz.level).order_by(Quiz.id))).all()
    assert asked == [(having, "senior"), (having, "senior"), (lacking, None)]
    assert len(polls(group)) == 3


async def test_only_admins_at_each_press(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    await say(stage, bob, "/settings", group)
    shown = newest(group)
    before = shown.text, shown.buttons
    data = [b["callback_data"] for row in shown.rows for b in row if ":gp:" in b["callback_data"]]
    data += [
        "1:gp:zone:Asia/Tokyo",
        "1:gp:days:1",
        "1:gp:topics:+security",
        "1:gp:level:senior",
        "1:gp:daily:off",
    ]
    for one in data:
        await bob.press_data(shown, one)
        await stage.settle()
    assert bob.alerts == ["Only admins of this group can change that."] * len(data)
    assert (shown.text, shown.buttons) == before
    await group.promote(bob)
    await stage.pass_time(seconds=61)
    await tap(stage, bob, "⏰", group, shown)
    await group.demote(bob)
    await stage.pass_time(seconds=61)
    await tap(stage, bob, "18:00", group, shown)
    assert bob.alerts[-1].startswith("Only admins"), "who was one no longer may, whatever they still see"
    assert (await subscription(stage)).minute == 13 * 60


@pytest.mark.parametrize(
    "forged",
    [
        "time:1440",
        "time:-1",
        "zone:Atlantis",
        "days:128",
        "topics:+nothing",
        "level:guru",
        "daily:maybe",
        "x:y",
    ],
)
async def test_forged_wishes_change_nothing(stage: Stage, group: Group, ada: Person, forged: str) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    await say(stage, ada, "/settings", group)
    before = await subscription(stage)
    await ada.press_data(newest(group), f"1:gp:{forged}")
    await stage.settle()
    after = await subscription(stage)
    assert len(ada.alerts) == 1
    assert (after.minute, after.time_zone, after.weekdays, after.topics, after.level, after.next_due) == (
        before.minute,
        before.time_zone,
        before.weekdays,
        before.topics,
        before.level,
        before.next_due,
    )


async def test_it_tells_who_is_counted_and_what_is_silent(
    stage: Stage, group: Group, ada: Person, bob: Person
) -> None:
    await say(stage, ada, "/subscribe 23:00", group)
    text = await say(stage, ada, "/settings", group)
    assert "a quiz, without a sound" in text
    assert "(0 so far)" in text
    eve = stage.person("Eve")
    await group.add(eve)
    for person in (ada, bob, eve):
        await tap(stage, person, "Count my weak topics", group)
    assert "where 3 of you who agreed" in await say(stage, ada, "/settings", group)
    assert stage.clock().time() == time(12)

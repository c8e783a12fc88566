"""What was sent is written together, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from bot.db import Database, deliveries, subscriptions
from bot.db.migrate import upgrade
from bot.db.tables import Ask, Delivery, User

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = NOW.date()


def ask(user: int, message_id: int | None) -> Ask:
    """A daily question to a user, under an id that is not the delivery's."""
    return Ask(
        id=10 * user,
        chat_id=user,
        user_id=user,
        message_id=message_id,
        question_id="q",
        content_hash="h",
        way="daily",
        number=1,
        of=1,
        reason={},
        asked_at=NOW,
        asked_on=DAY,
    )


async def test_the_end_and_the_message_are_written_and_the_first_message_stays(database_url: str) -> None:
    database = Database(database_url)
    await upgrade(database)
    async with database.transaction() as session:
        session.add_all(User(id=user, created_at=NOW) for user in (1, 2, 3))
        await session.flush()
        wishes = [subscriptions.new(session, user, user, NOW) for user in (1, 2, 3)]
        session.add_all([ask(1, None), ask(2, 77), ask(3, None)])
        await session.flush()
        await deliveries.add(session, [(NOW, DAY, [wish.id for wish in wishes])], NOW)
        ids = await session.execute(select(Delivery.subscription_id, Delivery.id))
        of = dict(iter(ids))
        first, second, third = (of[wish.id] for wish in wishes)
        await deliveries.note_asks(session, [(first, 10), (second, 20), (third, 30)])
        await deliveries.close_sent(session, [], NOW)
        await deliveries.close_sent(session, [(first, 10, 501), (second, 20, 502)], NOW)
    async with database.reading() as session:
        ends = await session.execute(select(Delivery.id, Delivery.status, Delivery.closed_at))
        assert {tuple(row) for row in ends} == {
            (first, "sent", NOW),
            (second, "sent", NOW),
            (third, "claimed", None),
        }
        messages = await session.execute(select(Ask.id, Ask.message_id))
        assert {tuple(row) for row in messages} == {(10, 501), (20, 77), (30, None)}
    await database.close()

"""Memory: one row per user and question that was ever shown to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql

from bot.db.engine import Session
from bot.db.inserting import insert, upsert
from bot.db.tables import Card, Learner


async def of_user(session: Session, user_id: int) -> Sequence[Card]:
    """Read a user's cards: one range of the primary key, at most the size of the bank."""
    return (await session.execute(select(Card).where(Card.user_id == user_id))).scalars().all()


async def of_users(session: Session, user_ids: Sequence[int]) -> dict[int, list[Card]]:
    """Read the cards of many users in one statement, as plain rows that read like cards."""
    query = select(
        Card.user_id,
        Card.question_id,
        Card.stability,
        Card.difficulty,
        Card.reviewed_on,
        Card.asked_on,
        Card.missed,
        Card.misses,
    ).where(Card.user_id.in_(user_ids))
    found = defaultdict[int, list[Card]](list)
    for row in (await session.execute(query)).all():
        # A mapped object costs several times a row, and a batch reads thousands.
        found[row.user_id].append(cast("Card", row))
    return found


async def asked_all(session: Session, asked: Sequence[tuple[int, str, date]]) -> None:
    """Note which question was shown to each of many users (user id, question id, local date)."""
    row = insert(session, Card)
    keys = ["user_id", "question_id"]
    query = row.on_conflict_do_update(index_elements=keys, set_={"asked_on": row.excluded.asked_on})
    values: list[dict[str, Any]] = [
        {"user_id": user, "question_id": question, "asked_on": day, "missed": False, "misses": 0}
        for user, question, day in asked
    ]
    if values:
        await (await session.connection()).execute(query, values)


async def asked(session: Session, user_id: int, question_id: str, day: date) -> None:
    """Note that a question was shown: it rests for a while, rated or not."""
    row = insert(session, Card).values(
        user_id=user_id, question_id=question_id, asked_on=day, missed=False, misses=0
    )
    await session.execute(
        row.on_conflict_do_update(index_elements=["user_id", "question_id"], set_={"asked_on": day})
    )


async def put(session: Session, card: Card, learner: Learner) -> None:
    """Write a card and its learner, whether or not their rows are there: one statement where that can be."""
    card_row = upsert(session, card, "user_id", "question_id")
    learner_row = upsert(session, learner, "user_id")
    if isinstance(learner_row, postgresql.Insert):
        await session.execute(learner_row.add_cte(card_row.cte("card")))
    else:
        await session.execute(card_row)
        await session.execute(learner_row)


async def waiting(session: Session, user_id: int) -> int:
    """Count the questions that the user missed last time."""
    query = select(func.count()).where(Card.user_id == user_id, Card.missed.is_(True))
    return await session.scalar(query) or 0

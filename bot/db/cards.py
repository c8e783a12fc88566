"""Memory: one row per user and question that was ever shown to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import JSON, BigInteger, Date, Insert, Select, String, false, func, literal, select, true

from bot.db.bulk import dialect_of, is_among, rows, run, tell
from bot.db.engine import Session
from bot.db.inserting import insert, insert_on, parameters_of, upsert
from bot.db.tables import Card, Learner


async def of_user(session: Session, user_id: int) -> Sequence[Card]:
    """Read a user's cards: one range of the primary key, at most the size of the bank."""
    return (await session.execute(select(Card).where(Card.user_id == user_id))).scalars().all()


Plain: TypeAlias = Sequence[Any]
"""Of a card: question id, stability, difficulty, reviewed on, asked on (dates in ISO form), missed, misses.

A mapped object costs several times that, and a batch reads thousands.
"""


async def of_users(session: Session, user_ids: Sequence[int]) -> dict[int, list[Plain]]:
    """Read the cards of many users in one statement, each one's as a document: a twentieth of the rows."""
    found: Sequence[Any] = (await run(session, _of_users(dialect_of(session)), ids=user_ids)).all()
    return dict(found)


async def asked_all(session: Session, asked: Sequence[tuple[int, str, date]]) -> None:
    """Note which question was shown to each of many users (user id, question id, local date)."""
    if asked:
        await tell(session, _asked_all(dialect_of(session)), rows=asked)


@cache
def _of_users(dialect: str) -> Select[*tuple[Any, ...]]:
    fields = (
        Card.question_id,
        Card.stability,
        Card.difficulty,
        Card.reviewed_on,
        Card.asked_on,
        Card.missed,
        Card.misses,
    )
    # SQLite writes a number with 15 digits there, which is enough to choose by.
    if dialect == "sqlite":
        document = func.json_group_array(func.json_array(*fields), type_=JSON)
    else:
        document = func.json_agg(func.json_build_array(*fields), type_=JSON)
    return select(Card.user_id, document).where(is_among(dialect, Card.user_id)).group_by(Card.user_id)


@cache
def _asked_all(dialect: str) -> Insert:
    new = rows(dialect, user_id=BigInteger(), question_id=String(), asked_on=Date())
    full: Select[Any] = select(*new.c, false(), literal(0)).where(true())
    names = ["user_id", "question_id", "asked_on", "missed", "misses"]
    row = insert_on(dialect, Card).from_select(names, full)
    return row.on_conflict_do_update(index_elements=names[:2], set_={"asked_on": row.excluded.asked_on})


async def asked(session: Session, user_id: int, question_id: str, day: date) -> None:
    """Note that a question was shown: it rests for a while, rated or not."""
    row = insert(session, Card).values(
        user_id=user_id, question_id=question_id, asked_on=day, missed=False, misses=0
    )
    await session.execute(
        row.on_conflict_do_update(index_elements=["user_id", "question_id"], set_={"asked_on": day})
    )


async def put(session: Session, card: Mapping[str, object], learner: Mapping[str, object]) -> None:
    """Write a card and its learner, whether or not their rows are there: one statement where that can be."""
    dialect = dialect_of(session)
    first, second = parameters_of(Card, card), parameters_of(Learner, learner)
    if dialect == "postgresql":
        await tell(session, _put_both(), **first, **second)
        return
    await tell(session, upsert(dialect, Card, "user_id", "question_id"), **first)
    await tell(session, upsert(dialect, Learner, "user_id"), **second)


@cache
def _put_both() -> Insert:
    card = upsert("postgresql", Card, "user_id", "question_id")
    return upsert("postgresql", Learner, "user_id").add_cte(card.cte("card"))


async def waiting(session: Session, user_id: int) -> int:
    """Count the questions that the user missed last time."""
    query = select(func.count()).where(Card.user_id == user_id, Card.missed.is_(True))
    return await session.scalar(query) or 0

"""What was shown where: asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Date,
    Insert,
    Select,
    SmallInteger,
    String,
    Update,
    bindparam,
    func,
    insert,
    literal,
    select,
    update,
)

from bot.db.bulk import dialect_of, is_among, rows, run, tell
from bot.db.engine import Session
from bot.db.tables import Ask, User
from bot.db.types import Moment


@dataclass(slots=True)
class NewAsk:
    """A daily ask that is yet to be written: it reads like one, and costs a tenth of a mapped object.

    id: 0 until it is written.
    """

    user_id: int
    question_id: str
    content_hash: str
    number: int
    of: int
    reason: dict[str, Any]
    asked_on: date
    id: int = 0
    hinted_at: None = None


async def newest(session: Session, user_id: int, day: date) -> Ask | None:
    """Find the newest ask of a user on a local date."""
    query = select(Ask).where(Ask.user_id == user_id, Ask.asked_on == day).order_by(Ask.id.desc()).limit(1)
    return (await session.execute(query)).scalar_one_or_none()


async def unsent(session: Session, user_id: int, way: str, day: date, practice_id: int | None) -> Ask | None:
    """Find an ask of a local date that was chosen but, after a crash or a broken line, never confirmed."""
    query = (
        select(Ask)
        .where(Ask.user_id == user_id, Ask.asked_on == day)
        .where(Ask.way == way, Ask.message_id.is_(None))
        .where(Ask.practice_id == practice_id if practice_id else Ask.practice_id.is_(None))
        .order_by(Ask.id.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def daily_on(session: Session, user_id: int, day: date) -> int:
    """Count the daily questions that a user was shown on a local date."""
    query = select(func.count()).where(Ask.user_id == user_id, Ask.asked_on == day, Ask.way == "daily")
    return await session.scalar(query) or 0


async def shown(session: Session, ask_id: int, message_id: int) -> None:
    """Note the message that shows an ask; the first one stays."""
    query = update(Ask).where(Ask.id == ask_id, Ask.message_id.is_(None)).values(message_id=message_id)
    await session.execute(query)


async def note(session: Session, ask_id: int, values: Mapping[str, object]) -> None:
    """Write down what a press on an ask came to."""
    await tell(session, update(Ask).where(Ask.id == ask_id).values(values))


async def latest_of_question(session: Session, user_id: int, question_id: str) -> int | None:
    """Find the newest ask of a question to a user: an older one can no longer be corrected."""
    query = select(func.max(Ask.id)).where(Ask.user_id == user_id, Ask.question_id == question_id)
    return await session.scalar(query)


async def add(session: Session, ask: Ask) -> Ask:
    """Write a new ask, so that it has its id."""
    session.add(ask)
    await session.flush()
    return ask


async def daily_of_users(
    session: Session, user_ids: Sequence[int], days: Sequence[date]
) -> dict[int, list[Ask]]:
    """Read the daily asks of many users on some local dates, oldest first, as rows that read like asks."""
    found = defaultdict[int, list[Any]](list)
    for row in (await run(session, _daily_of_users(dialect_of(session)), ids=user_ids, days=days)).all():
        found[row.user_id].append(row)
    return found


async def add_all(session: Session, new: Sequence[NewAsk], now: datetime) -> None:
    """Write many daily asks in one statement, each of another user, so that they have their ids.

    Locks the users for a change, in the order of their ids so that no two wait for each other. Whoever is no
    longer there gets no ask: its id stays 0.
    """
    if not new:
        return
    values = [
        (ask.user_id, ask.question_id, ask.content_hash, ask.number, ask.of, ask.reason, ask.asked_on)
        for ask in new
    ]
    made: Iterable[Any] = await run(session, _add_all(dialect_of(session)), rows=values, now=now)
    id_of: dict[int, int] = dict(iter(made))
    for ask in new:
        ask.id = id_of.get(ask.user_id, 0)


async def shown_all(session: Session, messages: Sequence[tuple[int, int | None]]) -> None:
    """Note the messages that show many asks (ask's id, message's id); the first one of each stays."""
    if messages:
        await tell(session, _shown_all(dialect_of(session)), rows=messages)


@cache
def _daily_of_users(dialect: str) -> Select[*tuple[Any, ...]]:
    query = select(*Ask.__table__.columns).where(is_among(dialect, Ask.user_id), Ask.way == "daily")
    return query.where(Ask.asked_on.in_(bindparam("days", expanding=True))).order_by(Ask.id)


@cache
def _add_all(dialect: str) -> Insert:
    new = rows(
        dialect,
        user_id=BigInteger(),
        question_id=String(),
        content_hash=String(),
        number=SmallInteger(),
        of=SmallInteger(),
        reason=JSON(),
        asked_on=Date(),
    )
    rest = {
        "chat_id": new.c.user_id,
        "way": literal("daily"),
        "asked_at": bindparam("now", type_=Moment),
    }
    full: Select[Any] = select(*new.c, *rest.values()).join(User, User.id == new.c.user_id)
    full = full.order_by(User.id).with_for_update(of=User)
    return insert(Ask).from_select([*new.c.keys(), *rest], full).returning(Ask.user_id, Ask.id)


@cache
def _shown_all(dialect: str) -> Update:
    new = rows(dialect, id=BigInteger(), message_id=BigInteger())
    return unseen(new.c.id).values(message_id=new.c.message_id)


def unseen(ask_id: ColumnElement[int]) -> Update:
    """Begin a change of asks whose message is not known yet."""
    return update(Ask).where(Ask.id == ask_id, Ask.message_id.is_(None))

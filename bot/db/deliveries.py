"""Scheduled sends: written by the claim, held under a lease, then closed. All in bulk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Date,
    Insert,
    Select,
    Update,
    bindparam,
    func,
    literal,
    select,
    true,
    update,
)

from bot.db import asks
from bot.db.bulk import connection_of, dialect_of, is_among, rows, run, shared, tell
from bot.db.engine import Session
from bot.db.inserting import insert_on
from bot.db.tables import Delivery, Subscription
from bot.db.types import Moment

_PUT_OFF = (
    update(Delivery)
    .where(Delivery.id == bindparam("delivery_id"), Delivery.status == "claimed")
    .values(lease_until=bindparam("until"), attempts=Delivery.attempts + 1)
)


async def add(
    session: Session, due: Sequence[tuple[datetime, date, Sequence[int]]], until: datetime
) -> list[int]:
    """Add claimed deliveries.

    Args:
        due: due moments and local dates, each with the ids of the subscriptions that share them.
        until: end of their lease.

    Returns:
        Their ids; a moment that has its delivery already gets no second one.
    """
    if not due:
        return []
    return list((await run(session, _add(dialect_of(session)), rows=due, until=until)).scalars().all())


@cache
def _add(dialect: str) -> Insert:
    new = shared(dialect, "subscription_id", due_at=Moment(), due_on=Date())
    rest = {
        "status": literal("claimed"),
        "lease_until": bindparam("until", type_=Moment),
        "attempts": literal(0),
    }
    full: Select[Any] = select(*new.c, *rest.values()).where(true())
    row = insert_on(dialect, Delivery).from_select([*new.c.keys(), *rest], full)
    return row.on_conflict_do_nothing().returning(Delivery.id)


async def take_over(
    session: Session, now: datetime, until: datetime, limit: int, but: Collection[int] = ()
) -> list[int]:
    """Renew the lease of deliveries whose lease ran out: their holder died, or put them off.

    Args:
        but: ids to leave alone: the caller has them in hand.

    Returns:
        Their ids, the longest left first.
    """
    query = (
        select(Delivery.id)
        .where(Delivery.status == "claimed", Delivery.lease_until <= now)
        .order_by(Delivery.lease_until)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if but:
        query = query.where(Delivery.id.not_in(but))
    ids = list((await session.execute(query)).scalars().all())
    await renew(session, ids, until)
    return ids


async def renew(session: Session, ids: Sequence[int], until: datetime) -> None:
    """Hold some deliveries for longer."""
    if ids:
        await tell(session, _renew(dialect_of(session)), ids=ids, until=until)


@cache
def _renew(dialect: str) -> Update:
    held = update(Delivery).where(is_among(dialect, Delivery.id), Delivery.status == "claimed")
    return held.values(lease_until=bindparam("until"))


class InHand(NamedTuple):
    """A claimed delivery with its subscription."""

    id: int
    ask_id: int | None
    due_at: datetime
    due_on: date
    attempts: int
    subscription_id: int
    chat_id: int
    user_id: int | None
    status: str
    """The subscription's, as all that follows."""
    time_zone: str
    unanswered: int
    topics: list[str]
    level: str | None
    per_day: int


async def in_hand(session: Session, ids: Sequence[int]) -> Sequence[InHand]:
    """Read claimed deliveries with their subscriptions, oldest first."""
    return [InHand._make(row) for row in (await run(session, _in_hand(dialect_of(session)), ids=ids)).all()]


@cache
def _in_hand(dialect: str) -> Select[*tuple[Any, ...]]:
    own, theirs = InHand._fields[:6], InHand._fields[6:]
    query = select(
        *(getattr(Delivery, name) for name in own), *(getattr(Subscription, name) for name in theirs)
    )
    return (
        query.join(Subscription, Subscription.id == Delivery.subscription_id)
        .where(is_among(dialect, Delivery.id), Delivery.status == "claimed")
        .order_by(Delivery.id)
    )


async def note_asks(session: Session, made: Sequence[tuple[int, int]]) -> None:
    """Note which ask each delivery made (delivery's id, ask's id)."""
    if made:
        await tell(session, _note_asks(dialect_of(session)), rows=made)


@cache
def _note_asks(dialect: str) -> Update:
    new = rows(dialect, id=BigInteger(), ask_id=BigInteger())
    return update(Delivery).where(Delivery.id == new.c.id).values(ask_id=new.c.ask_id)


async def close(session: Session, ids: Sequence[int], status: str, now: datetime) -> None:
    """Write the end of some deliveries: sent, failed or skipped."""
    if ids:
        await tell(session, _close(dialect_of(session)), ids=ids, end=status, now=now)


@cache
def _close(dialect: str) -> Update:
    ended = update(Delivery).where(is_among(dialect, Delivery.id))
    return ended.values(status=bindparam("end"), closed_at=bindparam("now"))


async def close_sent(session: Session, shown: Sequence[tuple[int, int, int | None]], now: datetime) -> None:
    """Write the end of deliveries that were sent, and note the messages that show their asks.

    Args:
        shown: ids of delivery, ask and message; the first message of an ask stays.
    """
    if not shown:
        return
    if dialect_of(session) == "postgresql":
        await run(session, _close_sent(), rows=shown, end="sent", now=now)
        return
    await close(session, [delivery for delivery, _, _ in shown], "sent", now)
    await asks.shown_all(session, [(ask, message) for _, ask, message in shown])


@cache
def _close_sent() -> Update:
    """One statement in place of two: PostgreSQL has as much work with reading one as with its rows."""
    new = rows("postgresql", id=BigInteger(), ask_id=BigInteger(), message_id=BigInteger())
    ended = (
        update(Delivery)
        .where(Delivery.id == new.c.id)
        .values(status=bindparam("end"), closed_at=bindparam("now"))
        .returning(new.c.ask_id, new.c.message_id)
        .cte("ended")
    )
    return asks.unseen(ended.c.ask_id).values(message_id=ended.c.message_id)


async def put_off(session: Session, until: Mapping[int, datetime]) -> None:
    """Leave some deliveries to a later try (delivery id -> moment)."""
    if until:
        moments = [{"delivery_id": delivery, "until": moment} for delivery, moment in until.items()]
        await (await connection_of(session)).execute(_PUT_OFF, moments)


class Waiting(NamedTuple):
    """What is due and not sent: how many, and since when the first of them."""

    due: int
    since: datetime | None


async def waiting(session: Session, now: datetime) -> Waiting:
    """Count what is due by now and not sent: unclaimed subscriptions and open deliveries."""
    due = select(func.count(), func.min(Subscription.next_due)).where(Subscription.next_due <= now)
    in_hand = select(func.count(), func.min(Delivery.due_at)).where(Delivery.status == "claimed")
    counts, moments = zip(*[(await session.execute(query)).one() for query in (due, in_hand)], strict=True)
    return Waiting(sum(counts), min((moment for moment in moments if moment), default=None))


async def next_moment(session: Session) -> datetime | None:
    """Find when the first open delivery is tried again."""
    return await session.scalar(select(func.min(Delivery.lease_until)).where(Delivery.status == "claimed"))

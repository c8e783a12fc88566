"""From due rows to asks that are ready to be sent, and what becomes of them; all in batches.

Rules: one question per local date; late is fine while it is still that date, else the day is
skipped; a claim is a lease, so that another process takes over what a dead one held.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from bot.bank import Question
from bot.db import Session, deliveries, subscriptions
from bot.db.asks import NewAsk
from bot.db.deliveries import InHand, Waiting
from bot.db.subscriptions import Due
from bot.db.tables import Ask
from bot.services import daily, timetable, zones
from bot.services.asking import House

LEASE = timedelta(seconds=60)
BATCH = 500
"""Deliveries per claim."""

SILENT_DAYS_NUDGE = 7
SILENT_DAYS_PAUSE = 14

BACKOFF = (3.0, 15.0, 60.0, 300.0, 900.0)
"""Seconds to wait after the first failure that may pass, the second and so on: a single 502 must not
keep a question from coming within 15 seconds of its minute."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim took: ids of deliveries, and how many days were over before they could be served."""

    ids: list[int]
    missed: int = 0


class Parcel(NamedTuple):
    """A delivery ready to be sent: the ask with its question, or the kind word before a pause."""

    delivery_id: int
    subscription_id: int
    chat_id: int
    due_at: datetime
    attempts: int
    ask: Ask | NewAsk | None
    question: Question | None
    silent_days: int = 0
    four: bool = False
    """Whether its user rates with four buttons."""


@dataclass(slots=True)
class Choices:
    """What was chosen for some deliveries, and is to be written.

    asking: those that get a question, by user id.
    silent: those whose user hears a kind word before a pause.
    over: ids of those whose day is over, or who want none any more; `missed` counts the former.
    """

    chosen: daily.Chosen = field(default_factory=daily.Chosen)
    asking: dict[int, InHand] = field(default_factory=dict)
    silent: list[InHand] = field(default_factory=list)
    over: list[int] = field(default_factory=list)
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """Parcels to send, and how many deliveries ended here: their day was over, or they found no question.

    missed: those of them who went without, since the day was over.
    """

    parcels: list[Parcel]
    skipped: int = 0
    missed: int = 0


class Ending(NamedTuple):
    """What became of a parcel.

    how: `blocked` is a failure that ends the subscription's sends until its user writes again.
    message_id: of the message, if it was sent.
    wait: seconds until the next try, if it is put off.
    moved_to: the group's new id, if Telegram told one.
    """

    parcel: Parcel
    how: Literal["sent", "failed", "blocked", "later"]
    message_id: int | None = None
    wait: float = 0.0
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a wish means at one moment: today's date, today's due moment (None: not now), and the next.

    last_on: the last date with a question, this one included.
    is_over: whether the day that it was due on had passed before it was claimed.
    """

    today: date
    due_at: datetime | None
    next_due: datetime
    last_on: date | None
    is_over: bool


async def claim(
    session: Session,
    *,
    now: datetime,
    limit: int = BATCH,
    lease: timedelta = LEASE,
    but: Collection[int] = (),
) -> Claimed:
    """Take what a dead holder left (`but` those ids), and what is due, under a new lease.

    The deliveries are written in the transaction that moves `next_due` on: neither can be without the other.
    """
    until = now + lease
    ids = await deliveries.take_over(session, now, until, limit, but)
    due = await subscriptions.due(session, now, limit - len(ids)) if len(ids) < limit else []
    if not due:
        return Claimed(ids)
    new: list[tuple[datetime, date, list[int]]] = []
    moves: list[tuple[datetime, date | None, bool, list[int]]] = []
    missed = 0
    for wish in due:  # at 09:00 most share one
        plan = _plan(wish, now)
        if plan.due_at is not None:
            new.append((plan.due_at, plan.today, wish.ids))
        moves.append((plan.next_due, plan.last_on, plan.due_at is not None, wish.ids))
        missed += len(wish.ids) * plan.is_over
    ids += await deliveries.add(session, new, until)
    await subscriptions.move_on(session, moves)
    return Claimed(ids, missed)


def _plan(wish: Due, now: datetime) -> _Plan:
    zone = zones.known(wish.time_zone)
    today = timetable.local_date(now, zone)
    minute, weekdays = wish.minute, wish.weekdays
    is_due = timetable.due_today(now, zone=zone, minute=minute, weekdays=weekdays, after=wish.last_on)
    due_at = (timetable.moment_on(today, minute, zone) or now) if is_due else None
    after = today if is_due else wish.last_on
    next_due = timetable.next_due(now, zone=zone, minute=minute, weekdays=weekdays, after=after)
    return _Plan(today, due_at, next_due, after, timetable.local_date(wish.next_due, zone) < today)


async def choose(session: Session, house: House, delivery_ids: Sequence[int], *, now: datetime) -> Choices:
    """Choose a question for each claimed delivery; only reads."""
    choices = Choices()
    for row in await deliveries.in_hand(session, delivery_ids):
        today = timetable.local_date(now, zones.known(row.time_zone))
        user = row.user_id
        if today != row.due_on or row.status != "active" or user is None or user in choices.asking:
            choices.over.append(row.id)
            choices.missed += row.status == "active" and row.due_on < today
        elif row.unanswered >= SILENT_DAYS_PAUSE:
            choices.silent.append(row)
        else:
            choices.asking[user] = row
    wishes = [
        daily.Wish(user, row.due_on, row.topics, row.level, row.per_day, row.ask_id)
        for user, row in choices.asking.items()
    ]
    choices.chosen = await daily.choose_all(session, house, wishes)
    return choices


async def prepare(session: Session, choices: Choices, *, now: datetime) -> Prepared:
    """Make the asks of what was chosen, and close the deliveries that end here."""
    chosen, asking = choices.chosen, choices.asking
    await daily.write_all(session, chosen, now=now)
    parcels = [_parcel(row, None, None, row.unanswered) for row in choices.silent]
    for user, shown in chosen.shown.items():
        silent = asking[user].unanswered
        nudge = silent if silent == SILENT_DAYS_NUDGE else 0
        parcels.append(_parcel(asking[user], shown.ask, shown.question, nudge, four=shown.four))
    over = choices.over + [asking[user].id for user in chosen.nothing]
    await deliveries.note_asks(session, [(one.delivery_id, one.ask.id) for one in parcels if one.ask])
    await deliveries.close(session, over, "skipped", now)
    await deliveries.close(session, [asking[user].id for user in chosen.arrived], "sent", now)
    await deliveries.put_off(
        session,
        {asking[user].id: now + timedelta(seconds=wait(asking[user].attempts)) for user in chosen.broken},
    )
    return Prepared(parcels, len(over), choices.missed)


def _parcel(
    row: InHand, ask: Ask | NewAsk | None, question: Question | None, silent_days: int, *, four: bool = False
) -> Parcel:
    return Parcel(
        row.id, row.subscription_id, row.chat_id, row.due_at, row.attempts, ask, question, silent_days, four
    )


def wait(attempts: int) -> float:
    """Say how many seconds to wait before a delivery that failed so often is tried again."""
    return BACKOFF[min(attempts, len(BACKOFF) - 1)]


async def mark(session: Session, endings: Sequence[Ending], *, now: datetime) -> None:
    """Write what became of some parcels. A kind word before a pause ends in that pause."""
    shown, silent, failed = [], [], []
    for one in endings:
        if one.how == "sent" and one.parcel.ask is not None:
            shown.append((one.parcel.delivery_id, one.parcel.ask.id, one.message_id))
        elif one.how == "sent":
            silent.append(one.parcel)
        elif one.how != "later":
            failed.append(one)
    await deliveries.close_sent(session, shown, now)
    await deliveries.close(session, [parcel.delivery_id for parcel in silent], "sent", now)
    await deliveries.close(session, [one.parcel.delivery_id for one in failed], "failed", now)
    await deliveries.put_off(
        session,
        {one.parcel.delivery_id: now + timedelta(seconds=one.wait) for one in endings if one.how == "later"},
    )
    blocked = [one.parcel.subscription_id for one in failed if one.how == "blocked"]
    await subscriptions.stop_all(session, [parcel.subscription_id for parcel in silent], "paused")
    await subscriptions.stop_all(session, blocked, "blocked")
    for one in endings:
        if one.moved_to is not None:
            await subscriptions.move_chat(session, one.parcel.chat_id, one.moved_to)


async def keep(session: Session, delivery_ids: Sequence[int], until: datetime) -> None:
    """Hold some deliveries for longer: their holder is alive and waits."""
    await deliveries.renew(session, delivery_ids, until)


async def hand_back(session: Session, delivery_ids: Sequence[int], *, now: datetime) -> None:
    """Leave some deliveries, untried, to whoever comes next."""
    await deliveries.renew(session, delivery_ids, now)


async def waiting(session: Session, *, now: datetime) -> Waiting:
    """Count the deliveries that should have been sent by now and were not."""
    return await deliveries.waiting(session, now)

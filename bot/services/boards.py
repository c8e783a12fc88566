"""A group's board, and what its members wish to show there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.db import Session, answers, groups, members, users
from bot.db.answers import Total
from bot.services import timetable, zones
from bot.services.games import Player

SPANS = ("week", "month", "all")
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Board:
    """The first of a span's totals, the highest first; `since` is the first local date that counts."""

    span: str
    since: date | None
    totals: Sequence[Total]


async def of_group(session: Session, chat_id: int, span: str, *, now: datetime) -> Board:
    """Add up a week (from Monday), a month (from its first) or all, by the group's own zone."""
    today = timetable.local_date(now, zones.known(await groups.zone(session, chat_id)))
    since = {"week": today - timedelta(days=today.weekday()), "month": today.replace(day=1)}.get(span)
    return Board(span, since, await answers.board(session, chat_id, since, None, SHOWN))


async def of_last_week(session: Session, chat_id: int, *, now: datetime) -> Board:
    """Add up the week that ended with Sunday."""
    today = timetable.local_date(now, zones.known(await groups.zone(session, chat_id)))
    monday = today - timedelta(days=today.weekday())
    since = monday - timedelta(days=7)
    return Board("last", since, await answers.board(session, chat_id, since, monday, SHOWN))


async def switch(session: Session, chat_id: int, player: Player, name: str, *, now: datetime) -> bool:
    """Turn a member's own wish over: `hidden` or `counted`; gives what it is now.

    Raises:
        ValueError: there is no such wish.
    """
    if name not in {"hidden", "counted"}:
        raise ValueError(name)
    await users.lock(session, player.user_id, now)
    await members.seen(session, chat_id, player.user_id, player.name)
    member = await members.find(session, chat_id, player.user_id)
    if member is None:
        raise ValueError(name)
    turned = not getattr(member, name)
    setattr(member, name, turned)
    return turned

"""What people type about time and place, and what they press in settings, understood or told apart; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.services import timetable
from bot.services.subscriptions import MOST_A_DAY, switched
from bot.services.zones import Place, find_place, names

TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2}))?(?:\s*(?P<half>[ap])\.?m\.?)?(?=\s|$|,)",
    re.IGNORECASE,
)

DAYS = re.compile(r"(\d{1,6})\s*(?:d|days?)?", re.IGNORECASE)
TIME_AT_END = re.compile(r"(?:^|[\s,])\d{1,2}(?:\s*[:.h]\s*\d{2})?(?:\s*[ap]\.?m\.?)?$", re.IGNORECASE)
LONGEST_TIME = 20
"""Characters at the end in which a time is looked for."""


@dataclass
class NotUnderstood(Exception):
    """A wish with a part that makes no sense; says what was understood beside it.

    `what` is "time" or "place"; `minute` is the time that was understood, if one was.
    """

    what: str
    words: str
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class TimeAndPlace:
    """What was said of time (minutes after midnight) and place; either may be left out."""

    minute: int | None
    place: Place | None


def parse_time(words: str) -> tuple[int, str] | None:
    """Read a time at the start of a text: `9`, `9:30`, `21.15`, `7pm`.

    Returns:
        Minutes after midnight and the rest of the text; None when there is no time, or an impossible one.
    """
    match = TIME.match(words)
    if match is None:
        return None
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return hour * 60 + minute, words[match.end() :].strip(" ,")


def parse_days(words: str) -> int | None:
    """Read a number of days: `7`, `7 days`, `1 day`; None when it is none."""
    match = DAYS.fullmatch(words)
    return int(match[1]) if match else None


def parse(words: str) -> TimeAndPlace:
    """Read `9:30 Berlin`, `Berlin 9:30`, `21.15`, `Europe/Berlin`.

    Raises:
        NotUnderstood: when a part makes no sense.
    """
    words = words.strip()
    if not words:
        return TimeAndPlace(None, None)
    minute, rest = None, words
    if words[0].isdigit() or words[0] == "-":
        found = parse_time(words)
        if found is None:
            raise NotUnderstood("time", words.split()[0])
        minute, rest = found
    if not rest:
        return TimeAndPlace(minute, None)
    place = find_place(rest)
    if place is None and minute is None:
        return _place_first(rest)
    if place is None:
        raise NotUnderstood("place", rest, minute)
    return TimeAndPlace(minute, place)


def pressed(name: str, value: str, topics: list[str], slugs: list[str]) -> dict[str, object]:
    """Turn a button's name and value into a change of a subscription.

    Args:
        topics: those that are chosen now.
        slugs: those that there are.

    Raises:
        ValueError: when there is no such wish, or the value is out of its range.
    """
    number = int(value) if value.isdecimal() and len(value) <= 4 else -1
    match name:
        case "time" if 0 <= number < 24 * 60:
            return {"minute": number}
        case "zone" if value in names():
            return {"time_zone": value}
        case "days" if 0 <= number <= timetable.EVERY_DAY:
            # Without any day there would be no question: the last switch turned off means all on.
            return {"weekdays": number or timetable.EVERY_DAY}
        case "per_day" if 1 <= number <= MOST_A_DAY:
            return {"per_day": number}
        case "topics" if value == "*" or value[1:] in slugs:
            return {"topics": switched(topics, value, slugs)}
        case "level" if value in {"any", "junior", "middle", "senior"}:
            return {"level": None if value == "any" else value}
        case _:
            raise ValueError(f"{name}:{value}")


def _place_first(words: str) -> TimeAndPlace:
    """Read a time at the end: of `New York 9:30 pm`, say."""
    time = TIME_AT_END.search(words[-LONGEST_TIME:])
    found = parse_time(time[0].strip()) if time else None
    if time is None or found is None:
        raise NotUnderstood("place", words)
    rest = words[: len(words) - len(time[0])].strip(" ,")
    place = find_place(rest)
    if place is None:
        raise NotUnderstood("place", rest, found[0])
    return TimeAndPlace(found[0], place)

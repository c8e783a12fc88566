"""Grids of buttons that the welcome and the settings share: times, zones, weekdays, topics, levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.bank import Topic
from bot.rendering.screen import Button, Keyboard
from bot.rendering.words import WEEKDAYS, clock_time, zone

TIMES = (7 * 60, 8 * 60, 9 * 60, 12 * 60, 18 * 60, 21 * 60)
CITIES = (
    "Europe/London",
    "Europe/Berlin",
    "Europe/Kyiv",
    "Europe/Moscow",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Tokyo",
)
LIKELY = {
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "es": "Europe/Madrid",
    "it": "Europe/Rome",
    "nl": "Europe/Amsterdam",
    "pl": "Europe/Warsaw",
    "uk": "Europe/Kyiv",
    "ru": "Europe/Moscow",
    "tr": "Europe/Istanbul",
    "pt-br": "America/Sao_Paulo",
    "hi": "Asia/Kolkata",
    "ja": "Asia/Tokyo",
    "fa": "Asia/Tehran",
    "id": "Asia/Jakarta",
}
"""A first guess from the language of the user's Telegram; they confirm it by its clock."""

Encode = Callable[[str], str]
"""Turns a chosen value into callback data."""


def times(encode: Encode, chosen: int | None) -> Keyboard:
    """Offer times of the day; values are minutes after midnight."""
    buttons = [_mark(clock_time(minute), minute == chosen, encode(str(minute))) for minute in TIMES]
    return _rows(buttons, 3)


def zones(encode: Encode, chosen: str, now: datetime) -> Keyboard:
    """Offer places, each with its clock: people know what time it is where they are."""
    names = [chosen, *(name for name in CITIES if name != chosen)]
    labels = [f"{zone(name)} {now.astimezone(ZoneInfo(name)):%H:%M}" for name in names]
    buttons = [_mark(label, name == chosen, encode(name)) for label, name in zip(labels, names, strict=True)]
    return (tuple(buttons[:1]), *_rows(buttons[1:], 2))


def days(encode: Encode, bits: int) -> Keyboard:
    """Offer the weekdays as switches; a value is the set that a press leads to."""
    buttons = [
        _mark(name, bool(bits >> place & 1), encode(str(bits ^ 1 << place)))
        for place, name in enumerate(WEEKDAYS)
    ]
    return (tuple(buttons[:5]), tuple(buttons[5:]))


def topics(encode: Encode, all_topics: Iterable[Topic], chosen: list[str]) -> Keyboard:
    """Offer the topics as switches; values are a slug after `+` or `-`, and `*` for all."""
    buttons = [
        _mark(topic.name, topic.slug in chosen, encode(("-" if topic.slug in chosen else "+") + topic.slug))
        for topic in all_topics
    ]
    return ((_mark("All topics", not chosen, encode("*")),), *_rows(buttons, 2))


def numbers(encode: Encode, highest: int, chosen: int) -> Keyboard:
    """Offer 1 to `highest`."""
    return _rows([_mark(str(n), n == chosen, encode(str(n))) for n in range(1, highest + 1)], 5)


def levels(encode: Encode, chosen: str | None) -> Keyboard:
    """Offer the levels, and any."""
    options = [("Any level", "any"), ("Junior", "junior"), ("Middle", "middle"), ("Senior", "senior")]
    return _rows([_mark(label, value == (chosen or "any"), encode(value)) for label, value in options], 2)


def _mark(label: str, chosen: bool, data: str) -> Button:
    return Button(f"✅ {label}" if chosen else label, data)


def _rows(buttons: list[Button], width: int) -> Keyboard:
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))

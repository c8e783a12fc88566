"""The strengths of the topics as bars with their ranges, the weakest first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rendering.picture.numbers import Range, percent
from bot.rendering.picture.pen import INNER, SMALL, TITLE, Panel, Pen
from bot.rendering.picture.ranges import bar
from bot.rendering.words import count
from bot.services.progress import Strength

MOST = 15
ROW = 36
TOP = 48
NAMES = 520
"""Widest column of titles."""
NUMBERS = 80


def tried(topics: Sequence[Strength]) -> list[Strength]:
    """Keep the topics with answers, in their order."""
    return [strength for strength in topics if strength.answers]


def find(topics: Sequence[Strength], slug: str) -> Strength:
    """Find a topic by its slug, or raise LookupError."""
    for strength in topics:
        if strength.topic == slug:
            return strength
    raise LookupError(slug)


def strengths(topics: Sequence[Strength], title: str = "Topics, weakest first", chosen: str = "") -> Panel:
    """Show the tried topics, at most 15; `chosen` is the slug of one that stands out and is always there."""
    known = tried(topics)
    if not known:
        return _none(len(topics))
    shown = known[:MOST]
    shown[MOST - 1 :] = [one for one in known[MOST:] if one.topic == chosen] or shown[MOST - 1 :]
    rest = _rest(len(known) - len(shown), len(topics) - len(known))

    def paint(pen: Pen) -> None:
        pen.text((0, 26), title if len(topics) > 1 else "Your topic", TITLE, bold=True)
        _legend(pen)
        left = min(max(pen.width(strength.title, SMALL) for strength in shown), NAMES) + 28
        for place, strength in enumerate(shown):
            _row(pen, TOP + place * ROW, left, strength, calm=chosen not in ("", strength.topic))
        if rest:
            pen.text((0, TOP + len(shown) * ROW + 34), rest, colour=pen.palette.muted)

    return Panel(TOP + len(shown) * ROW + (42 if rest else -4), paint)


def _none(topics: int) -> Panel:
    title = "Your topics" if topics > 1 else "Your topic"
    words = f"{topics} to try: each gets its bar with its first answer."

    def paint(pen: Pen) -> None:
        pen.text((0, 26), title, TITLE, bold=True)
        pen.text((0, 76), words if topics else "None chosen yet.", colour=pen.palette.muted)

    return Panel(86, paint)


def _legend(pen: Pen) -> None:
    words = pen.text((INNER, 26), "likely range", colour=pen.palette.muted, align="r")
    right = INNER - words - 12
    pen.bar((right - 48, 9, right, 23), pen.palette.maybe, radius=7)


def _rest(more: int, new: int) -> str:
    if more:
        return f"and {count(more + new, 'topic')} more"
    return f"{count(new, 'topic')} not tried yet" if new else ""


def _row(pen: Pen, top: float, left: float, strength: Strength, *, calm: bool) -> None:
    shown = Range(strength.share, strength.low, strength.high)
    colour = pen.palette.muted if calm else None
    pen.text((0, top + 28), strength.title, colour=colour, room=left - 28)
    bar(pen, left, INNER - NUMBERS, top + 18, 14, shown, calm=calm)
    pen.text((INNER, top + 28), percent(strength.share), colour=colour, align="r")

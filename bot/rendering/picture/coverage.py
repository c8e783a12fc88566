"""The questions of one topic as squares: filled once seen."""

from __future__ import annotations

from math import ceil

from bot.rendering.picture.pen import INNER, TITLE, Panel, Pen
from bot.rendering.words import count
from bot.services.progress import Strength

ROW = 23
PITCH = (INNER + 10) / ROW
TOP = 52
MOST = 5 * ROW
"""Squares at most; a larger topic is shown in proportion."""


def questions(strength: Strength) -> Panel:
    """Show how much of a topic was seen."""
    squares = max(min(strength.total, MOST), 1)
    filled = ceil(squares * min(strength.seen / max(strength.total, 1), 1))

    def paint(pen: Pen) -> None:
        pen.text((0, 26), "Questions seen", TITLE, bold=True)
        new = max(strength.total - strength.seen, 0)
        words = f"{count(new, 'new question')} left" if new else "all of them"
        pen.text((INNER, 26), words, colour=pen.palette.muted, align="r", room=INNER / 2)
        for place in range(squares):
            left, top = place % ROW * PITCH, TOP + place // ROW * PITCH
            colour = pen.palette.maybe if place < filled else pen.palette.track
            pen.bar((left, top, left + PITCH - 10, top + PITCH - 10), colour, radius=7)

    return Panel(ceil(TOP + ceil(squares / ROW) * PITCH) - 8, paint)

"""A year of days, week by week: the more answers, the stronger the colour; rest days are hollow."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

from bot.rendering.picture.pen import INNER, SMALL, TITLE, Panel, Pen
from bot.rendering.words import MONTHS, WEEKDAYS, count
from bot.services.progress import Progress

WEEKS = 53
LABELS = 66
PITCH = (INNER - LABELS) / WEEKS
CELL = PITCH - 3
TOP = 92
USUAL = 0.9
"""The share of active days that sets the scale, so that one day of hard work does not bleach the others."""


def year(progress: Progress) -> Panel:
    """Show the last 53 weeks."""
    active = sum(1 for _, answers in progress.days if answers)
    monday = progress.today - timedelta(days=progress.today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)

    def paint(pen: Pen) -> None:
        pen.text(
            (0, 26),
            count(active, "active day") + " in a year" if active else "A year of practice",
            TITLE,
            bold=True,
        )
        _legend(pen, 5, rests=bool(progress.rests))
        _labels(pen, first, progress.today)
        _cells(pen, progress, first)

    return Panel(ceil(TOP + 7 * PITCH) - 3, paint)


def _labels(pen: Pen, first: date, today: date) -> None:
    free = 0.0
    for week in range(WEEKS):
        sunday = first + timedelta(weeks=week, days=6)
        left = LABELS + week * PITCH
        name = MONTHS[sunday.month - 1]
        if sunday.day <= 7 and left >= free and left + pen.width(name, SMALL) <= INNER:
            pen.text((left, TOP - 16), name, colour=pen.palette.muted)
            free = left + pen.width(name, SMALL) + 12
    for weekday in (0, 3, 6):
        # A cell is lower than a line of type: it is centred on its cell.
        pen.text((0, TOP + weekday * PITCH + CELL / 2 + 10), WEEKDAYS[weekday], colour=pen.palette.muted)


def _cells(pen: Pen, progress: Progress, first: date) -> None:
    counts = dict(progress.days)
    started = min((when for when, answers in counts.items() if answers), default=progress.today)
    busy = sorted(answers for answers in counts.values() if answers)
    scale = busy[ceil(USUAL * len(busy)) - 1] if busy else 1
    for place in range((progress.today - first).days + 1):
        when = first + timedelta(days=place)
        left, top = LABELS + place // 7 * PITCH, TOP + place % 7 * PITCH
        box = (left, top, left + CELL, top + CELL)
        answers = counts.get(when, 0)
        if answers:
            level = min(ceil(len(pen.palette.heat) * answers / scale), len(pen.palette.heat))
            pen.bar(box, pen.palette.heat[level - 1], radius=3)
        elif when == progress.today:
            pen.ring(box, pen.palette.warm, radius=3, line=3)
        elif any(start <= when < end for start, end in progress.rests):
            pen.ring(box, pen.palette.muted, radius=3, line=2)
        elif when < started:
            pen.dot((left + CELL / 2, top + CELL / 2), 3, pen.palette.track)
        else:
            pen.bar(box, pen.palette.track, radius=3)


def _legend(pen: Pen, top: float, *, rests: bool) -> None:
    """Explain the cells, from the right edge to the left."""
    baseline, colour = top + 21, pen.palette.muted
    right = INNER - pen.text((INNER, baseline), "more", colour=colour, align="r") - 12
    for shade in reversed(pen.palette.heat):
        pen.bar((right - 22, top, right, top + 22), shade, radius=5)
        right -= 27
    right -= pen.text((right - 7, baseline), "fewer", colour=colour, align="r") + 40
    if rests:
        right -= pen.text((right, baseline), "rest", colour=colour, align="r") + 10
        pen.ring((right - 22, top, right, top + 22), colour, radius=5, line=3)

"""Readiness over time with its band, up to the interview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.rendering.picture.hero import interview
from bot.rendering.picture.pen import INNER, SMALL, TITLE, Panel, Pen
from bot.rendering.words import MONTHS, count
from bot.services.progress import Progress

TOP, BOTTOM = 62, 190
"""Heights of 100 % and 0 %."""
LEFT = 92
RIGHT = INNER - 14
AHEAD = timedelta(days=120)
"""An interview further off than this, and than three times the curve so far, lies outside the picture."""


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, when: date) -> float:
        return LEFT + (when - self.first) / (self.last - self.first) * (RIGHT - LEFT)

    def y(self, share: float) -> float:
        return BOTTOM - min(max(share, 0), 1) * (BOTTOM - TOP)


def course(progress: Progress) -> Panel:
    """Show the course; it needs two points on different dates."""
    first, last = progress.course[0].day, progress.course[-1].day
    when, today = interview(progress), max(last, progress.today)
    near = when is not None and when - today <= max(AHEAD, 3 * (last - first))
    scale = _Scale(first, max(when, today) if when and near else today)

    def paint(pen: Pen) -> None:
        title = pen.text((0, 26), "Readiness over time", TITLE, bold=True)
        _grid(pen, scale)
        if when:
            _mark(pen, progress, scale, when, INNER - title - 30)
        _line(pen, progress, scale)
        _dates(pen, progress, scale, when)

    return Panel(BOTTOM + 42, paint)


def _grid(pen: Pen, scale: _Scale) -> None:
    for share in (0, 0.5, 1):
        y = scale.y(share)
        pen.bar((LEFT, y - 1, RIGHT, y + 1), pen.palette.track)
        pen.text((LEFT - 14, y + 10), f"{share:.0%}".replace("%", " %"), colour=pen.palette.muted, align="r")


def _line(pen: Pen, progress: Progress, scale: _Scale) -> None:
    points = progress.course
    upper = [(scale.x(point.day), scale.y(point.high)) for point in points]
    lower = [(scale.x(point.day), scale.y(point.low)) for point in points]
    pen.area([*upper, *reversed(lower)], pen.palette.soft)
    for edge in (upper, lower):
        pen.line(edge, pen.palette.maybe, 3)
    spots = [(scale.x(point.day), scale.y(point.share)) for point in points]
    pen.line(spots, pen.palette.text, 5)
    pen.dot(spots[-1], 11, pen.palette.card)
    pen.dot(spots[-1], 8, pen.palette.text)


def _mark(pen: Pen, progress: Progress, scale: _Scale, when: date, room: float) -> None:
    """Mark the day by a dashed line, and write how far it is; one beyond the edge is only written."""
    colour, x = pen.palette.warm, scale.x(scale.last)
    for dash in range(TOP, BOTTOM, 16) if when == scale.last else ():
        pen.bar((x - 2, dash, x + 2, min(dash + 9, BOTTOM)), colour)
    left = (when - progress.today).days
    words = f"Interview in {count(left, 'day')}" if left else "Interview today"
    if when > scale.last:
        words += " →"
    pen.text((INNER, 26), words, colour=colour, align="r", room=room)


def _dates(pen: Pen, progress: Progress, scale: _Scale, when: date | None) -> None:
    """Name the ends first, then today if there is room between them."""
    baseline, colour = BOTTOM + 40, pen.palette.muted
    start = LEFT + pen.text((LEFT, baseline), _short(scale.first), colour=colour)
    end = "today" if scale.last == progress.today else _short(scale.last)
    shade = pen.palette.warm if when == scale.last else colour
    stop = INNER - pen.text((INNER, baseline), end, colour=shade, align="r")
    middle, half = scale.x(progress.today), pen.width("today", SMALL) / 2
    if start + 16 < middle - half and middle + half + 16 < stop:
        pen.text((middle, baseline), "today", colour=colour, align="m")


def _short(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1]}"

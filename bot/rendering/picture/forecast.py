"""What returns in the next 14 days, a column a day."""

from __future__ import annotations

from bot.rendering.picture.numbers import compact
from bot.rendering.picture.pen import INNER, SMALL, TITLE, Panel, Pen
from bot.rendering.words import WEEKDAYS, count
from bot.services.progress import Progress

DAYS = 14
PITCH = INNER / DAYS
TOP, BOTTOM = 78, 136


def returns(progress: Progress) -> Panel:
    """Show the questions that may return on each date."""
    days = progress.forecast[:DAYS]
    total = sum(questions for _, questions in days)
    most = max((questions for _, questions in days), default=0)

    def paint(pen: Pen) -> None:
        title = pen.text((0, 26), "Returning in the next 14 days", TITLE, bold=True)
        words = count(total, "question") if total else "nothing yet"
        pen.text((INNER, 26), words, colour=pen.palette.muted, align="r", room=INNER - title - 20)
        for place, (when, questions) in enumerate(days):
            middle = (place + 0.5) * PITCH
            height = max((BOTTOM - TOP) * questions / most, 8) if questions else 4
            colour = pen.palette.maybe if questions else pen.palette.track
            pen.bar((middle - 20, BOTTOM - height, middle + 20, BOTTOM), colour, radius=6)
            if questions:
                pen.text((middle, BOTTOM - height - 10), compact(questions, 999), align="m", room=PITCH)
            weekend = when.weekday() >= 5
            name = WEEKDAYS[when.weekday()][:2]
            pen.text((middle, BOTTOM + 38), name, SMALL, colour=pen.palette.muted, bold=weekend, align="m")

    return Panel(BOTTOM + 42, paint)

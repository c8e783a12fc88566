"""The top of a picture: the name and the date, readiness as one number with its range, the interview."""

from __future__ import annotations

from datetime import date

from bot.rendering.picture.numbers import Range, percent
from bot.rendering.picture.pen import BODY, INNER, SMALL, Panel, Pen
from bot.rendering.picture.ranges import bar
from bot.rendering.words import MONTHS, WEEKDAYS, count
from bot.services.progress import Progress, Strength

NUMBER = 116
"""Size of the one number that counts."""
WIDE = 0.4
"""A range wider than this is called one of so far."""
SIDE = 292
"""Width of the interview's column."""
TITLED = 74
"""Height of a topic's name."""


def heading(today: date) -> Panel:
    """Head a picture with the bot's name and the date."""

    def paint(pen: Pen) -> None:
        pen.ring((0, 8, 38, 46), pen.palette.sure, radius=11, line=5)
        pen.line(((10, 28), (17, 35), (29, 20)), pen.palette.warm, 6)
        pen.text((54, 42), "Gotit", 42, bold=True)
        pen.text((INNER, 40), full_date(today), SMALL, colour=pen.palette.muted, align="r")

    return Panel(52, paint, framed=False)


def readiness(progress: Progress) -> Panel:
    """Show the share of the chosen topics that the user would probably answer."""
    point = progress.readiness
    shown = Range(point.share, point.low, point.high) if progress.answers else None

    def paint(pen: Pen) -> None:
        name = pen.text((0, 22), "Readiness", BODY, bold=True)
        pen.text(
            (name + 14, 22),
            "share of your topics you would probably answer",
            BODY,
            colour=pen.palette.muted,
            room=INNER - name - 14,
        )
        if shown:
            _number(pen, 0, shown)
        else:
            _invite(pen, 0, "Day one", "Your number starts", "with one answer.")
        _countdown(pen, progress, 0)

    return Panel(190, paint)


def topic(progress: Progress, strength: Strength) -> Panel:
    """Show how one topic stands."""
    shown = Range(strength.share, strength.low, strength.high) if strength.answers else None

    def paint(pen: Pen) -> None:
        pen.text((0, 40), strength.title, 52, bold=True)
        name = "Share of this topic you would probably answer"
        pen.text((0, TITLED + 22), name, BODY, colour=pen.palette.muted)
        if shown:
            _number(pen, TITLED, shown)
        else:
            _invite(pen, TITLED, "New", "Its number starts", "with one answer.")
        _countdown(pen, progress, TITLED)

    return Panel(TITLED + 190, paint)


def full_date(when: date) -> str:
    """Write a date with weekday and year."""
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"


def interview(progress: Progress) -> date | None:
    """Name the interview's date, if it is still to come."""
    when = progress.interview_on
    return when if when is not None and when >= progress.today else None


def _number(pen: Pen, top: float, shown: Range) -> None:
    colour = pen.palette.muted
    about = pen.text((0, top + 132), "about", colour=colour) + 12
    left = about + pen.text((about, top + 132), percent(shown.share), NUMBER, bold=True) + 28
    room = INNER - SIDE - left
    likely = "so far likely" if shown.high - shown.low > WIDE else "likely"
    pen.text((left, top + 92), likely, colour=colour, room=room)
    pen.text((left, top + 132), shown.words(), room=room)
    bar(pen, 0, INNER, top + 176, 24, shown)


def _invite(pen: Pen, top: float, number: str, first: str, second: str) -> None:
    left = pen.text((0, top + 132), number, 84, bold=True) + 32
    room = INNER - SIDE - left
    pen.text((left, top + 92), first, colour=pen.palette.muted, room=room)
    pen.text((left, top + 132), second, colour=pen.palette.muted, room=room)
    pen.bar((0, top + 164, INNER, top + 188), pen.palette.track, radius=12)


def _countdown(pen: Pen, progress: Progress, top: float) -> None:
    when = interview(progress)
    if when is None:
        return
    left = (when - progress.today).days
    words = count(left, "day") if left else "Today"
    tail = "to the interview" if left else "is the interview"
    pen.text((INNER, top + 132 - 38), words, 50, bold=True, colour=pen.palette.warm, align="r", room=SIDE)
    pen.text((INNER, top + 132), tail, align="r", room=SIDE, colour=pen.palette.muted)

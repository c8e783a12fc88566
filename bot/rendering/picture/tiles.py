"""A few numbers in a row: each with its name and one line about it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rendering.picture.numbers import compact, ordinal, percent
from bot.rendering.picture.pen import INNER, SMALL, Panel, Pen
from bot.rendering.words import count
from bot.services.progress import Progress, Strength

Tile = tuple[str, str, str]
"""Number, name, line."""
NUMBER = 52


def everything(progress: Progress) -> Panel:
    """Show streak, answers, and what waits."""
    known = f"{percent(progress.known / progress.answers)} known" if progress.answers else "none yet"
    waits = "will come back" if progress.waiting else "nothing waits"
    answers = (compact(progress.answers), "answer" if progress.answers == 1 else "answers", known)
    return _row(
        (_streak(progress), answers, (compact(progress.waiting), "missed", waits)), warm=progress.streak > 0
    )


def topic(progress: Progress, strength: Strength, tried: Sequence[Strength]) -> Panel:
    """Show one topic's answers and questions, and its place among the tried ones (weakest first)."""
    shown: list[Tile] = [
        (compact(strength.answers), "answer" if strength.answers == 1 else "answers", "on this topic"),
        (compact(strength.seen), "seen", f"of {count(strength.total, 'question')}"),
    ]
    if strength in tried and len(tried) > 1:
        below = tried.index(strength) + 1
        above = len(tried) + 1 - below
        place, name = (below, "weakest") if below <= above else (above, "strongest")
        shown.append((ordinal(place), name, f"of {len(tried)} tried topics"))
    else:
        shown.append(_streak(progress))
    return _row(shown)


def _streak(progress: Progress) -> Tile:
    best = f"in a row, best {compact(progress.longest)}" if progress.longest else "one answer a day"
    return compact(progress.streak), "day" if progress.streak == 1 else "days", best


def _row(tiles: Sequence[Tile], *, warm: bool = False) -> Panel:
    column = INNER / 3

    def paint(pen: Pen) -> None:
        for place, (number, name, line) in enumerate(tiles):
            left, room = place * column, column - 34
            if place:
                pen.bar((left - 26, 2, left - 24, 86), pen.palette.track)
            colour = pen.palette.warm if warm and place == 0 else None
            wide = pen.text((left, 40), number, NUMBER, bold=True, colour=colour, room=room) + 12
            pen.text((left + wide, 40), name, SMALL, room=room - wide)
            pen.text((left, 82), line, SMALL, colour=pen.palette.muted, room=room)

    return Panel(88, paint)

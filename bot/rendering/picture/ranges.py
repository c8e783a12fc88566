"""A share with its range as a bar: strong up to the lower end, lighter to the upper one, a mark between."""

from __future__ import annotations

from bot.rendering.picture.numbers import Range
from bot.rendering.picture.pen import Pen


def bar(
    pen: Pen, left: float, right: float, centre: float, thick: int, shown: Range, *, calm: bool = False
) -> None:
    """Draw a range between two sides, around a line; `calm` leaves it in the background."""
    colours = pen.palette
    top, bottom, radius = centre - thick / 2, centre + thick / 2, thick / 2

    def at(share: float) -> float:
        return left + min(max(share, 0), 1) * (right - left)

    pen.bar((left, top, right, bottom), colours.track, radius=radius)
    if calm:
        pen.bar((at(shown.low), top, at(shown.high), bottom), colours.calm, radius=radius)
    else:
        pen.bar((left, top, at(shown.high), bottom), colours.maybe, radius=radius)
        pen.bar((left, top, at(shown.low), bottom), colours.sure, radius=radius)
    middle = min(max(at(shown.share), left + radius), right - radius)
    pen.dot((middle, centre), radius + 5, colours.card)
    pen.dot((middle, centre), radius + 1, colours.text)

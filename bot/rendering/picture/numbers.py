"""Numbers as the pictures write them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """A share and its range, each from 0 to 1."""

    share: float
    low: float
    high: float

    def words(self) -> str:
        """Say the range in percent: `38 to 55 %`."""
        return f"{100 * self.low:.0f} to {100 * self.high:.0f} %"


def percent(share: float) -> str:
    """Write a share: `46 %`."""
    return f"{100 * share:.0f} %"


def compact(number: int, most: int = 9_999) -> str:
    """Write a count up to `most` in full, a larger one in thousands or millions: `1,386`, `12k`, `1.2M`."""
    if number <= most:
        return f"{number:,}"
    for unit, sign in ((1_000_000, "M"), (1_000, "k")):
        if number >= unit:
            # Cut, not rounded: nothing is claimed that was not done.
            return f"{number // unit}{sign}" if number >= 10 * unit else f"{number * 10 // unit / 10:g}{sign}"
    return str(number)


def ordinal(place: int) -> str:
    """Write a place: 1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"

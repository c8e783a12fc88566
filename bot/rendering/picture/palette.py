"""The colours of the pictures, light and dark.

One blue carries the data and one amber the marks: they stay apart for every kind of colour blindness.
Words stand at 4.5 to 1 or more against the card, and what carries a number at 3 to 1 (WCAG 2.2, 1.4.3 and
1.4.11); the tests compute both.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by their part, each as `#rrggbb`."""

    page: str
    card: str
    text: str
    muted: str
    """Words of second rank."""
    warm: str
    """The interview day, the streak, today."""
    sure: str
    """Up to the lower end of a range."""
    maybe: str
    """From the lower end of a range to the upper one."""
    soft: str
    """A wide area between two edges."""
    calm: str
    """Ranges in the background."""
    track: str
    """What is not reached: decoration, which no number hangs on."""
    heat: tuple[str, str, str, str]
    """A day's answers, few to many."""


LIGHT = Palette(
    page="#EEF1F8",
    card="#FFFFFF",
    text="#111827",
    muted="#4B5563",
    warm="#A8480A",
    sure="#1A43B0",
    maybe="#5F88EA",
    soft="#D9E4FC",
    calm="#868FA3",
    track="#E3E8F2",
    heat=("#7190EA", "#3D6BE0", "#2249B5", "#122B72"),
)
DARK = Palette(
    page="#0B1020",
    card="#161D31",
    text="#F3F6FD",
    muted="#A9B4CC",
    warm="#F5A524",
    sure="#A9C6FF",
    maybe="#4F76C9",
    soft="#26396B",
    calm="#66728F",
    track="#2A3450",
    heat=("#4B6FC0", "#6F95E8", "#9DBBFB", "#D6E4FF"),
)

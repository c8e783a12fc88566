"""Draw words and shapes on one panel; every word's place is noted, so that tests can see overlaps.

Coordinates are pixels of the finished picture, from the panel's inner corner. A panel is drawn at twice its
size and scaled down, which smooths the edges that Pillow leaves rough; panel by panel, so that the large
image stays small. Nothing is shared between drawings but the bytes of the fonts.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.rendering.picture.palette import Palette

WIDTH = 1080
"""Of the picture: a phone's width in pixels, so that it is shown one to one."""
MARGIN = 36
PADDING_X, PADDING_Y = 40, 22
INNER = WIDTH - 2 * (MARGIN + PADDING_X)
"""Width that a panel's content may fill."""
SMALL, BODY, TITLE = 28, 30, 34
"""Sizes of type; none is smaller."""
SCALE = 2
LONGEST = 200
"""Characters of a text that are looked at before it is cut to its width."""

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """A drawn text, its size, and its box: left, top, right, bottom; all in pixels."""

    text: str
    size: int
    box: tuple[float, float, float, float]


class Fonts:
    """The two weights of type in every size, opened once for a drawing."""

    def __init__(self) -> None:
        self._sizes: dict[tuple[int, bool], ImageFont.FreeTypeFont] = {}

    def find(self, size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
        """Open a weight at a size, in pixels of the finished picture."""
        font = self._sizes.get((size, bold))
        if font is None:
            # The simple layout is the same everywhere; the other one needs a library of the system.
            font = ImageFont.truetype(
                BytesIO(_file(bold)), size * SCALE, layout_engine=ImageFont.Layout.BASIC
            )
            self._sizes[size, bold] = font
        return font


class Pen:
    """Draws on one panel, laid on its card if it has a frame."""

    def __init__(self, panel: Panel, palette: Palette, fonts: Fonts) -> None:
        height = (panel.height + 2 * panel.padding) * SCALE
        self.palette = palette
        self.words: list[Words] = []
        self.image = Image.new("RGB", (WIDTH * SCALE, height), palette.page)
        self._draw = ImageDraw.Draw(self.image)
        self._fonts = fonts
        self._padding = panel.padding
        if panel.framed:
            card = (MARGIN * SCALE, 0, (WIDTH - MARGIN) * SCALE - 1, height - 1)
            self._draw.rounded_rectangle(card, 28 * SCALE, palette.card)

    def width(self, text: str, size: int, *, bold: bool = False) -> float:
        """Measure a text."""
        return self._fonts.find(size, bold=bold).getlength(drawable(text)) / SCALE

    def fit(self, text: str, size: int, room: float, *, bold: bool = False) -> str:
        """Cut a text to a width, with an ellipsis where it was cut."""
        text, font = drawable(text), self._fonts.find(size, bold=bold)
        if font.getlength(text) <= room * SCALE:
            return text
        wider = bisect_right(
            range(len(text)), room * SCALE, key=lambda kept: font.getlength(text[:kept] + "…")
        )
        return text[: max(wider - 1, 0)].rstrip() + "…"

    def text(
        self,
        spot: Spot,
        text: str,
        size: int = SMALL,
        *,
        colour: str | None = None,
        bold: bool = False,
        align: str = "l",
        room: float = INNER,
    ) -> float:
        """Write one line, its baseline at `spot`, and return its width.

        `align` says which end of the text `spot` is: `l` its left, `m` its middle, `r` its right; `room` is
        the width that the line is cut to.
        """
        text = self.fit(text, size, room, bold=bold)
        font = self._fonts.find(size, bold=bold)
        place = self._at(spot)
        self._draw.text(place, text, colour or self.palette.text, font, anchor=f"{align}s")
        box = self._draw.textbbox(place, text, font, anchor=f"{align}s")
        left, top, right, bottom = (side / SCALE for side in box)
        self.words.append(Words(text, size, (left, top, right, bottom)))
        return right - left

    def bar(self, box: tuple[float, float, float, float], colour: str, *, radius: float = 0) -> None:
        """Fill a rectangle; one without an extent is left out."""
        left, top, right, bottom = box
        if right - left < 1 or bottom - top < 1:
            return
        first, last = self._at((left, top)), self._at((right, bottom))
        # Pillow's last pixel belongs to the rectangle.
        sides = (*first, last[0] - 1, last[1] - 1)
        limit = min(right - left, bottom - top) / 2
        self._draw.rounded_rectangle(sides, min(radius, limit) * SCALE, colour)

    def ring(self, box: tuple[float, float, float, float], colour: str, *, radius: float, line: int) -> None:
        """Outline a rectangle."""
        first, last = self._at((box[0], box[1])), self._at((box[2], box[3]))
        sides = (*first, last[0] - 1, last[1] - 1)
        self._draw.rounded_rectangle(sides, radius * SCALE, outline=colour, width=line * SCALE)

    def dot(self, spot: Spot, radius: float, colour: str) -> None:
        """Fill a circle."""
        self._draw.circle(self._at(spot), radius * SCALE, colour)

    def line(self, spots: Sequence[Spot], colour: str, thickness: int) -> None:
        """Draw a line through spots, its corners and ends round."""
        places = [self._at(spot) for spot in spots]
        self._draw.line(places, colour, thickness * SCALE, joint="curve")
        for spot in (spots[0], spots[-1]):
            self.dot(spot, thickness / 2, colour)

    def area(self, spots: Sequence[Spot], colour: str) -> None:
        """Fill a polygon."""
        self._draw.polygon([self._at(spot) for spot in spots], colour)

    def _at(self, spot: Spot) -> tuple[float, float]:
        return (spot[0] + MARGIN + PADDING_X) * SCALE, (spot[1] + self._padding) * SCALE


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a picture: the height of its content in pixels, and how it is painted."""

    height: int
    paint: Callable[[Pen], None]
    framed: bool = True

    @property
    def padding(self) -> int:
        """Space above and below the content."""
        return PADDING_Y if self.framed else 0


@cache
def _file(bold: bool) -> bytes:
    name = "Inter-Bold.otf" if bold else "Inter-Medium.otf"
    return Path(__file__).with_name("fonts").joinpath(name).read_bytes()


def drawable(text: str) -> str:
    """Put a text into one line of characters that the fonts have; `?` stands for any other."""
    line = " ".join(unicodedata.normalize("NFC", text[:LONGEST]).split())
    return "".join(character for character in map(_glyph, line))


@cache
def _blank() -> bytes:
    return bytes(Fonts().find(SMALL, bold=False).getmask("\uffff"))


@lru_cache(maxsize=2048)
def _glyph(character: str) -> str:
    """Give a character back if the fonts draw it, `?` if not, and nothing for one that has no shape."""
    if character.isascii():
        return character if character.isprintable() else ""
    if unicodedata.category(character) in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    return "?" if bytes(Fonts().find(SMALL, bold=False).getmask(character)) == _blank() else character

"""The colours: enough contrast for everyone, by the formula of WCAG 2.2."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.rendering.picture.palette import DARK, LIGHT, Palette
from tests.rendering.picture.examples import colour


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_is_enough(palette: Palette) -> None:
    for name in ("text", "muted", "warm"):
        for ground in (palette.card, palette.page):
            assert contrast(getattr(palette, name), ground) >= 4.5, name
    for shade in (palette.sure, palette.maybe, palette.calm, *palette.heat):
        assert contrast(shade, palette.card) >= 3, shade
    assert contrast(palette.text, palette.soft) >= 4.5
    steps = [contrast(shade, palette.card) for shade in palette.heat]
    assert all(after / before > 1.4 for before, after in pairwise(steps))
    assert contrast(palette.sure, palette.maybe) > 2


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    lights = sorted(luminance(colour(name)) for name in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(pixel: tuple[int, int, int]) -> float:
    """Relative luminance of WCAG 2.2."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in pixel
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

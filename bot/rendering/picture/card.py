"""Panels stacked to a picture, and the picture's name for a cache."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO

from PIL import Image, __version__

from bot.rendering.picture import coverage, curve, forecast, heatmap, hero, tiles, topics
from bot.rendering.picture.palette import DARK, LIGHT
from bot.rendering.picture.pen import SCALE, WIDTH, Fonts, Panel, Pen
from bot.services.progress import Progress

LEAST_GAP, MOST_GAP = 16, 46
PORTRAIT = 1350
"""A picture with little in it spreads its panels over this height, as far as they stay together."""
REVISION = 1
"""Raise it when the drawing changes, so that cached pictures are drawn anew."""


def draw(progress: Progress, *, dark: bool = False) -> bytes:
    """Draw everything as a PNG, 1080 pixels wide and at least as high."""
    return stack(panels(progress), dark=dark)


def draw_topic(progress: Progress, topic_slug: str, *, dark: bool = False) -> bytes:
    """Draw one topic as a PNG of the same width; LookupError if it is none of the user's."""
    return stack(topic_panels(progress, topic_slug), dark=dark)


def fingerprint(progress: Progress, dark: bool, topic_slug: str = "") -> str:
    """Name a picture: equal names show equal pictures, from any process with this release."""
    text = repr((REVISION, __version__, topic_slug, dark, progress))
    return sha256(text.encode()).hexdigest()


def panels(progress: Progress) -> list[Panel]:
    """Choose the panels of the picture of all topics."""
    chosen = [
        hero.heading(progress.today),
        hero.readiness(progress),
        tiles.everything(progress),
        topics.strengths(progress.topics),
    ]
    if len({point.day for point in progress.course}) > 1:
        chosen.append(curve.course(progress))
    return [*chosen, heatmap.year(progress), forecast.returns(progress)]


def topic_panels(progress: Progress, topic_slug: str) -> list[Panel]:
    """Choose the panels of the picture of one topic."""
    strength = topics.find(progress.topics, topic_slug)
    known = topics.tried(progress.topics)
    chosen = [
        hero.heading(progress.today),
        hero.topic(progress, strength),
        tiles.topic(progress, strength, known),
        coverage.questions(strength),
    ]
    if any(other.topic != topic_slug for other in known):
        chosen.append(topics.strengths(progress.topics, "Beside your other topics", topic_slug))
    return chosen


def stack(panels: Sequence[Panel], *, dark: bool) -> bytes:
    """Paint each panel on its own, paste it below the one before, and encode the whole as PNG."""
    palette = DARK if dark else LIGHT
    heights = [panel.height + 2 * panel.padding for panel in panels]
    gap = min(max(LEAST_GAP, (PORTRAIT - sum(heights)) // (len(panels) + 1)), MOST_GAP)
    total = sum(heights) + gap * (len(panels) + 1)
    fonts, top = Fonts(), gap + max(WIDTH - total, 0) // 2
    image = Image.new("RGB", (WIDTH, max(WIDTH, total)), palette.page)
    for panel, height in zip(panels, heights, strict=True):
        pen = Pen(panel, palette, fonts)
        panel.paint(pen)
        image.paste(pen.image.reduce(SCALE), (0, top))
        top += height + gap
    file = BytesIO()
    # 256 colours are plenty for flat panels: a third of the bytes, and quicker in all.
    image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()

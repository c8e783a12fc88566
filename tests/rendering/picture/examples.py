"""Users to draw: from the first day to a hostile one; and a look at what was painted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from PIL import ImageColor

from bot.rendering.picture.palette import LIGHT, Palette
from bot.rendering.picture.pen import MARGIN, PADDING_X, SCALE, Fonts, Panel, Pen
from bot.services.progress import Point, Progress, Strength

TODAY = date(2026, 11, 23)
TOPICS = yaml.safe_load((Path(__file__).parents[3] / "data/topics.yaml").read_text(encoding="utf-8"))
HOSTILE = "<b>&amp;\n\u202e" + "W" * 90 + "漢字🚀" * 500


def strength(place: int, slug: str, title: str, answers: int = 9) -> Strength:
    """A topic whose share grows with its place."""
    share = 0.2 + place / 25
    return Strength(slug, title, share, share - 0.15, share + 0.12, answers, min(answers, 30), 33)


def ahead(*questions: int) -> tuple[tuple[date, int], ...]:
    """A forecast from tomorrow on."""
    return tuple((TODAY + timedelta(days=place + 1), number) for place, number in enumerate(questions))


def course(days: int) -> tuple[Point, ...]:
    """Readiness on each of the last days."""
    return tuple(Point(TODAY - timedelta(days=ago), 0.4, 0.3, 0.5) for ago in range(days, -1, -1))


BUSY = Progress(
    today=TODAY,
    streak=27,
    longest=46,
    answers=386,
    known=268,
    waiting=23,
    readiness=Point(TODAY, 0.54, 0.47, 0.62),
    topics=tuple(strength(place, topic["slug"], topic["title"]) for place, topic in enumerate(TOPICS)),
    days=tuple((TODAY - timedelta(days=ago), 1 + ago % 4) for ago in range(120, -1, -1) if not 20 < ago < 27),
    rests=((TODAY - timedelta(days=26), TODAY - timedelta(days=22)),),
    course=course(120),
    forecast=ahead(2, 1, 2, 4, 6, 0, 0, 3, 1, 0, 2, 1, 2, 4),
    interview_on=date(2027, 2, 1),
)
FIRST_DAY = Progress(
    today=TODAY,
    streak=0,
    longest=0,
    answers=0,
    known=0,
    waiting=0,
    readiness=Point(TODAY, 0.5, 0.02, 0.98),
    topics=tuple(replace(topic, answers=0, seen=0) for topic in BUSY.topics),
    days=(),
    rests=(),
    course=(),
    forecast=ahead(*[0] * 14),
    interview_on=None,
)
CASES = {
    "busy": BUSY,
    "first day": FIRST_DAY,
    "first day, interview in ten years": replace(FIRST_DAY, interview_on=date(2036, 11, 23)),
    "one answer": replace(
        FIRST_DAY,
        streak=1,
        longest=1,
        answers=1,
        topics=(replace(FIRST_DAY.topics[0], answers=1, seen=1), *FIRST_DAY.topics[1:]),
        days=((TODAY, 1),),
        course=course(0),
    ),
    "one topic, interview today": replace(BUSY, topics=BUSY.topics[:1], interview_on=TODAY, course=course(1)),
    "no topic": replace(FIRST_DAY, topics=(), forecast=()),
    "interview past": replace(BUSY, interview_on=TODAY - timedelta(days=1)),
    "interview near": replace(BUSY, interview_on=TODAY + timedelta(days=2)),
    "curve short, interview far": replace(BUSY, course=course(3), interview_on=TODAY + timedelta(days=110)),
    "hostile": replace(
        BUSY,
        streak=9_999,
        longest=99_999,
        answers=12_345_678,
        known=12_345_678,
        waiting=1_234_567,
        readiness=Point(TODAY, 1, 1, 1),
        topics=tuple(strength(place, f"t{place}", HOSTILE) for place in range(20)),
        days=tuple((TODAY - timedelta(days=ago), 10**ago % 97) for ago in range(371)),
        forecast=ahead(*[99_999] * 14),
        interview_on=date(2036, 11, 23),
    ),
}
cases = pytest.mark.parametrize("progress", CASES.values(), ids=CASES)


def painted(panel: Panel, palette: Palette = LIGHT) -> Pen:
    """A panel on its own."""
    pen = Pen(panel, palette, Fonts())
    panel.paint(pen)
    return pen


def said(panels: list[Panel]) -> list[str]:
    """The texts of panels."""
    return [words.text for panel in panels for words in painted(panel).words]


def pixel(pen: Pen, x: float, y: float, padding: int) -> tuple[int, int, int]:
    """The colour at a place of a panel's content."""
    found = pen.image.getpixel((round((x + MARGIN + PADDING_X) * SCALE), round((y + padding) * SCALE)))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def colour(name: str) -> tuple[int, int, int]:
    """A palette's colour as a pixel."""
    found = ImageColor.getrgb(name)
    return found[0], found[1], found[2]

"""The picture of /stats by its properties: what stands where, what is said, and that it reads for everyone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date, timedelta
from io import BytesIO
from itertools import combinations
from math import ceil
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.playground.emulator import td
from bot.rendering import picture
from bot.rendering.picture import card, curve, forecast, heatmap, numbers, topics
from bot.rendering.picture.palette import DARK, LIGHT, Palette
from bot.rendering.picture.pen import (
    INNER,
    MARGIN,
    PADDING_X,
    SCALE,
    SMALL,
    WIDTH,
    Fonts,
    Panel,
    Pen,
    drawable,
)
from bot.services.progress import Point, Progress, Strength

TODAY = date(2026, 11, 23)
TOPICS = yaml.safe_load(Path("data/topics.yaml").read_text(encoding="utf-8"))
HOSTILE = "<b>&amp;\n\u202e" + "W" * 90 + "漢字🚀" * 500
needs_td = pytest.mark.skipif(not td.AVAILABLE, reason="needs the package tdjson, which has no wheel here")


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


def all_panels(progress: Progress) -> list[Panel]:
    """The panels of both kinds of picture."""
    found = card.panels(progress)
    for topic in (progress.topics[:1], progress.topics[-1:]):
        found += [panel for one in topic for panel in card.topic_panels(progress, one.topic)]
    return found


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


@cases
def test_fills_a_phone_in_light_and_dark(progress: Progress) -> None:
    light, dark = picture.draw(progress), picture.draw(progress, dark=True)
    for png, palette in ((light, LIGHT), (dark, DARK)):
        image = Image.open(BytesIO(png))
        assert image.format == "PNG"
        assert image.width == WIDTH
        assert 1.2 < image.height / image.width < 1.9
        corner = image.convert("RGB").getpixel((0, 0))
        assert corner == pytest.approx(colour(palette.page), abs=2)
    assert light != dark
    assert max(len(light), len(dark)) < 300_000


@cases
def test_no_text_is_small_cut_off_or_over_another(progress: Progress) -> None:
    for panel in all_panels(progress):
        words = painted(panel).words
        for one in words:
            left, top, right, bottom = one.box
            assert one.size >= SMALL >= 28
            assert MARGIN + PADDING_X - 2 <= left <= right <= MARGIN + PADDING_X + INNER + 2, one
            assert 0 <= top <= bottom <= panel.height + 2 * panel.padding - 4, one
        for one, other in combinations([one for one in words if one.text], 2):
            (left, top, right, bottom), (left2, top2, right2, bottom2) = one.box, other.box
            apart = right < left2 or right2 < left or bottom < top2 or bottom2 < top
            assert apart, (one, other)


def test_same_progress_same_bytes_in_any_thread() -> None:
    slug = BUSY.topics[3].topic
    alone = picture.draw(BUSY), picture.draw_topic(BUSY, slug, dark=True)
    with ThreadPoolExecutor(4) as threads:
        wholes = [threads.submit(picture.draw, replace(BUSY)) for _ in range(6)]
        parts = [threads.submit(picture.draw_topic, replace(BUSY), slug, dark=True) for _ in range(6)]
        assert {whole.result() for whole in wholes} == {alone[0]}
        assert {part.result() for part in parts} == {alone[1]}


def test_every_title_of_the_bank_is_written_in_full() -> None:
    titles = {topic["title"] for topic in TOPICS}
    assert titles <= set(said([topics.strengths(BUSY.topics)]))
    for slug in (topic["slug"] for topic in TOPICS):
        assert not [text for text in said(card.topic_panels(BUSY, slug)) if "…" in text or "?" in text]


def test_both_weights_have_every_glyph_that_is_let_through() -> None:
    signs = {sign for topic in TOPICS for sign in topic["title"]} | set("…→·–—éß€ΩЖ%")
    for bold in (False, True):
        font = Fonts().find(SMALL, bold=bold)
        blank = bytes(font.getmask("\uffff"))
        assert not [sign for sign in signs if sign != " " and bytes(font.getmask(sign)) == blank]


def test_a_text_becomes_one_line_of_known_glyphs() -> None:
    assert drawable(" a\n\tb  漢 🚀 \u202ee\u0301") == "a b ? ? é"


@pytest.mark.parametrize("progress", [value for name, value in CASES.items() if name != "hostile"])
def test_nothing_real_is_cut(progress: Progress) -> None:
    assert not [text for text in said(all_panels(progress)) if "…" in text]


def test_says_the_numbers() -> None:
    texts = said(card.panels(BUSY))
    for text in ("27", "in a row, best 46", "386", "69 % known", "54 %", "47 to 62 %", "70 days", "23"):
        assert text in texts
    assert "share of your topics you would probably answer" in texts
    assert "Interview in 70 days" in texts
    assert "28 questions" in texts


def test_the_first_day_invites_and_claims_no_number() -> None:
    texts = said(card.panels(FIRST_DAY))
    assert "Day one" in texts
    assert not [text for text in texts if "%" in text or "likely" in text]


def test_a_wide_range_is_called_one_of_so_far() -> None:
    wide = replace(BUSY, readiness=Point(TODAY, 0.5, 0.2, 0.7))
    assert "so far likely" in said(card.panels(wide))
    assert "so far likely" not in said(card.panels(BUSY))


def test_at_most_fifteen_topics_and_always_the_chosen_one() -> None:
    many = tuple(strength(place, f"t{place}", f"Topic {place}") for place in range(20))
    assert said([topics.strengths(many)])[-1] == "and 5 topics more"
    shown = [text for text in said([topics.strengths(many, "Title", "t18")]) if text.startswith("Topic ")]
    assert shown == [*(f"Topic {place}" for place in range(14)), "Topic 18"]


def test_untried_topics_are_counted_not_drawn() -> None:
    some = tuple(replace(topic, answers=0) for topic in BUSY.topics[:4]) + BUSY.topics[4:]
    texts = said([topics.strengths(some)])
    assert texts[-1] == "4 topics not tried yet"
    assert BUSY.topics[0].title not in texts


def test_a_bar_is_strong_to_its_lower_end_and_light_to_its_upper_one() -> None:
    one = replace(BUSY.topics[0], title="T", share=0.5, low=0.25, high=0.75)
    panel = topics.strengths((one,))
    pen, left = painted(panel), painted(panel).width("T", SMALL) + 28
    right = INNER - topics.NUMBERS
    at = [
        pixel(pen, left + share * (right - left), topics.TOP + 18, panel.padding) for share in (0.1, 0.6, 0.9)
    ]
    assert at == [colour(LIGHT.sure), colour(LIGHT.maybe), colour(LIGHT.track)]
    middle = pixel(pen, left + 0.5 * (right - left), topics.TOP + 18, panel.padding)
    assert middle == colour(LIGHT.text)


def test_each_day_of_the_year_stands_in_its_cell() -> None:
    panel = heatmap.year(BUSY)
    pen = painted(panel)
    monday = TODAY - timedelta(days=TODAY.weekday())
    answers, rest = dict(BUSY.days), BUSY.rests[0]
    seen = set()
    for place in range(7 * heatmap.WEEKS):
        when = monday - timedelta(weeks=heatmap.WEEKS - 1) + timedelta(days=place)
        x = heatmap.LABELS + place // 7 * heatmap.PITCH + heatmap.CELL / 2
        y = heatmap.TOP + place % 7 * heatmap.PITCH + heatmap.CELL / 2
        found = pixel(pen, x, y, panel.padding)
        if when > TODAY or rest[0] <= when < rest[1]:
            assert found == colour(LIGHT.card), when
        elif when in answers:
            assert found == colour(LIGHT.heat[answers[when] - 1]), when
        else:
            assert found == colour(LIGHT.track), when
        seen.add(found)
    assert len(seen) == 6


def test_one_hard_day_does_not_bleach_the_year() -> None:
    days = tuple((when, 500 if when == TODAY else 2) for when, _ in BUSY.days)
    panel = heatmap.year(replace(BUSY, days=days))
    yesterday = TODAY - timedelta(days=1)
    x = heatmap.LABELS + (heatmap.WEEKS - 2) * heatmap.PITCH + heatmap.CELL / 2
    y = heatmap.TOP + yesterday.weekday() * heatmap.PITCH + heatmap.CELL / 2
    assert pixel(painted(panel), x, y, panel.padding) == colour(LIGHT.heat[3])


def test_the_curve_needs_two_dates() -> None:
    for points, shown in ((course(0), False), (course(0) * 2, False), (course(1), True)):
        texts = said(card.panels(replace(BUSY, course=points)))
        assert ("Readiness over time" in texts) is shown


@pytest.mark.parametrize(
    ("days", "words", "line"),
    [
        (0, "Interview today", True),
        (70, "Interview in 70 days", True),
        (3000, "Interview in 3,000 days →", False),
    ],
)
def test_the_interview_is_marked_at_the_end_of_the_curve(days: int, words: str, line: bool) -> None:
    panel = curve.course(replace(BUSY, interview_on=TODAY + timedelta(days=days)))
    pen = painted(panel)
    assert words in [one.text for one in pen.words]
    found = [pixel(pen, curve.RIGHT, y, panel.padding) for y in range(curve.TOP, curve.BOTTOM)]
    assert (colour(LIGHT.warm) in found) is line


def test_the_forecast_is_in_proportion() -> None:
    panel = forecast.returns(replace(BUSY, forecast=ahead(4, 2, 0)))
    pen = painted(panel)
    heights = [
        sum(
            pixel(pen, (place + 0.5) * forecast.PITCH, y, panel.padding) == colour(LIGHT.maybe)
            for y in range(forecast.TOP - 10, forecast.BOTTOM)
        )
        for place in range(3)
    ]
    assert heights == pytest.approx([58, 29, 0], abs=1)


def test_the_topic_picture_is_about_its_topic() -> None:
    texts = said(card.topic_panels(BUSY, BUSY.topics[3].topic))
    share = numbers.percent(BUSY.topics[3].share)
    for text in (BUSY.topics[3].title, share, "4th", "weakest", "24 new questions left"):
        assert text in texts
    with pytest.raises(LookupError):
        picture.draw_topic(BUSY, "cooking")
    with pytest.raises(LookupError):
        picture.caption_topic(BUSY, "cooking")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_is_enough(palette: Palette) -> None:
    for name in ("text", "muted", "warm"):
        for ground in (palette.card, palette.page):
            assert contrast(getattr(palette, name), ground) >= 4.5, name
    for shade in (palette.sure, palette.maybe, palette.calm, *palette.heat):
        assert contrast(shade, palette.card) >= 3, shade
    assert contrast(palette.text, palette.soft) >= 4.5
    steps = [contrast(shade, palette.card) for shade in palette.heat]
    assert all(after / before > 1.4 for before, after in zip(steps, steps[1:], strict=False))
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


@pytest.mark.parametrize(
    ("number", "text"),
    [(9_999, "9,999"), (10_000, "10k"), (12_999, "12k"), (1_250_000, "1.2M"), (99_000_000, "99M")],
)
def test_large_numbers_are_short(number: int, text: str) -> None:
    assert numbers.compact(number) == text


def test_ordinals() -> None:
    assert [numbers.ordinal(place) for place in (1, 2, 3, 4, 11, 12, 13, 21, 111)] == (
        "1st 2nd 3rd 4th 11th 12th 13th 21st 111th".split()
    )


def parsed(text: str) -> str:
    """A caption as Telegram shows it, held against its limit."""
    plain, _ = td.parse(text, "html")
    assert 1 <= len(plain.encode("utf-16-le")) // 2 <= 1024
    return plain


@needs_td
@cases
def test_captions_are_what_telegram_takes(progress: Progress) -> None:
    parsed(picture.caption(progress))
    for topic in progress.topics:
        parsed(picture.caption_topic(progress, topic.topic))


@needs_td
@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=90), min_size=4, max_size=4), st.integers(0, 10**9))
def test_captions_fit_whatever_the_titles(titles: list[str], number: int) -> None:
    known = tuple(strength(place, f"t{place}", title) for place, title in enumerate(titles))
    large = dict.fromkeys(("streak", "longest", "known", "waiting"), number)
    parsed(picture.caption(replace(BUSY, **large, answers=number or 1, topics=known)))
    parsed(picture.caption_topic(replace(BUSY, topics=known), "t3"))


@needs_td
def test_the_caption_says_what_the_picture_shows() -> None:
    plain = parsed(picture.caption(BUSY))
    for words in (
        "27 days in a row, longest 46",
        "386 answers, 69 % known",
        "about 54 %, likely 47 to 62 %",
        "share of your topics you would probably answer",
        "Weakest: Core Python, about 20 % (5 to 32 %); Django framework,",
        "Strongest: Tools and workflow, about 76 % (61 to 88 %)",
        "next tomorrow: 2; in 14 days: 28",
        "70 days to your interview: Mon 1 Feb 2027",
    ):
        assert words in plain
    assert plain.count(" %)") == 4


@needs_td
def test_the_topic_caption_says_where_it_stands() -> None:
    plain = parsed(picture.caption_topic(BUSY, BUSY.topics[3].topic))
    assert plain.startswith(BUSY.topics[3].title)
    assert "about 32 % (17 to 44 %)" in plain
    assert "9 of 33 questions seen" in plain
    assert "Of 14 other topics you tried, 3 are weaker." in plain


def test_the_fingerprint_follows_what_is_drawn() -> None:
    first = picture.fingerprint(BUSY, False)
    assert first == picture.fingerprint(replace(BUSY), False)
    changed = {
        "today": TODAY + timedelta(days=1),
        "readiness": Point(TODAY, 0.54, 0.47, 0.63),
        "topics": BUSY.topics[1:],
        "days": BUSY.days[1:],
        "rests": (),
        "course": BUSY.course[1:],
        "forecast": ahead(1),
        "interview_on": None,
    }
    names = {first, picture.fingerprint(BUSY, True), picture.fingerprint(BUSY, False, BUSY.topics[0].topic)}
    for field in fields(Progress):
        value = changed.get(field.name, 1)
        names.add(picture.fingerprint(replace(BUSY, **{field.name: value}), False))
    assert len(names) == 3 + len(fields(Progress))

"""The whole picture: it fills a phone, nothing is cut off or overlaps, and equal input gives equal bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import timedelta
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image

from bot.rendering import picture
from bot.rendering.picture import card, numbers, topics
from bot.rendering.picture.palette import DARK, LIGHT
from bot.rendering.picture.pen import INNER, MARGIN, PADDING_X, SMALL, WIDTH, Fonts, Panel, drawable
from bot.services.progress import Point, Progress
from tests.rendering.picture.examples import (
    BUSY,
    CASES,
    FIRST_DAY,
    TODAY,
    TOPICS,
    ahead,
    cases,
    colour,
    painted,
    said,
)


def all_panels(progress: Progress) -> list[Panel]:
    """The panels of both kinds of picture."""
    found = card.panels(progress)
    for topic in (progress.topics[:1], progress.topics[-1:]):
        found += [panel for one in topic for panel in card.topic_panels(progress, one.topic)]
    return found


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


@pytest.mark.parametrize("progress", [value for name, value in CASES.items() if name != "hostile"])
def test_nothing_real_is_cut(progress: Progress) -> None:
    assert not [text for text in said(all_panels(progress)) if "…" in text]


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


def test_the_topic_picture_is_about_its_topic() -> None:
    texts = said(card.topic_panels(BUSY, BUSY.topics[3].topic))
    share = numbers.percent(BUSY.topics[3].share)
    for text in (BUSY.topics[3].title, share, "4th", "weakest", "24 new questions left"):
        assert text in texts
    with pytest.raises(LookupError):
        picture.draw_topic(BUSY, "cooking")
    with pytest.raises(LookupError):
        picture.caption_topic(BUSY, "cooking")


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

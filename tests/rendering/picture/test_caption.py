"""The caption: what the picture shows, in words that Telegram takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.emulator import td
from bot.rendering import picture
from bot.services.progress import Progress
from tests.rendering.picture.examples import BUSY, cases, strength

pytestmark = pytest.mark.skipif(not td.AVAILABLE, reason="needs the package tdjson, which has no wheel here")


def parsed(text: str) -> str:
    """A caption as Telegram shows it, held against its limit."""
    plain, _ = td.parse(text, "html")
    assert 1 <= len(plain.encode("utf-16-le")) // 2 <= 1024
    return plain


@cases
def test_captions_are_what_telegram_takes(progress: Progress) -> None:
    parsed(picture.caption(progress))
    for topic in progress.topics:
        parsed(picture.caption_topic(progress, topic.topic))


@settings(max_examples=40)
@given(st.lists(st.text(max_size=90), min_size=4, max_size=4), st.integers(0, 10**9))
def test_captions_fit_whatever_the_titles(titles: list[str], number: int) -> None:
    known = tuple(strength(place, f"t{place}", title) for place, title in enumerate(titles))
    large = dict.fromkeys(("streak", "longest", "known", "waiting"), number)
    parsed(picture.caption(replace(BUSY, **large, answers=number or 1, topics=known)))
    parsed(picture.caption_topic(replace(BUSY, topics=known), "t3"))


def test_the_caption_says_what_the_picture_shows() -> None:
    plain = parsed(picture.caption(BUSY))
    for words in (
        "27 days in a row, longest 46",
        "386 answers, 69 % known",
        "about 54 %, likely 47 to 62 %",
        "share of your topics you would probably answer",
        "Weakest: Core Python, about 20 % (5 to 32 %); Django framework,",
        "Strongest: Tools and workflow, about 76 % (61 to 88 %)",
        "🔁 23 missed questions will come back. Due again (missed or known) tomorrow: 2; in 14 days: 28",
        "70 days to your interview: Mon 1 Feb 2027",
    ):
        assert words in plain
    assert plain.count(" %)") == 5  # four topics, and the course


def test_the_topic_caption_says_where_it_stands() -> None:
    plain = parsed(picture.caption_topic(BUSY, BUSY.topics[3].topic))
    assert plain.startswith(BUSY.topics[3].title)
    assert "about 32 % (17 to 44 %)" in plain
    assert "9 of 33 questions seen" in plain
    assert "Of 14 other topics you tried, 3 are weaker." in plain


def test_nothing_missed_and_something_due_is_no_contradiction() -> None:
    text = picture.caption(replace(BUSY, waiting=0))
    assert "🔁 Nothing missed is waiting. Due again (missed or known) tomorrow: 2; in 14 days: 28" in text
    assert "Nothing missed is waiting; nothing is due" in picture.caption(
        replace(BUSY, waiting=0, forecast=())
    )

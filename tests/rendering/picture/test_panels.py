"""The panels, each on its own: what it draws is where it should be, in the colour it should have."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rendering.picture import card, curve, forecast, heatmap, numbers, topics
from bot.rendering.picture.palette import LIGHT
from bot.rendering.picture.pen import INNER, SMALL
from bot.services.progress import Point
from tests.rendering.picture.examples import (
    BUSY,
    TODAY,
    ahead,
    colour,
    course,
    painted,
    pixel,
    said,
    strength,
)


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
        pixel(pen, left + share * (right - left), topics.TOP + 18, panel.padding)
        for share in (0.1, 0.35, 0.6, 0.9)
    ]
    assert at == [colour(name) for name in (LIGHT.sure, LIGHT.maybe, LIGHT.maybe, LIGHT.track)]
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


@pytest.mark.parametrize(
    ("number", "text"),
    [(9_999, "9,999"), (10_000, "10k"), (12_999, "12k"), (1_250_000, "1.2M"), (99_000_000, "99M")],
)
def test_large_numbers_are_short(number: int, text: str) -> None:
    assert numbers.compact(number) == text


def test_ordinals() -> None:
    assert [numbers.ordinal(place) for place in (1, 2, 3, 4, 11, 12, 13, 21, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "111th"]
    )

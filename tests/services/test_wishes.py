"""What people type about time and place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services import zones
from bot.services.wishes import NotUnderstood, parse


@pytest.mark.parametrize(
    ("words", "minute", "zone"),
    [
        ("09:00 Europe/Berlin", 540, "Europe/Berlin"),
        ("9:30 Berlin", 570, "Europe/Berlin"),
        ("21.15", 1275, None),
        ("9", 540, None),
        ("7pm New York", 1140, "America/New_York"),
        ("12am", 0, None),
        ("0:00 UTC+3", 0, "Etc/GMT-3"),
        ("europe/berlin", None, "Europe/Berlin"),
        ("9:30, köln", 570, "Europe/Berlin"),
        ("Berlin 9:30", 570, "Europe/Berlin"),
        ("New York, 9:30 pm", 1290, "America/New_York"),
        ("UTC+3 8", 480, "Etc/GMT-3"),
        ("UTC+3", None, "Etc/GMT-3"),
        ("٩:٣٠ القاهرة", 570, "Africa/Cairo"),
        ("", None, None),
    ],
)
def test_understood(words: str, minute: int | None, zone: str | None) -> None:
    wish = parse(words)
    assert (wish.minute, wish.place and wish.place.zone) == (minute, zone)


@pytest.mark.parametrize(
    ("words", "what", "minute"),
    [
        ("25:00", "time", None),
        ("9:60 Berlin", "time", None),
        ("-3", "time", None),
        ("13pm", "time", None),
        ("9 Atlantis", "place", 540),
        ("<b>9</b>", "place", None),
        ("Atlantis 9", "place", 540),
        ("Berlin 25:00", "place", None),
        ("tomorrow at 9", "place", 540),
        ("9 " + "x" * 4000, "place", 540),
    ],
)
def test_told_apart(words: str, what: str, minute: int | None) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse(words)
    assert (caught.value.what, caught.value.minute) == (what, minute)


@given(st.text(max_size=200))
def test_any_text_is_understood_or_refused(words: str) -> None:
    try:
        wish = parse(words)
    except NotUnderstood:
        return
    assert wish.minute is None or 0 <= wish.minute < 24 * 60
    assert wish.place is None or wish.place.zone in zones.names()


@pytest.mark.parametrize(
    ("words", "zone"),
    [("UTC+3", "Etc/GMT-3"), ("gmt -11:00", "Etc/GMT+11"), ("−5", "Etc/GMT+5"), ("+00", "UTC")],
)
def test_an_offset_is_a_place(words: str, zone: str) -> None:
    place = zones.find_place(words)
    assert place is not None
    assert place.zone == zone


@pytest.mark.parametrize("words", ["13:00", "14", "9:00", "B5", "UTC3", "utc 10", "=4", "/7"])
def test_no_offset_without_a_sign(words: str) -> None:
    assert zones.find_place(words) is None


def test_a_misspelt_city_finds_its_likes() -> None:
    assert zones.near_places("Amstrdam")[0].zone == "Europe/Amsterdam"
    assert zones.near_places("x") == []


def test_a_location_finds_its_zone() -> None:
    assert zones.nearest_zone(-33.87, 151.2).zone == "Australia/Sydney"
    assert zones.nearest_zone(-17.7, 178.1).zone == "Pacific/Fiji"


def test_a_clock_finds_the_places_that_show_it() -> None:
    noon = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
    for shown in (17 * 60 + 45, 17 * 60 + 38, 17 * 60 + 52):
        assert [place.zone for place in zones.by_clock(shown, noon)] == ["Asia/Kathmandu"]
    assert "Pacific/Fiji" in {place.zone for place in zones.by_clock(0, noon, limit=50)}, "midnight is ahead"
    assert zones.by_clock(17 * 60 + 22, noon) == []


def test_a_zone_that_is_gone_counts_as_utc() -> None:
    assert zones.known("Mars/Olympus").key == "UTC"
    assert zones.known(None).key == "UTC"

"""What a button sends back survives the way, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import callback_data
from bot.rendering.callback_data import BadData, Hint, Place, Rate, Setup, Tap, Try, Wish

KINDS = [
    kind
    for kind in vars(callback_data).values()
    if isinstance(kind, type) and issubclass(kind, Tap) and kind is not Tap
]


@given(ask_id=st.integers(0, 10**18 - 1), rating=st.integers(0, 9))
def test_there_and_back(ask_id: int, rating: int) -> None:
    tap = Rate(ask_id, rating)
    assert Rate.parse(tap.encode()) == tap
    assert len(tap.encode().encode()) <= 64


def test_words_may_hold_colons_at_the_end() -> None:
    assert Place.parse(Place("09:30 Europe/Berlin").encode()).words == "09:30 Europe/Berlin"
    assert Wish.parse("1:wi:zone:Etc/GMT-3") == Wish("zone", "Etc/GMT-3")
    assert Setup.parse("1:su:time:-") == Setup("time", "-")
    assert Try.parse("1:try") == Try()


def test_every_kind_is_its_own() -> None:
    assert len({kind.kind for kind in KINDS}) == len(KINDS) > 15


def test_too_long_is_noticed_before_telegram_does() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Place("x" * 65).encode()


@given(
    st.one_of(
        st.none(), st.text(max_size=70), st.from_regex(r"[0-9]:[a-z]{2}(:[0-9a-z-]*){0,4}", fullmatch=True)
    )
)
def test_anything_is_parsed_or_refused(data: str | None) -> None:
    for kind in KINDS:
        try:
            tap = kind.parse(data)
        except BadData:
            continue
        assert kind.parse(tap.encode()) == tap


@pytest.mark.parametrize(
    "data",
    ["1:hi", "1:hi:", "1:hi:1:2", "2:hi:1", "1:hi:-1", "1:hi:1.5", "1:hi:٣", " 1:hi:1", "1:hi:" + "9" * 19],
)
def test_near_misses_are_refused(data: str) -> None:
    with pytest.raises(BadData):
        Hint.parse(data)

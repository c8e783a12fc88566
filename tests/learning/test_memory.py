"""FSRS behind our own words, without its traps."""

import sys
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.memory import UNSEEN, Card, fades_on, retrievability, reviewed
from bot.learning.rating import Rating

DAY = 739_900


def test_first_review_has_the_package_stability():
    stabilities = [reviewed(UNSEEN, rating, DAY).stability for rating in Rating]
    assert stabilities == pytest.approx([0.212, 1.293, 2.307, 8.296], abs=0.001)


def test_a_night_slept_is_a_day():
    """Reviewed in the evening and the next morning: 24 hours have not passed, a day has."""
    first = reviewed(UNSEEN, Rating.GOOD, DAY)
    assert retrievability(first, DAY + 1) == pytest.approx(0.947, abs=0.001)
    assert reviewed(first, Rating.GOOD, DAY + 1).stability == pytest.approx(7.32, abs=0.01)


def test_twice_on_a_day_is_no_night():
    first = reviewed(UNSEEN, Rating.GOOD, DAY)
    assert retrievability(first, DAY) == 1.0
    assert reviewed(first, Rating.GOOD, DAY).stability < 3


def test_a_miss_left_alone_is_rosy():
    """Why the number is not shown for a missed question."""
    missed = reviewed(UNSEEN, Rating.AGAIN, DAY)
    recalls = [retrievability(missed, DAY + days) for days in (7, 30, 60)]
    assert recalls == pytest.approx([0.58, 0.47, 0.42], abs=0.01)


def test_neither_clock_nor_chance_is_used(monkeypatch):
    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            raise AssertionError("read the clock")

    def sleep(seconds):
        raise AssertionError("slept")

    monkeypatch.setattr(sys.modules["fsrs.card"], "datetime", Stopped)
    monkeypatch.setattr(sys.modules["fsrs.scheduler"], "datetime", Stopped)
    monkeypatch.setattr(sys.modules["fsrs.card"].time, "sleep", sleep)
    monkeypatch.setattr(sys.modules["fsrs.scheduler"], "random", lambda: pytest.fail("drew a number"))
    card = UNSEEN
    for rating in Rating:
        card = reviewed(card, rating, DAY + 10 * rating)
        retrievability(card, DAY + 60)


def test_an_earlier_day_counts_as_the_cards_last():
    card = reviewed(UNSEEN, Rating.GOOD, DAY)
    assert reviewed(card, Rating.AGAIN, DAY - 30) == reviewed(card, Rating.AGAIN, DAY)
    assert retrievability(card, DAY - 30) == 1.0


def test_unseen_is_not_recalled():
    assert retrievability(UNSEEN, DAY) == 0
    assert not UNSEEN.rated
    assert retrievability(Card(asked_day=DAY), DAY + 1) == 0


def test_misses_are_counted_and_cleared_by_a_right_answer():
    card = reviewed(reviewed(UNSEEN, Rating.AGAIN, DAY), Rating.AGAIN, DAY + 7)
    assert (card.missed, card.misses) == (True, 2)
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        assert (reviewed(card, rating, DAY + 14).missed, reviewed(card, rating, DAY + 14).misses) == (
            False,
            2,
        )


def test_a_right_answer_in_a_group_does_not_clear_a_miss():
    missed = reviewed(UNSEEN, Rating.AGAIN, DAY)
    assert reviewed(missed, Rating.HARD, DAY + 7, group=True).missed
    known = reviewed(UNSEEN, Rating.GOOD, DAY)
    assert not reviewed(known, Rating.HARD, DAY + 7, group=True).missed
    assert reviewed(known, Rating.AGAIN, DAY + 7, group=True).missed


@pytest.mark.parametrize("rating", list(Rating))
def test_fades_on_the_first_day_below(rating):
    card = reviewed(UNSEEN, rating, DAY)
    day = fades_on(card, 0.85)
    assert retrievability(card, day) < 0.85 <= retrievability(card, day - 1)


def test_idle_counts_from_the_last_time_it_was_shown():
    assert UNSEEN.idle(DAY) == float("inf")
    assert Card(asked_day=DAY).idle(DAY + 3) == 3
    assert Card(stability=1.0, last_day=DAY).idle(DAY + 3) == 3
    assert Card(stability=1.0, last_day=DAY, asked_day=DAY + 2).idle(DAY + 3) == 1


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(Rating)), min_size=1, max_size=30))
def test_the_same_as_the_package_with_its_own_card(steps):
    """What is kept of a card (stability, difficulty, last day) is all that the package needs."""
    model = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    theirs, ours, day = fsrs.Card(card_id=7), UNSEEN, DAY
    for days, rating in steps:
        day += days
        noon = datetime.fromordinal(day).replace(hour=12, tzinfo=UTC)
        theirs, _ = model.review_card(theirs, fsrs.Rating(rating), noon)
        ours = reviewed(ours, rating, day)
        assert (ours.stability, ours.difficulty, ours.last_day) == (theirs.stability, theirs.difficulty, day)
        later = model.get_card_retrievability(theirs, noon + timedelta(days=9))
        assert retrievability(ours, day + 9) == later

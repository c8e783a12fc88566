"""Difficulty from everyone's first answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning import Count, difficulties
from bot.learning.odds import logit

LEVELS = {"easy": "junior", "fair": "middle", "hard": "senior", "odd": "wizard"}


def test_before_there_are_answers_the_level_speaks():
    assert difficulties({}, LEVELS) == {"easy": -0.7, "fair": 0.0, "hard": 0.7, "odd": 0.0}
    few = {question: Count(29, 0) for question in LEVELS}
    assert difficulties(few, LEVELS)["easy"] == -0.7


def test_enough_answers_by_hand():
    counts = {"fair": Count(40, 10), "odd": Count(60, 50)}
    overall = 60 / 100
    found = difficulties(counts, LEVELS)
    assert found["fair"] == pytest.approx(logit(overall) - logit((10 + 5 * overall) / 45))
    assert found["odd"] == pytest.approx(logit(overall) - logit((50 + 5 * overall) / 65))


def test_the_level_still_weighs_five_answers():
    counts = {question: Count(40, 20) for question in LEVELS}
    found = difficulties(counts, LEVELS)
    assert found["easy"] < found["fair"] == 0 < found["hard"]
    assert abs(found["hard"]) < 0.1


@given(st.dictionaries(st.sampled_from(list(LEVELS)), st.tuples(st.integers(0, 10**6), st.floats(0, 1))))
def test_always_within_two(counts):
    counts = {question: Count(answers, int(answers * share)) for question, (answers, share) in counts.items()}
    assert all(-2 <= difficulty <= 2 for difficulty in difficulties(counts, LEVELS).values())

"""Readiness and its range."""

from random import Random

import pytest

from bot.learning import Card, Learner, Pool, State, new_state, readiness, record, retrievability
from tests.learning.properties import START, WEAK, bank

DAY = START + 60


def answered(days: int, known: float) -> State:
    state, luck = new_state(bank(), 1), Random(5)
    for day in range(days):
        for number in range(12):
            record(state, f"topic{number:02}-{day:02}", luck.random() < known, START + day)
    return state


def test_at_first_anything_is_possible():
    overall = readiness(new_state(bank(), 1), DAY).overall
    assert overall.share == pytest.approx(0.5)
    assert overall.low < 0.2
    assert overall.high > 0.8
    assert (overall.seen, overall.total) == (0, 480)


def test_answers_narrow_the_range_around_what_is_known():
    widths = []
    for days in (0, 1, 3, 10):
        overall = readiness(answered(days, 0.3), START + days).overall
        widths.append(overall.high - overall.low)
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.2


def test_it_is_the_mean_of_chances_by_hand():
    cards = {"topic00-00": Card(9.0, 5.0, DAY - 4), "topic00-01": Card(0.2, 6.0, DAY - 4, 1, missed=True)}
    state = State(1, Pool.build(bank(2, 2)), cards, Learner())
    seen, missed = (retrievability(card, DAY) for card in cards.values())
    result = readiness(state, DAY)
    assert result.topics["topic00"].share == pytest.approx((seen + (missed + 0.5) / 2) / 2)
    assert result.topics["topic01"].share == pytest.approx(0.5)
    assert result.overall.share == pytest.approx((seen + (missed + 0.5) / 2 + 0.5 + 0.5) / 4)
    assert (result.topics["topic00"].seen, result.overall.seen) == (2, 2)


def test_difficulty_moves_fresh_questions():
    hard = dict.fromkeys(bank(), 2.0)
    easy = dict.fromkeys(bank(), -2.0)
    shares = [readiness(new_state(bank(), 1, difficulty=d), DAY).overall.share for d in (hard, None, easy)]
    assert shares == sorted(shares)
    assert shares[0] < 0.2


def test_an_estimate_from_hard_questions_is_better_news():
    """Half of the hard ones known says more than half of the easy ones."""
    shares = []
    for difficulty in (-1.5, 0.0, 1.5):
        state = new_state(bank(2, 20), 1, difficulty={f"topic00-{n:02}": difficulty for n in range(8)})
        for number in range(8):
            record(state, f"topic00-{number:02}", number % 2 == 0, DAY)
        shares.append(readiness(state, DAY).topics["topic00"].share)
    assert shares == sorted(shares)
    assert shares[2] - shares[0] > 0.1


def test_only_chosen_topics():
    state = answered(2, 0.5)
    state.pool = state.pool.narrow(WEAK)
    assert set(readiness(state, DAY).topics) == set(WEAK)


def test_an_empty_pool_is_no_crash():
    assert readiness(new_state({}, 1), DAY).overall.total == 0


def test_the_range_covers_about_eight_of_ten():
    """Learners of every strength, topics drawn around it, a few answers each; then all is put to the test."""
    inside = runs = 0
    for seed in range(300):
        luck = Random(seed)
        strength = luck.uniform(0.15, 0.85)
        knows = {}
        for question, topic in bank().items():
            share = min(max(strength + Random(f"{seed}{topic}").gauss(0, 0.15), 0.02), 0.98)
            knows[question] = luck.random() < share
        state = new_state(bank(), seed)
        for question in luck.sample(list(knows), seed % 40):
            record(state, question, knows[question], DAY)
        found = readiness(state, DAY).overall
        inside += found.low <= sum(knows.values()) / len(knows) <= found.high
        runs += 1
    assert 0.7 <= inside / runs <= 0.95

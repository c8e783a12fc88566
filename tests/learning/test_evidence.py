"""Topic posteriors, by hand."""

import pytest

from bot.learning.evidence import Evidence

HALF = 0.5 ** (1 / 6)


def test_nothing_is_known_at_first():
    assert Evidence().weights("orm") == (2.0, 2.0)
    assert Evidence().estimate("orm") == 0.5


def test_first_answers_by_hand():
    evidence = Evidence().after("orm", known=True).after("orm", known=False).after("orm", known=False)
    assert evidence.topics["orm"] == pytest.approx((HALF**2, HALF + 1))
    assert (evidence.ok, evidence.no) == (2, 3)
    ok, no = HALF**2 + 4 * 2 / 5, HALF + 1 + 4 * 3 / 5
    assert evidence.weights("orm") == pytest.approx((ok, no))
    assert evidence.estimate("orm") == pytest.approx(ok / (ok + no))


def test_six_answers_halve():
    evidence = Evidence().after("orm", known=True)
    for _ in range(6):
        evidence = evidence.after("orm", known=False)
    assert evidence.topics["orm"][0] == pytest.approx(0.5)


def test_other_topics_move_only_the_overall_rate():
    evidence = Evidence().after("orm", known=False).after("orm", known=False)
    assert "security" not in evidence.topics
    assert evidence.estimate("security") == pytest.approx(1 / 4)


def test_a_right_guess_counts_in_part():
    """Half known, one of four options: a right answer is knowledge with weight .5 / (.5 + .5 / 4) = .8."""
    evidence = Evidence().after("orm", known=True, guess=0.25)
    assert evidence.topics["orm"] == pytest.approx((0.8, 0.2))
    assert (evidence.ok, evidence.no) == pytest.approx((1.8, 1.2))


def test_a_wrong_guess_counts_in_full():
    assert Evidence().after("orm", known=False, guess=0.25).topics["orm"] == (0, 1)


def test_many_guesses_do_not_look_like_knowledge():
    """Someone who guesses all the time is right in a quarter and gets a low estimate."""
    evidence = Evidence()
    for number in range(200):
        evidence = evidence.after("orm", known=number % 4 == 0, guess=0.25)
    assert evidence.estimate("orm") < 0.1

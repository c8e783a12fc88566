"""What one answer changes."""

import pytest

from bot.learning import Rating, choose, mark_asked, new_state, record
from tests.learning.properties import START, bank

FIRST, SECOND = "topic00-01", "topic00-02"


@pytest.fixture
def state():
    return new_state(bank(), 1)


def test_the_change_is_one_card_and_one_learner(state):
    change = record(state, FIRST, True, START)
    assert (change.question, change.rating, change.first) == (FIRST, Rating.GOOD, True)
    assert change.card is state.cards[FIRST]
    assert change.learner is state.learner
    assert list(state.cards) == [FIRST]
    assert not record(state, FIRST, True, START + 9).first


@pytest.mark.parametrize("got", [True, "hard", "easy", False])
def test_only_first_answers_are_evidence_and_hard_is_no_miss(state, got):
    record(state, FIRST, got, START)
    ok = float(got is not False)
    assert state.learner.evidence.topics == {"topic00": (ok, 1 - ok)}
    before = state.learner.evidence
    record(state, FIRST, not got, START + 9)
    assert state.learner.evidence is before


def test_hard_is_not_missed(state):
    assert not record(state, FIRST, "hard", START).card.missed
    assert state.missed == set()
    record(state, FIRST, False, START)
    assert state.missed == {FIRST}


def test_credit_of_daily_answers(state):
    for number in range(9):
        record(state, f"topic00-{number:02}", True, START)
    assert state.learner.credit == 1.5
    record(state, FIRST, True, START + 10)
    assert state.learner.credit == pytest.approx(0.5)
    for _ in range(40):
        record(state, FIRST, True, START + 10)
    assert state.learner.credit == pytest.approx(-1.0)


def test_credit_grows_faster_near_the_interview():
    near = new_state(bank(), 1, START + 2, set_day=START - 60)
    record(near, FIRST, True, START)
    assert near.learner.credit == pytest.approx(0.6)


def test_on_demand_is_evidence_and_a_review_but_no_daily_question(state):
    change = record(state, FIRST, False, START, daily=False)
    assert (change.card.missed, change.learner.evidence.no) == (True, 2)
    assert (change.learner.credit, change.learner.asks, change.learner.recent) == (0, 0, ())


def test_group_answers(state):
    right = record(state, FIRST, True, START, 0.25, True)
    assert right.rating is Rating.HARD
    assert right.learner.evidence.topics["topic00"] == pytest.approx((0.8, 0.2))
    assert (right.learner.credit, right.learner.asks, right.learner.recent) == (0, 0, ())
    record(state, SECOND, False, START)
    assert record(state, SECOND, True, START + 8, 0.25, True).card.missed
    assert not record(state, SECOND, True, START + 9).card.missed


def test_a_question_is_noted_once_whether_it_was_marked_or_not(state):
    question = choose(state, START)
    mark_asked(state, question, START)
    assert state.learner.recent == (question,)
    record(state, question, True, START)
    record(state, "topic05-05", True, START)
    assert state.learner.recent == (question, "topic05-05")
    for number in range(5):
        record(state, f"topic03-0{number}", True, START)
    assert len(state.learner.recent) == 4


def test_a_mark_is_gone_once_it_is_rated(state):
    mark_asked(state, FIRST, START)
    mark_asked(state, FIRST, START - 5)
    assert state.cards[FIRST].asked_day == START
    assert record(state, FIRST, True, START).card.asked_day is None


def test_thousands_of_ratings_on_a_day_and_a_clock_set_back(state):
    for number in range(3000):
        record(state, FIRST, ("easy", False, "hard", True)[number % 4], START - number % 50)
    card = state.cards[FIRST]
    assert (card.last_day, card.misses) == (START, 750)
    assert 0 < card.stability < 36500
    assert choose(state, START) is not None


def test_set_day_is_the_first_answer_if_nobody_said():
    state = new_state(bank(), 1, START + 60)
    record(state, FIRST, True, START)
    record(state, SECOND, True, START + 20)
    assert state.set_day == START


def test_a_wrong_outcome_changes_nothing(state):
    with pytest.raises(ValueError, match="not an outcome"):
        record(state, FIRST, "perhaps", START)
    assert not state.cards
    assert state.learner.asks == 0

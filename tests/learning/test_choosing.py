"""Single choices: lanes, reasons, gaps, questions that come and go."""

from dataclasses import replace

import pytest

from bot.learning import (
    Card,
    Kind,
    Lane,
    Learner,
    Pool,
    State,
    choose,
    choose_with_reason,
    due_day,
    is_leech,
    mark_asked,
    new_state,
    record,
    retrievability,
)
from tests.learning.properties import START, bank

DAY = START + 100
OWED = Learner(credit=1.0)


def missed(days: int, misses: int = 1, stability: float = 0.2) -> Card:
    return Card(stability, 6.4, DAY - days, misses, missed=True)


def known(days: int, stability: float = 2.3) -> Card:
    return Card(stability, 5.0, DAY - days)


def state(cards: dict[str, Card], learner: Learner = OWED, **more: int) -> State:
    return State(1, Pool.build(bank(4, 5)), dict(cards), learner, **more)


def test_the_first_question_says_so():
    choice = choose_with_reason(new_state(bank(), 1), DAY)
    assert (choice.lane, choice.reason.kind, choice.reason.share) == (Lane.NEW, Kind.FIRST, 0.5)


def test_a_new_question_names_its_topic_and_what_is_known_of_it():
    fresh = new_state(bank(), 1)
    for topic in sorted(set(bank().values())):
        record(fresh, f"{topic}-01", topic == "topic01", DAY)
    reason = choose_with_reason(fresh, DAY).reason
    assert reason.kind is Kind.NEW
    assert reason.share == fresh.learner.evidence.estimate(reason.topic) != 0.5
    assert (reason.days, reason.recall) == (None, None)


def test_a_topic_without_answers_has_no_number_to_show():
    fresh = new_state({"a-1": "a", "a-2": "a", "b-1": "b"}, 1)
    record(fresh, "a-1", False, DAY)
    record(fresh, "a-2", False, DAY)
    reason = choose_with_reason(fresh, DAY).reason
    assert (reason.topic, reason.kind) == ("b", Kind.FIRST)


def test_choosing_changes_nothing():
    fresh = new_state(bank(), 1)
    record(fresh, "topic00-01", True, DAY)
    before = repr(fresh)
    assert choose(fresh, DAY) == choose(fresh, DAY)
    assert repr(fresh) == before


def test_the_least_likely_recalled_miss_returns():
    cards = {"topic00-00": missed(9), "topic01-00": missed(30), "topic02-00": known(60)}
    choice = choose_with_reason(state(cards), DAY)
    assert (choice.question, choice.lane) == ("topic01-00", Lane.RETURN)
    reason = choice.reason
    assert (reason.kind, reason.days, reason.misses, reason.recall) == (Kind.MISSED, 30, 1, None)


def test_a_faded_one_returns_only_when_no_miss_waits():
    cards = {"topic00-00": missed(6), "topic02-00": known(60), "topic03-00": known(20)}
    choice = choose_with_reason(state(cards), DAY)
    assert (choice.question, choice.reason.kind, choice.reason.days) == ("topic02-00", Kind.FADED, 60)
    assert choice.reason.recall == retrievability(cards["topic02-00"], DAY) < 0.85


@pytest.mark.parametrize(
    ("card", "waits"),
    [
        (missed(7), True),
        (missed(6), False),
        (missed(13, misses=3), False),
        (missed(14, misses=3), True),
        (missed(20)._replace(asked_day=DAY - 6), False),
        (missed(20)._replace(asked_day=DAY - 7), True),
        (known(10), True),
        (known(9), False),
        (known(40, stability=200.0), False),
    ],
)
def test_what_waits(card, waits):
    choice = choose_with_reason(state({"topic00-00": card}), DAY)
    assert (choice.question == "topic00-00") is waits


def test_due_day_is_the_day_it_starts_to_wait():
    for card in (missed(0), missed(0, misses=3), known(0), known(0, 30.0), missed(3)._replace(asked_day=DAY)):
        held = state({"topic00-00": card})
        due = due_day(card)
        assert choose(held, due) == "topic00-00"
        assert choose(held, due - 1) != "topic00-00"
    with pytest.raises(ValueError, match="without a review"):
        due_day(Card(asked_day=DAY))


@pytest.mark.parametrize(("days_left", "near"), [(-1, False), (0, True), (10, True), (11, False)])
def test_near_is_the_last_ten_days_of_sixty(days_left, near):
    dates = {"interview_day": DAY + days_left, "set_day": DAY + days_left - 60}
    held = state({"topic00-00": missed(3)}, **dates)
    assert (choose(held, DAY) == "topic00-00") is near
    assert held.return_share(DAY) == (0.6 if near else 0.2)


@pytest.mark.parametrize(("span", "window"), [(2, 3), (10, 3), (30, 6), (45, 9), (400, 10)])
def test_near_is_a_fifth_of_the_time_from_three_to_ten_days(span, window):
    held = state({}, interview_day=DAY, set_day=DAY - span)
    assert held.near(DAY - window)
    assert not held.near(DAY - window - 1)


def test_without_credit_nothing_returns_while_something_is_unseen():
    cards = {"topic00-00": missed(30)}
    assert choose_with_reason(state(cards, Learner(credit=0.7)), DAY).lane is Lane.NEW
    assert choose_with_reason(state(cards, Learner(credit=0.8)), DAY).lane is Lane.RETURN


def test_four_fifths_and_a_fifth_are_one():
    """Credit is a sum of binary fractions of .2; the fifth question returns nevertheless."""
    held = state({"topic00-00": missed(30), "topic01-00": missed(30)}, Learner())
    lanes = []
    for _ in range(5):
        choice = choose_with_reason(held, DAY)
        lanes.append(choice.lane)
        record(held, choice.question, True, DAY)
    assert lanes == [Lane.NEW] * 4 + [Lane.RETURN]


def test_all_seen_returns_without_credit():
    cards = {question: known(11) for question in bank(4, 5)}
    choice = choose_with_reason(state(cards, Learner(credit=-1.0)), DAY)
    assert choice.lane is Lane.RETURN


def test_nothing_allowed_gives_the_faintest_but_not_of_today():
    cards = {question: known(0) for question in bank(4, 5)} | {"topic01-01": known(2), "topic02-02": known(3)}
    held = state(cards)
    assert choose(held, DAY) == "topic02-02"
    held.put("topic02-02", known(0))
    assert choose(held, DAY) == "topic01-01"
    held.put("topic01-01", known(0))
    assert choose(held, DAY) is None


def test_a_worn_topic_is_shut_in_both_lanes():
    recent = ("topic00-01", "topic00-02")
    cards = {"topic00-00": missed(30), "topic01-00": missed(8)}
    assert choose(state(cards, replace(OWED, recent=recent)), DAY) == "topic01-00"
    choice = choose_with_reason(state({"topic00-00": missed(30)}, replace(OWED, recent=recent)), DAY)
    assert choice.lane is Lane.NEW
    assert choice.reason.topic != "topic00"


def test_a_worn_topic_opens_when_nothing_else_is_left():
    cards = {question: known(0, 100.0) for question in bank(4, 5) if not question.startswith("topic00")}
    held = state(cards, Learner(recent=("topic00-01", "topic00-02")))
    assert choose(held, DAY).startswith("topic00")


def test_shown_and_not_rated_rests_for_the_gap_and_stays_unseen():
    held = State(1, Pool.build(bank(1, 2)))
    card = mark_asked(held, "topic00-01", DAY)
    assert (card, card.rated) == (Card(asked_day=DAY), False)
    assert held.learner.evidence == Learner().evidence
    assert (held.learner.asks, held.learner.credit) == (0, 0)
    assert choose(held, DAY + 6) == "topic00-00"
    held.put("topic00-00", Card(2.3, 5.0, DAY + 6))
    choice = choose_with_reason(held, DAY + 7)
    assert (choice.question, choice.lane) == ("topic00-01", Lane.NEW)


def test_unrated_questions_do_not_bring_one_topic_for_ever():
    held = new_state(bank(), 4)
    topics = []
    for day in range(30):
        question = choose(held, DAY + day)
        mark_asked(held, question, DAY + day)
        topics.append(held.pool.topic_of[question])
    assert all(len(set(trio)) > 1 for trio in zip(topics, topics[1:], topics[2:], strict=False))


def test_a_removed_question_is_not_asked():
    held = state({"gone": missed(30), "topic00-00": missed(8)})
    assert choose(held, DAY) == "topic00-00"
    record(held, "gone", True, DAY)
    assert held.learner.evidence == Learner().evidence


def test_topics_that_were_not_chosen_are_not_asked_but_count():
    held = state({"topic00-00": missed(30)})
    held.pool = held.pool.narrow(["topic01"])
    assert choose(held, DAY).startswith("topic01")
    record(held, "topic02-01", False, DAY, daily=False)
    assert held.learner.evidence.topics == {"topic02": (0.0, 1.0)}


def test_a_new_question_enters_with_difficulty_zero():
    cards = {question: known(0, 100.0) for question in bank(4, 5)}
    held = State(1, Pool.build(bank(4, 5) | {"topic02-zz": "topic02"}, {"topic02-00": 2.0}), cards, Learner())
    assert choose(held, DAY) == "topic02-zz"


def test_difficulty_leads_to_what_can_be_learned():
    """Half of the topic is known: of very easy, middling hard and hopeless, the second is asked."""
    topic_of = {"easy": "orm", "fair": "orm", "hopeless": "orm"}
    difficulty = {"easy": -2.0, "fair": 1.3, "hopeless": 9.0}
    assert {choose(new_state(topic_of, seed, difficulty=difficulty), DAY) for seed in range(9)} == {"fair"}


def test_what_cannot_be_learned_in_one_look_is_not_worth_most():
    """Of two topics, the one whose only question is hopeless waits, though it is surely not known."""
    topic_of = {"hopeless": "orm", "fair": "tests"}
    difficulty = {"hopeless": 9.0, "fair": 1.3}
    assert {choose(new_state(topic_of, seed, difficulty=difficulty), DAY) for seed in range(9)} == {"fair"}


def test_of_equal_recall_the_longest_unasked_returns():
    cards = {question: Card(asked_day=DAY - 1) for question in bank(4, 5)}
    cards["topic03-02"] = Card(asked_day=DAY - 4)
    assert choose(state(cards), DAY) == "topic03-02"


def test_leech():
    assert is_leech(missed(0, misses=4))
    assert not is_leech(missed(0, misses=3))
    assert not is_leech(Card(1.0, 9.0, DAY, misses=5))

"""Orders for /quiz."""

from bot.learning import Card, Evidence, Learner, Pool, State, missed, on_demand, record, weak, weakest_topics
from tests.learning.properties import START, bank

DAY = START + 50
CARDS = {
    "topic00-00": Card(2.3, 5.0, DAY - 3),
    "topic00-01": Card(2.3, 5.0, DAY - 30),
    "topic00-02": Card(asked_day=DAY - 1),
    "topic01-00": Card(0.2, 6.4, DAY - 2, 1, missed=True),
    "topic01-01": Card(0.2, 6.4, DAY - 20, 2, missed=True),
    "gone": Card(0.2, 6.4, DAY - 20, 2, missed=True),
}


def state(seed=1, learner=None):
    return State(seed, Pool.build(bank(5, 4)), dict(CARDS), learner or Learner())


def test_unseen_first_then_the_longest_unasked():
    order = on_demand(state(), [f"topic00-0{number}" for number in range(4)], 9, DAY)
    assert order == ["topic00-03", "topic00-01", "topic00-00", "topic00-02"]


def test_never_twice_in_a_quiz_and_fewer_if_there_are_fewer():
    held, candidates, asked = state(), list(bank(2, 4)), []
    for _ in range(20):
        for question in on_demand(held, candidates, 1, DAY, asked):
            asked.append(question)
            record(held, question, False, DAY, daily=False)
    assert sorted(asked) == sorted(candidates)
    assert on_demand(held, [*candidates, *candidates], 99, DAY, asked[:5]) != []
    assert on_demand(held, candidates, 0, DAY) == []


def test_unseen_ones_come_in_an_order_of_the_users_own():
    orders = {tuple(on_demand(state(seed), list(bank(5, 4)), 9, DAY)) for seed in range(4)}
    assert len(orders) == 4
    assert on_demand(state(), list(bank(5, 4)), 9, DAY) == on_demand(state(), reversed(bank(5, 4)), 9, DAY)


def test_missed_until_known_least_likely_recalled_first():
    held = state()
    assert missed(held, DAY) == ["topic01-01", "topic01-00"]
    record(held, "topic01-01", True, DAY, 0.25, True)
    assert "topic01-01" in missed(held, DAY)
    record(held, "topic01-01", "hard", DAY, daily=False)
    assert missed(held, DAY) == ["topic01-00"]


def test_weakest_topics_in_turn():
    evidence = Evidence()
    for topic, known in (("topic03", False), ("topic03", False), ("topic02", False), ("topic00", True)):
        evidence = evidence.after(topic, known=known)
    held = state(learner=Learner(evidence))
    assert weakest_topics(held)[:2] == ["topic03", "topic02"]
    quiz = weak(held, 6, DAY)
    assert [held.pool.topic_of[question] for question in quiz[:2]] == ["topic03", "topic02"]
    assert {held.pool.topic_of[question] for question in quiz[:3]} == set(weakest_topics(held))
    assert len(set(quiz)) == 6
    one_by_one = []
    for _ in range(6):
        one_by_one += weak(held, 1, DAY, one_by_one)
    assert one_by_one == quiz

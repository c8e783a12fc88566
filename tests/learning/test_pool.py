"""The sorted questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.odds import logit, sigmoid
from bot.learning.pool import Pool

TOPIC_OF = {"b": "orm", "a": "orm", "c": "orm", "d": "tests"}


def test_order_of_the_bank_does_not_matter():
    turned = dict(reversed(TOPIC_OF.items()))
    difficulty = {"a": 1.0, "b": -1.0}
    pool = Pool.build(TOPIC_OF, difficulty)
    assert pool.shelves == Pool.build(turned, difficulty).shelves
    assert list(pool.shelves) == list(Pool.build(turned).shelves) == ["orm", "tests"]
    assert pool.shelves["orm"].difficulties == (-1.0, 0.0, 1.0)
    assert pool.shelves["orm"].questions == (("b",), ("c",), ("a",))


def test_narrow_shares_the_lists():
    pool = Pool.build(TOPIC_OF)
    orm = pool.narrow(["orm", "gone"])
    assert list(orm.shelves) == ["orm"]
    assert orm.shelves["orm"] is pool.shelves["orm"]
    assert (orm.holds("a"), orm.holds("d"), orm.holds("gone")) == (True, False, False)


@pytest.mark.parametrize("topics", [[], ["gone"]])
def test_no_topic_left_means_all(topics):
    pool = Pool.build(TOPIC_OF)
    assert pool.narrow(topics) is pool


def test_only_askable_ones_are_offered_but_all_have_their_topic():
    pool = Pool.build(TOPIC_OF, askable={"a", "d", "unknown"})
    assert pool.shelves["orm"].questions == (("a",),)
    assert (pool.holds("a"), pool.holds("b"), pool.topic_of["b"]) == (True, False, "orm")


@given(
    st.lists(st.integers(-8, 8).map(lambda quarter: quarter / 4), min_size=1, max_size=20),
    st.floats(0.01, 0.99),
    st.sets(st.integers(0, 19)),
)
def test_nearest_is_the_nearest_of_all(difficulties, known, taken):
    """The same as looking at every question."""
    topic_of = {f"q{number:02}": "orm" for number in range(len(difficulties))}
    difficulty = dict(zip(topic_of, difficulties, strict=True))
    free = {question for number, question in enumerate(topic_of) if number not in taken}
    shelf = Pool.build(topic_of, difficulty).shelves["orm"]

    place = shelf.nearest(known, set(topic_of) - free)

    chances = [sigmoid(logit(known) - 0.8 * difficulty[question]) for question in free]
    if not chances:
        assert place is None
    else:
        index, chance = place
        assert abs(chance - 0.25) == pytest.approx(min(abs(chance - 0.25) for chance in chances))
        assert free.intersection(shelf.questions[index])
        assert chance == sigmoid(logit(known) - 0.8 * shelf.difficulties[index])

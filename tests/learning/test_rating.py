"""Outcomes in words become ratings."""

import pytest

from bot.learning import Rating, rating_of


@pytest.mark.parametrize(
    ("got", "alone", "in_group"),
    [
        (True, Rating.GOOD, Rating.HARD),
        (False, Rating.AGAIN, Rating.AGAIN),
        ("hard", Rating.HARD, Rating.HARD),
        ("easy", Rating.EASY, Rating.HARD),
        (Rating.AGAIN, Rating.AGAIN, Rating.AGAIN),
        (Rating.GOOD, Rating.GOOD, Rating.HARD),
    ],
)
def test_outcomes(got, alone, in_group):
    assert rating_of(got) is alone
    assert rating_of(got, group=True) is in_group


@pytest.mark.parametrize("got", ["got it", 3, 0, None])
def test_anything_else_is_refused(got):
    with pytest.raises(ValueError, match="not an outcome"):
        rating_of(got)


def test_only_again_is_a_miss():
    assert [rating.known for rating in Rating] == [False, True, True, True]


def test_numbers_are_the_stored_ones():
    assert [(rating.name, rating.value) for rating in Rating] == [
        ("AGAIN", 1),
        ("HARD", 2),
        ("GOOD", 3),
        ("EASY", 4),
    ]

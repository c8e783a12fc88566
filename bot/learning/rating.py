"""The four ratings, and what an outcome in plain words means as one of them."""

from enum import IntEnum
from typing import TypeAlias


class Rating(IntEnum):
    """How well the user remembered. The numbers are the ones that are stored.

    Only AGAIN is a miss. HARD is "known, with doubt": to take it for a miss is the classic misuse of Anki.
    """

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def known(self) -> bool:
        """Whether the answer was known, doubt or not."""
        return self is not Rating.AGAIN


Got: TypeAlias = "Rating | bool | str"
"""An outcome: a Rating, True (got it), False (missed), "hard" or "easy"."""

_WORDS = {"again": Rating.AGAIN, "hard": Rating.HARD, "good": Rating.GOOD, "easy": Rating.EASY}


def rating_of(got: Got, *, group: bool = False) -> Rating:
    """Turn an outcome into a rating.

    Right in a group is HARD: the options were in sight, and others talk. Rating is tested for before
    bool, because True equals 1 and 1 is AGAIN. A plain number is refused for the same reason.

    Raises:
        ValueError: `got` is none of the outcomes.
    """
    rating: Rating | None
    if isinstance(got, Rating):
        rating = got
    elif isinstance(got, bool):
        rating = Rating.GOOD if got else Rating.AGAIN
    else:
        rating = _WORDS.get(got)
    if rating is None:
        raise ValueError(f"not an outcome: {got!r}")
    return Rating.HARD if group and rating.known else rating

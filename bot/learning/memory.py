"""One user's memory of one question. The formulas are the `fsrs` package's, with its default parameters.

In go a card, a rating and a day; out comes the new card. A day is the ordinal of the user's local date.

What has to be avoided around the package (seen in version 6.3.2):
- it counts whole 24 hours, so that 09:00 and 08:50 the next day are "the same day". Every review is put at
  noon UTC of the local date, so that a night slept is a day;
- a card made without an id sleeps and reads the clock, and so does one without a due date: both are given;
- fuzz draws from the global `random`: off. Default steps are minutes: none;
- times must carry exactly `timezone.utc`.
"""

import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import fsrs

from bot.learning.rating import Rating

_MODEL = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_FAR = 36500
"""Days; the package's longest interval."""


class Card(NamedTuple):
    """What is known about one user and one question. A tuple: a broadcast makes twenty for each message.

    Attributes:
        stability: days until recall falls to 90 %; None before the first review.
        difficulty: 1 to 10, as FSRS means it; None before the first review.
        last_day: day of the last review.
        misses: how often it was missed, ever.
        missed: whether the last answer was a miss (a right answer in a group does not clear it).
        asked_day: day it was last shown and has not been rated since; None when there is none.
    """

    stability: float | None = None
    difficulty: float | None = None
    last_day: int | None = None
    misses: int = 0
    missed: bool = False
    asked_day: int | None = None

    @property
    def rated(self) -> bool:
        """Whether there is any review: if not, the question counts as unseen."""
        return self.stability is not None

    @property
    def shown_day(self) -> int | None:
        """Day it was last shown, rated or not; None if it never was."""
        if self.last_day is None or self.asked_day is None:
            return self.last_day if self.asked_day is None else self.asked_day
        return max(self.last_day, self.asked_day)

    def idle(self, day: int) -> float:
        """Days from when it was last shown to `day`; infinite if it never was."""
        shown = self.shown_day
        return math.inf if shown is None else day - shown


UNSEEN = Card()


@lru_cache(maxsize=4096)
def _noon(day: int) -> datetime:
    """Noon UTC of a day. The count starts at the year 1, a day early, so that day 0 exists as well.

    A simulator may number its days from 0; only differences between days reach the formulas.
    """
    return datetime(1, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)


def _theirs(card: Card, day: int) -> fsrs.Card:
    """The package's card. Without steps a reviewed card is in its Review state."""
    if card.last_day is None:
        return fsrs.Card(card_id=1, due=_noon(day))
    last = _noon(card.last_day)
    return fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=last,
        last_review=last,
    )


def reviewed(card: Card, rating: Rating, day: int, *, group: bool = False) -> Card:
    """The card after one more review.

    Args:
        card: before the review; `UNSEEN` for the first.
        rating: as stored, already Hard for a right answer in a group.
        day: taken for the card's last day if it is earlier (a clock set back, a flight westwards).
        group: answered in a group's quiz: a right answer there does not clear a missed question.
    """
    day = day if card.last_day is None else max(day, card.last_day)
    after, _ = _MODEL.review_card(_theirs(card, day), fsrs.Rating(rating), _noon(day))
    return card._replace(
        stability=after.stability,
        difficulty=after.difficulty,
        last_day=day,
        misses=card.misses + (not rating.known),
        missed=not rating.known or (group and card.missed),
        asked_day=None,
    )


def retrievabilities(cards: Iterable[Card], day: int) -> Iterator[float]:
    """Chance of recall of each card on a day; 0 for one never rated. One object of the package serves all."""
    theirs = fsrs.Card(card_id=1, state=fsrs.State.Review, due=_noon(day))
    today = _noon(day)
    for card in cards:
        theirs.stability = card.stability
        theirs.last_review = None if card.last_day is None else _noon(card.last_day)
        yield _MODEL.get_card_retrievability(theirs, today)


def retrievability(card: Card, day: int) -> float:
    """Chance of recall on a day; 0 for a card never rated.

    Optimistic for an answer that was missed and then read once: the parameters come from people who drill
    a miss the same day. Good for an order; not to be shown as a probability of a missed question.
    """
    return next(retrievabilities((card,), day))


def fades_on(card: Card, recall: float) -> int:
    """First day on which the chance of recall is below `recall` (searched for, not solved: no formulas here).

    Raises:
        ValueError: the card was never rated, so that there is nothing to fade.
    """
    if card.last_day is None:
        raise ValueError("a card without a review cannot fade")
    low, high = 0, _FAR
    while low < high:
        middle = (low + high) // 2
        if retrievability(card, card.last_day + middle) < recall:
            high = middle
        else:
            low = middle + 1
    return card.last_day + low

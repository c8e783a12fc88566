"""A chosen question and the reason for it, in numbers; rendering makes the sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Lane(StrEnum):
    """Where a daily question comes from."""

    NEW = "new"
    RETURN = "return"


class Kind(StrEnum):
    """Why a question was chosen."""

    FIRST = "first"
    """Nothing is known of the user yet."""
    NEW = "new"
    """Not seen yet, from the topic with most to gain."""
    MISSED = "missed"
    """Missed last time."""
    FADED = "faded"
    """Known once, long ago."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question was chosen, with the real numbers. It holds plain values, so that it can be stored.

    Attributes:
        kind: which of the sentences.
        topic: of the question.
        share: share of the topic's fresh questions that the user knows, before this one (first and new).
        days: since the last review (missed and faded).
        recall: chance of recall now (faded only: for a missed question the number is too rosy to show).
        misses: how often it was missed so far (missed).
    """

    kind: Kind
    topic: str
    share: float | None = None
    days: int | None = None
    recall: float | None = None
    misses: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A question to ask, its lane and the reason."""

    question: str
    lane: Lane
    reason: Reason

"""How hard a question is, learned from everyone's first answers. Worth more than any formula of choice.

A question has two counters: first answers, and those of them that were known. They grow by one with an
answer (`Change.first`); the difficulties are computed from them once a day, as a snapshot that is stored,
so that the same answers give the same questions all day long. Answers with something to guess, and those
in groups, are not counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.learning.odds import logit, sigmoid

LEVELS = {"junior": -0.7, "middle": 0.0, "senior": 0.7}
"""Log odds by the level that an author gave: what is believed before there are answers."""

PRIOR_ANSWERS = 5
"""The author's level counts as this many answers."""

ENOUGH = 30
"""First answers to a question before they are used: at 30 the noise is about .4 in log odds."""

LIMIT = 2.0
"""No question is believed harder or easier than this."""


@dataclass(frozen=True, slots=True)
class Count:
    """First answers to one question: how many, and how many of them were known."""

    answers: int = 0
    known: int = 0


def difficulties(counts: Mapping[str, Count], levels: Mapping[str, str]) -> dict[str, float]:
    """Difficulty of every question, in log odds: 0 is average, positive is harder.

    With m the share of all first answers that were known, and a prior of five answers at the author's
    level, it is logit(m) - logit((known + 5 * prior) / (answers + 5)), clipped to -2 .. 2.

    Users are asked what they may not know, so that a question is met more often by those it is hard for;
    nothing corrects for that.

    Args:
        counts: question -> count; questions without answers may be left out.
        levels: question -> junior, middle or senior; an unknown level counts as middle.
    """
    answers = sum(count.answers for count in counts.values())
    known = sum(count.known for count in counts.values())
    average = logit(min(max(known / answers, 0.01), 0.99)) if answers else 0.0
    return {
        question: _difficulty(counts.get(question, Count()), LEVELS.get(level, 0.0), average)
        for question, level in levels.items()
    }


def _difficulty(count: Count, level: float, average: float) -> float:
    if count.answers < ENOUGH:
        return level
    prior = PRIOR_ANSWERS * sigmoid(average - level)
    learned = average - logit((count.known + prior) / (count.answers + PRIOR_ANSWERS))
    return min(max(learned, -LIMIT), LIMIT)

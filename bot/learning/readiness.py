"""Readiness: the share of the chosen topics' questions that the user would probably answer today.

How it is computed. Each question has a chance: a seen one its retrievability, an unseen one the topic's
share of known first answers, taken down or up by the question's difficulty. One missed last time has the
lower of the two. Readiness is the mean of the chances.

The range covers eight of ten cases. It adds up what is not known: the topic's share (variance of its Beta
distribution), the user's overall rate, which all topics lean on, and the luck of each single question. At
the start it is wide, because nothing is known; it narrows with answers.

Where it is wrong.
- Answers are the user's own ratings. Nobody checks them; an interviewer does.
- Retrievability comes from other people's flashcards, with default parameters. Nothing is fitted.
- A missed and read answer counts little until it was known once. It may well have been learned.
- The policy asks questions that the user probably does not know. Where difficulty is not known yet, first
  answers are a fair sample; where it is, they are the harder ones, and the share comes out too low.
- Evidence fades (half after six answers in a topic), so the range of a topic never gets narrow.
- An interview has questions that are not in the bank.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.learning import dials
from bot.learning.memory import retrievabilities
from bot.learning.odds import beta_moments, logit, sigmoid
from bot.learning.state import State

_SPREAD = 1.2816
"""Standard deviations to either side that hold 80 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of questions, 0 to 1.

    Attributes:
        share: what to expect.
        low, high: range that covers eight of ten cases.
        seen: questions rated at least once.
        total: questions in all.
    """

    share: float
    low: float
    high: float
    seen: int
    total: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """The share in all, and of each chosen topic."""

    overall: Share
    topics: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over questions; `luck` is variance, the slopes say how the sum moves with a rate."""

    chances: float
    luck: float
    own_variance: float
    shared_slope: float
    seen: int
    total: int


def readiness(state: State, day: int) -> Readiness:
    """How ready the user is on a day. Costs a look at every question of the chosen topics.

    Args:
        state: of the user.
        day: the user's local date.
    """
    sums = {topic: _summed(state, topic, day) for topic in state.pool.shelves}
    shared = beta_moments(state.learner.evidence.ok, state.learner.evidence.no)[1]
    return Readiness(
        _share(list(sums.values()), shared), {topic: _share([own], shared) for topic, own in sums.items()}
    )


def _summed(state: State, topic: str, day: int) -> _Sums:
    shelf, evidence = state.pool.shelves[topic], state.learner.evidence
    ok, no = evidence.weights(topic)
    estimate, variance = beta_moments(ok, no)
    chances = luck = slope = 0.0
    seen = total = 0
    for difficulty, questions in zip(shelf.difficulties, shelf.questions, strict=True):
        fresh = sigmoid(logit(estimate) - dials.DIFFICULTY_SLOPE * difficulty)
        cards = [state.card(question) for question in questions]
        for card, recall in zip(cards, retrievabilities(cards, day), strict=True):
            guessed = not card.rated or (card.missed and fresh < recall)
            chance = fresh if guessed else recall
            chances += chance
            luck += chance * (1 - chance)
            slope += guessed
            seen += card.rated
        total += len(questions)
    shared_slope = slope * dials.PRIOR_WEIGHT / (ok + no)
    return _Sums(chances, luck, slope**2 * variance, shared_slope, seen, total)


def _share(sums: list[_Sums], shared_variance: float) -> Share:
    total = sum(own.total for own in sums)
    if not total:
        return Share(0.0, 0.0, 0.0, 0, 0)
    share = sum(own.chances for own in sums) / total
    variance = sum(own.luck + own.own_variance for own in sums)
    variance += sum(own.shared_slope for own in sums) ** 2 * shared_variance
    reach = _SPREAD * math.sqrt(variance) / total
    return Share(
        share, max(0.0, share - reach), min(1.0, share + reach), sum(own.seen for own in sums), total
    )

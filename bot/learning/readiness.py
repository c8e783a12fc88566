"""Readiness: the share of the chosen topics' questions that the user would probably answer today.

How it is computed. Each question has a chance. A seen one: its retrievability. An unseen one: the topic's
share of known first answers, moved by how much harder or easier it is than the questions that were asked.
One missed last time: halfway between the two, as the answer was read, but not drilled. Readiness is the mean
of the chances.

The range is meant to cover eight of ten cases. It adds up what is not known: the topic's share (variance of
its Beta distribution), the user's overall rate, on which all topics lean, how far the memory model may be
off for one person, and the luck of each single question. At the start it is wide; it narrows with answers.

Where it is wrong.
- Answers are the user's own ratings. Nobody checks them; an interviewer does.
- Retrievability comes from other people's flashcards, with default parameters. Nothing is fitted. What was
  known before the bot fades slower than the model says, so those who learned elsewhere look less ready.
- What practice in a topic does for its unseen questions shows only as first answers get better.
- So on simulated people it comes out right to ten points too low, and the range holds the truth less often
  than it should where practice reaches unseen questions; `benchmarks/learning.py` prints both.
- Evidence fades (half after six answers in a topic), so the range of a topic never gets narrow.
- An interview has questions that are not in the bank.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from bot.learning import dials
from bot.learning.memory import retrievabilities
from bot.learning.odds import beta_moments, logit, sigmoid
from bot.learning.state import State

_SPREAD = 1.2816
"""Standard deviations to either side that hold 80 % of a normal distribution."""

_DOUBT = 0.08
"""How far the memory model may be off for one person, on average over the questions seen, as a deviation."""


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
    log_odds = logit(estimate) + dials.DIFFICULTY_SLOPE * _asked_difficulty(state, topic)
    chances = luck = slope = 0.0
    seen = total = 0
    for difficulty, questions in zip(shelf.difficulties, shelf.questions, strict=True):
        fresh = sigmoid(log_odds - dials.DIFFICULTY_SLOPE * difficulty)
        cards = [state.card(question) for question in questions]
        for card, recall in zip(cards, retrievabilities(cards, day), strict=True):
            weight = 1.0 if not card.rated else 0.5 if card.missed else 0.0
            chance = weight * fresh + (1 - weight) * recall
            chances += chance
            luck += chance * (1 - chance)
            slope += weight
            seen += card.rated
        total += len(questions)
    shared_slope = slope * dials.PRIOR_WEIGHT / (ok + no)
    return _Sums(chances, luck, slope**2 * variance, shared_slope, seen, total)


def _asked_difficulty(state: State, topic: str) -> float:
    """Difficulty of what the topic's estimate speaks of: the questions seen, and the prior's average ones."""
    shelf = state.pool.shelves[topic]
    seen = [
        difficulty
        for difficulty, questions in zip(shelf.difficulties, shelf.questions, strict=True)
        for question in questions
        if state.card(question).rated
    ]
    own = sum(state.learner.evidence.topics.get(topic, (0.0, 0.0)))
    return fmean(seen) * own / (own + dials.PRIOR_WEIGHT) if seen else 0.0


def _share(sums: list[_Sums], shared_variance: float) -> Share:
    total = sum(own.total for own in sums)
    if not total:
        return Share(0.0, 0.0, 0.0, 0, 0)
    share = sum(own.chances for own in sums) / total
    variance = sum(own.luck + own.own_variance for own in sums)
    variance += sum(own.shared_slope for own in sums) ** 2 * shared_variance
    variance += (_DOUBT * sum(own.seen for own in sums)) ** 2
    reach = _SPREAD * math.sqrt(variance) / total
    return Share(
        share, max(0.0, share - reach), min(1.0, share + reach), sum(own.seen for own in sums), total
    )

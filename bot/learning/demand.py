"""Questions on demand: orders for /quiz. The gap and the rule against runs are for daily questions only."""

import hashlib
from collections.abc import Collection, Iterable

from bot.learning.return_lane import faintest
from bot.learning.state import State

WEAKEST = 3
"""So many topics make up "your weakest topics"."""


def on_demand(
    state: State, candidates: Iterable[str], count: int, day: int, asked: Collection[str] = ()
) -> list[str]:
    """The next questions of a quiz: unseen ones first, then the longest unasked.

    Args:
        state: of the user.
        candidates: questions that fit what was asked for.
        count: how many are wanted; fewer come back if there are fewer.
        day: the user's local date.
        asked: questions of this quiz so far: none comes twice.
    """
    left = set(candidates).difference(asked)
    return sorted(left, key=lambda question: _longest_unasked(state, question, day))[: max(0, count)]


def missed(state: State, day: int) -> list[str]:
    """What was missed last time, least likely recalled first; empty once all of it is known."""
    open_ones = [question for question in state.missed if question in state.pool.askable]
    return [question for _, question in faintest(state, open_ones, day)]


def weakest_topics(state: State, count: int = WEAKEST) -> list[str]:
    """The chosen topics of which the user knows least, weakest first."""
    return sorted(state.pool.shelves, key=lambda topic: (state.learner.evidence.estimate(topic), topic))[
        :count
    ]


def weak(state: State, count: int, day: int, asked: Collection[str] = ()) -> list[str]:
    """The next questions from the weakest topics, in turn, each topic in the order of `on_demand`.

    Args: as for `on_demand`. The turn goes on where the quiz so far left it.
    """
    left = {
        topic: on_demand(state, _questions(state, topic), count, day, asked)
        for topic in weakest_topics(state)
    }
    done = {topic: sum(state.pool.topic_of.get(question) == topic for question in asked) for topic in left}
    order = [
        (done[topic] + turn, rank, question)
        for rank, (topic, questions) in enumerate(left.items())
        for turn, question in enumerate(questions)
    ]
    return [question for _, _, question in sorted(order)[: max(0, count)]]


def _questions(state: State, topic: str) -> list[str]:
    return [question for level in state.pool.shelves[topic].questions for question in level]


def _longest_unasked(state: State, question: str, day: int) -> tuple[float, bytes]:
    """Sort key: never shown is infinitely long ago; equals are in an order of the user's own."""
    shuffle = hashlib.blake2b(f"{state.seed}:{question}".encode(), digest_size=8).digest()
    return -state.card(question).idle(day), shuffle

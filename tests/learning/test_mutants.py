"""Each way to break the policy is noticed by the property that is there for it.

What has to be caught: no topic adaptation, a gap of one day, no returns, all returns, no limit on runs; and
some more that would be easy to write by mistake.
"""

from random import Random
from typing import NamedTuple

import pytest

from bot import learning
from bot.learning import dials, evidence, new_lane, policy, return_lane
from tests.learning import properties


class Mutant(NamedTuple):
    """A broken policy: what is replaced by what, and the property that must fail."""

    name: str
    patches: tuple[tuple[object, str, object], ...]
    caught_by: object


MUTANTS = (
    Mutant(
        "no topic adaptation",
        ((evidence.Evidence, "weights", lambda self, topic: (2.0, 2.0)),),
        properties.weak_topics_come_more_often,
    ),
    Mutant(
        "strong topics preferred",
        (
            (
                evidence.Evidence,
                "weights",
                lambda self, topic, right=evidence.Evidence.weights: right(self, topic)[::-1],
            ),
        ),
        properties.weak_topics_come_more_often,
    ),
    Mutant(
        "early answers outweigh late ones",
        ((evidence, "_KEEP", 1.6),),
        properties.mastered_topic_steps_back,
    ),
    Mutant("a gap of one day", ((dials, "GAP", 1),), properties.nothing_returns_within_the_gap),
    Mutant("no returns", ((dials, "RETURN_SHARE", 0.0),), properties.one_in_five_returns),
    Mutant("all returns", ((dials, "RETURN_SHARE", 1.0),), properties.one_in_five_returns),
    Mutant("no limit on runs", ((dials, "RUN", 1000),), properties.no_three_in_a_row),
    Mutant(
        "the limit on runs has no way out",
        ((policy, "choose_with_reason", lambda state, day: None),),
        properties.one_topic_shows_all,
    ),
    Mutant(
        "missed questions never return",
        ((return_lane, "_wait", lambda card, gap: 10**6),),
        properties.missed_questions_return,
    ),
    Mutant(
        "luck of the moment",
        ((new_lane, "Random", lambda seed: Random()),),
        properties.same_answers_same_questions,
    ),
    Mutant(
        "the same luck for everyone",
        ((new_lane, "Random", lambda seed: Random(seed.split(":")[1])),),
        properties.same_answers_same_questions,
    ),
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_is_caught(mutant, monkeypatch):
    for owner, name, value in mutant.patches:
        monkeypatch.setattr(owner, name, value)
    with pytest.raises((AssertionError, KeyError)):
        mutant.caught_by(learning)


class FirstTopic:
    """Drills one topic for ever."""

    new_state = staticmethod(learning.new_state)
    record = staticmethod(learning.record)

    @staticmethod
    def choose(state, day):
        first = state.pool.shelves[properties.TOPICS[0]].questions
        unseen = [question for level in first for question in level if question not in state.cards]
        return unseen[0] if unseen else learning.choose(state, day)


def test_a_policy_that_never_leaves_its_topic_is_caught():
    with pytest.raises(AssertionError, match="topics tried"):
        properties.every_topic_is_tried(FirstTopic)

"""The new lane: an unseen question from the topic with most to gain."""

from random import Random

from bot.learning import dials
from bot.learning.choice import Choice, Kind, Lane, Reason
from bot.learning.state import State


def fresh(state: State, day: int, shut: str | None = None) -> Choice | None:
    """The unseen question worth most, or None if there is none.

    The share of each topic that the user knows is drawn from its distribution, so that a topic with little
    evidence is tried now and then. The generator is seeded by the user and the count of answers: to ask
    twice gives the same.

    Args:
        state: of the user.
        day: the user's local date.
        shut: a topic that may not be asked now.
    """
    generator = Random(f"{state.seed}:{state.learner.asks}")  # noqa: S311 - a choice, not a secret
    gap = state.gap(day)
    taken = {question for question, card in state.cards.items() if card.rated or card.idle(day) < gap}
    best: tuple[float, str, int] | None = None
    for topic, shelf in state.pool.shelves.items():
        ok, no = state.learner.evidence.weights(topic)
        known = generator.betavariate(dials.DRAW_WEIGHT * ok, dials.DRAW_WEIGHT * no)
        place = None if topic == shut else shelf.nearest(known, taken)
        if place is None:
            continue
        index, chance = place
        worth = (1 - chance) * (dials.ZONE + chance)
        if best is None or worth > best[0]:
            best = worth, topic, index
    if best is None:
        return None
    _, topic, index = best
    ties = [question for question in state.pool.shelves[topic].questions[index] if question not in taken]
    return Choice(ties[int(generator.random() * len(ties))], Lane.NEW, reason(state, topic))


def reason(state: State, topic: str) -> Reason:
    """Why a new question of this topic."""
    evidence = state.learner.evidence
    kind = Kind.NEW if topic in evidence.topics else Kind.FIRST
    return Reason(kind, topic, share=evidence.estimate(topic))

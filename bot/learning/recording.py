"""An answer comes in: what changes in the state. One card and one learner, nothing else."""

from dataclasses import dataclass, replace

from bot.learning import dials
from bot.learning.memory import Card, reviewed
from bot.learning.rating import Got, Rating, rating_of
from bot.learning.state import Learner, State


@dataclass(frozen=True, slots=True)
class Change:
    """What an answer changed: the two rows to write.

    Attributes:
        question: the one that was answered.
        rating: as it is stored; a right answer in a group is Hard.
        first: whether it was the first answer to the question: evidence, and one count of its difficulty.
        card: the card now.
        learner: the learner now.
    """

    question: str
    rating: Rating
    first: bool
    card: Card
    learner: Learner


def record(
    state: State,
    question: str,
    got: Got,
    day: int,
    guess: float = 0.0,
    group: bool = False,
    *,
    daily: bool = True,
    topic: str | None = None,
) -> Change:
    """Take an answer in. The state is changed in place.

    Args:
        state: of the user.
        question: also one that left the bank since it was asked.
        got: True, False, "hard", "easy" or a Rating.
        day: the user's local date; never taken for earlier than the card's last.
        guess: chance of being right without knowing, 1 / options of a multiple choice.
        group: answered in a group's quiz, before the reveal.
        daily: whether it was asked by `choose`. Answers on demand and in groups touch neither the credit
            nor the count of daily questions.
        topic: of the question; None asks the pool, and a question that is not there is no evidence.

    Raises:
        ValueError: `got` is no outcome.
    """
    rating = rating_of(got, group=group)
    before = state.card(question)
    first = not before.rated
    learner = state.learner
    if daily and not group:
        learner = _paid(state, question, day, back=not first)
    topic = topic or state.pool.topic_of.get(question)
    if first and topic is not None:
        evidence = learner.evidence.after(topic, known=rating.known, guess=guess)
        learner = replace(learner, evidence=evidence)
    state.put(question, reviewed(before, rating, day, group=group))
    state.learner = learner
    if state.set_day is None:
        state.set_day = day
    return Change(question, rating, first, state.card(question), learner)


def _paid(state: State, question: str, day: int, *, back: bool) -> Learner:
    """The learner after a daily answer: a return costs one credit, and each answer earns its share."""
    learner = state.learner
    credit = min(dials.CREDIT_CAP, learner.credit + state.return_share(day)) - back
    noted = question in learner.recent and state.card(question).asked_day is not None
    return replace(
        learner,
        credit=max(dials.CREDIT_FLOOR, credit),
        asks=learner.asks + 1,
        recent=learner.recent if noted else learner.shown(question),
    )


def mark_asked(state: State, question: str, day: int, *, daily: bool = True) -> Card:
    """Note that a question was shown and may never be rated.

    Nothing is recorded about what the user knows, and an unseen question stays unseen. It rests for the
    gap, and a daily one counts in the rule against runs of one topic (`state.learner.recent`).

    Returns:
        The card, to be written if the question goes out.
    """
    card = state.card(question)
    card = card._replace(asked_day=day if card.asked_day is None else max(day, card.asked_day))
    state.put(question, card)
    if daily:
        state.learner = replace(state.learner, recent=state.learner.shown(question))
    return card

"""The return lane: a missed question, or else a faded one, least likely to be recalled first."""

from collections.abc import Iterable

from bot.learning import dials, new_lane
from bot.learning.choice import Choice, Kind, Lane, Reason
from bot.learning.memory import Card, fades_on, retrievabilities, retrievability
from bot.learning.state import State


def _wait(card: Card, gap: int) -> int:
    """Days that a missed question rests."""
    return dials.STUBBORN_GAP if card.misses >= dials.STUBBORN_MISSES else gap


def faintest(state: State, questions: Iterable[str], day: int) -> list[tuple[float, str]]:
    """The questions with their retrievability, lowest first; of equal ones the longest unasked."""
    cards = [(question, state.card(question)) for question in questions]
    recalls = retrievabilities((card for _, card in cards), day)
    ranked = [
        (recall, -card.idle(day), str(question), question)
        for (question, card), recall in zip(cards, recalls, strict=True)
    ]
    return [(recall, question) for recall, _, _, question in sorted(ranked)]


def returning(state: State, day: int, shut: str | None = None) -> Choice | None:
    """What should return now, or None if nothing waits: missed questions before faded ones.

    Args:
        state: of the user.
        day: the user's local date.
        shut: a topic that may not be asked now.
    """
    gap, pool = state.gap(day), state.pool

    def open_to(question: str) -> bool:
        return pool.holds(question) and pool.topic_of[question] != shut

    missed = [
        question
        for question in state.missed
        if open_to(question) and state.cards[question].idle(day) >= _wait(state.cards[question], gap)
    ]
    if missed:
        return explain(state, faintest(state, missed, day)[0][1], day)
    rested = [
        question
        for question, card in state.cards.items()
        if card.rated and not card.missed and card.idle(day) >= dials.FADED_DAYS and open_to(question)
    ]
    faded = faintest(state, rested, day)
    if faded and faded[0][0] < dials.FADED_RECALL:
        return explain(state, faded[0][1], day)
    return None


def last_resort(state: State, day: int) -> Choice | None:
    """When nothing may be asked: the least likely recalled, nothing twice a day; None if all were asked."""
    questions = [
        question
        for shelf in state.pool.shelves.values()
        for level in shelf.questions
        for question in level
        if state.card(question).idle(day) > 0
    ]
    ranked = faintest(state, questions, day)
    return explain(state, ranked[0][1], day) if ranked else None


def due_day(card: Card, *, near: bool = False) -> int:
    """First day on which the policy may ask a rated question again; it may come later, as only some return.

    This is what "it comes back from ..." may promise, not the day on which the memory model would drill it:
    that is tomorrow for every miss, and to do so is the trap that this policy avoids.

    Args:
        card: after its last review.
        near: whether the interview is near.

    Raises:
        ValueError: the card was never rated.
    """
    shown = card.shown_day
    if shown is None or not card.rated:
        raise ValueError("a card without a review has no due day")
    if card.missed:
        return shown + _wait(card, dials.NEAR_GAP if near else dials.GAP)
    return max(shown + dials.FADED_DAYS, fades_on(card, dials.FADED_RECALL))


def is_leech(card: Card) -> bool:
    """Whether to stop repeating it: missed four times or more, the last time included."""
    return card.missed and card.misses >= dials.LEECH_MISSES


def explain(state: State, question: str, day: int) -> Choice:
    """Say why a question comes, whoever chose it: new, missed so many days ago, or known once and fading."""
    card, topic = state.card(question), state.pool.topic_of[question]
    if card.last_day is None:
        return Choice(question, Lane.NEW, new_lane.reason(state, topic))
    days = max(0, day - card.last_day)
    if card.missed:
        return Choice(question, Lane.RETURN, Reason(Kind.MISSED, topic, days=days, misses=card.misses))
    recall = retrievability(card, day)
    return Choice(question, Lane.RETURN, Reason(Kind.FADED, topic, days=days, recall=recall))

"""Cards and evidence out of the append-only log: for a corrected rating, and for a rebuild.

A correction is a review of its own that names the one it replaces. It says "I pressed the wrong button",
not "I was asked again". So it enters at the place of the one it replaces, with that one's day, guess, group
and daily: only the rating is its own. What stands after that is replayed in order through `record`, the
function that took the answers in. `correct` and `rebuild` therefore end in the same cards and evidence, to
the last bit.

Two things are no part of the log: questions shown and not rated (mark them again from the asks), and an
interview date that was changed since (the credit, and nothing else, is then as if today's date had always
been the date).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.learning.evidence import Evidence
from bot.learning.memory import UNSEEN, Card, reviewed
from bot.learning.pool import Pool
from bot.learning.rating import Rating
from bot.learning.recording import Change, record
from bot.learning.state import State


@dataclass(frozen=True, slots=True)
class Review:
    """One line of the log.

    Attributes:
        id: grows with time.
        question: that was answered.
        day: the user's local date, as an ordinal.
        rating: as stored.
        guess: chance of being right without knowing.
        group: answered in a group's quiz.
        daily: asked by the policy.
        topic: of the question then; None asks the pool.
        replaces: id of the review that this one corrects.
    """

    id: int
    question: str
    day: int
    rating: Rating
    guess: float = 0.0
    group: bool = False
    daily: bool = True
    topic: str | None = None
    replaces: int | None = None


def standing(log: Iterable[Review]) -> list[Review]:
    """The reviews that count, in order: each corrected one at its place with its last rating.

    Args:
        log: of one user, by id. A correction of something that is not in the log stands for itself.
    """
    places: dict[int, Review] = {}
    origin: dict[int, int] = {}
    for review in log:
        first = None if review.replaces is None else origin.get(review.replaces)
        if first is None:
            places[review.id], origin[review.id] = review, review.id
        else:
            places[first] = replace(places[first], rating=review.rating)
            origin[review.id] = first
    return list(places.values())


def replay(reviews: Iterable[Review]) -> Card:
    """The card of one question after these standing reviews of it."""
    card = UNSEEN
    for review in reviews:
        card = reviewed(card, review.rating, review.day, group=review.group)
    return card


def evidence_of(reviews: Iterable[Review], pool: Pool) -> Evidence:
    """The evidence in these standing reviews, of which only first answers count."""
    evidence = Evidence()
    seen: set[str] = set()
    for review in reviews:
        topic = review.topic or pool.topic_of.get(review.question)
        if review.question not in seen and topic is not None:
            evidence = evidence.after(topic, known=review.rating.known, guess=review.guess)
        seen.add(review.question)
    return evidence


def correct(state: State, log: Iterable[Review], question: str) -> Change:
    """Bring the state up to date after a correction was added to the log.

    Args:
        state: of the user, changed in place. The credit does not move: a rating has no part in it.
        log: of the user, by id, the correction included. If `question` was answered more than once, its
            own reviews are enough.
        question: whose review was corrected.

    Returns:
        The card and the learner to write. `first` says that the corrected answer was the first one, so
        that the question's count of difficulty changes too.

    Raises:
        ValueError: the log has no review of the question.
    """
    reviews = standing(log)
    mine = [review for review in reviews if review.question == question]
    if not mine:
        raise ValueError(f"no review of {question} in the log")
    state.put(question, replay(mine)._replace(asked_day=state.card(question).asked_day))
    if len(mine) == 1:
        state.learner = replace(state.learner, evidence=evidence_of(reviews, state.pool))
    return Change(question, mine[-1].rating, len(mine) == 1, state.card(question), state.learner)


def rebuild(
    seed: object,
    pool: Pool,
    log: Iterable[Review],
    *,
    interview_day: int | None = None,
    set_day: int | None = None,
) -> State:
    """The state after the log of one user, from nothing. Arguments as for `State`."""
    state = State(seed, pool, interview_day=interview_day, set_day=set_day)
    for review in standing(log):
        record(
            state,
            review.question,
            review.rating,
            review.day,
            review.guess,
            review.group,
            daily=review.daily,
            topic=review.topic,
        )
    return state

"""What the policy knows of one user. A service builds it from rows; a simulator makes a fresh one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.learning import dials
from bot.learning.evidence import Evidence
from bot.learning.memory import UNSEEN, Card
from bot.learning.pool import Pool


@dataclass(frozen=True, slots=True)
class Learner:
    """One row a user: everything but the cards.

    Attributes:
        evidence: first answers by topic and in all.
        credit: claim to a returning question, in questions.
        asks: daily questions answered; it seeds the generator.
        recent: the last daily questions, oldest first, for the rule against runs of one topic.
    """

    evidence: Evidence = field(default_factory=Evidence)
    credit: float = 0.0
    asks: int = 0
    recent: tuple[str, ...] = ()

    def shown(self, question: str) -> tuple[str, ...]:
        """`recent` with one more question."""
        return (*self.recent, question)[-dials.RECENT :]


@dataclass(slots=True)
class State:
    """All that a choice depends on, besides the day. `record` and `mark_asked` change it in place.

    Attributes:
        seed: of the user; any value whose text is stable, such as the user's id.
        pool: the questions, shared with other users.
        cards: question -> card; also of questions that left the bank, which are then not asked.
        learner: the rest.
        interview_day: ordinal of the interview's date, if there is one.
        set_day: when that date was set; None means the day of the next answer.
        missed: the questions missed last time; follows `cards`.
    """

    seed: object
    pool: Pool
    cards: dict[str, Card] = field(default_factory=dict)
    learner: Learner = field(default_factory=Learner)
    interview_day: int | None = None
    set_day: int | None = None
    missed: set[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.missed = {question for question, card in self.cards.items() if card.missed}

    def card(self, question: str) -> Card:
        """The question's card; an empty one if there is none."""
        return self.cards.get(question, UNSEEN)

    def put(self, question: str, card: Card) -> None:
        """Replace the question's card."""
        self.cards[question] = card
        if card.missed:
            self.missed.add(question)
        else:
            self.missed.discard(question)

    def near(self, day: int) -> bool:
        """Whether the interview is near: the last fifth of the time since its date was set, 3 to 10 days."""
        if self.interview_day is None:
            return False
        span = self.interview_day - (day if self.set_day is None else self.set_day)
        shortest, longest = dials.NEAR_DAYS
        window = min(max(span * dials.NEAR_FRACTION, shortest), longest)
        return 0 <= self.interview_day - day <= window

    def return_share(self, day: int) -> float:
        """Share of daily questions that should return."""
        return dials.NEAR_RETURN_SHARE if self.near(day) else dials.RETURN_SHARE

    def gap(self, day: int) -> int:
        """Days before a question may be asked again."""
        return dials.NEAR_GAP if self.near(day) else dials.GAP


def new_state(
    topic_of: Mapping[str, str],
    seed: object,
    interview_day: int | None = None,
    per_day: int = 1,
    *,
    difficulty: Mapping[str, float] | None = None,
    set_day: int | None = None,
) -> State:
    """The state of a user who has not been asked anything.

    Args:
        topic_of: question -> topic.
        seed: the user; the same seed, answers and difficulty give the same questions.
        interview_day: day of the interview, or None.
        per_day: questions a day. Nothing depends on it.
        difficulty: question -> log odds, positive is harder than average; see `difficulty.py`.
        set_day: when the interview's date was set; None means the day of the first answer.
    """
    return State(seed, Pool.build(topic_of, difficulty), interview_day=interview_day, set_day=set_day)

"""Four laws of learning, three of which are not the policy's own memory model.

The answer is always shown, so every question teaches; how much, and how it fades, is the law. All are
models by one author: they say what a policy does if people learn like this, not that they do.
"""

import math
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Protocol

import fsrs
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from benchmarks.learning_people import TOPICS, Person
from bot.learning.odds import sigmoid

_NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Law(Protocol):
    """How one person's memory moves."""

    def recall(self, question: str, day: int) -> float:
        """Chance of answering the question on a day."""
        ...

    def show(self, question: str, day: int, right: bool) -> None:
        """Asked, answered right or not, and the answer read."""
        ...


class Flashcards:
    """FSRS-6, each parameter of the person's own; what was known before is not forgotten."""

    def __init__(self, person: Person) -> None:
        luck = Random(f"fsrs {person.seed}")
        bounds = zip(DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
        own = [min(max(value * math.exp(luck.gauss(0, 0.25)), low), high) for value, low, high in bounds]
        self.model = fsrs.Scheduler(own, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        self.known = {question for question, odds in person.prior.items() if luck.random() < sigmoid(odds)}
        self.cards: dict[str, fsrs.Card] = {}

    def recall(self, question: str, day: int) -> float:
        """Known before, or as FSRS has it."""
        if question in self.known:
            return 0.97
        card = self.cards.get(question)
        return 0.03 if card is None else self.model.get_card_retrievability(card, _NOON + timedelta(days=day))

    def show(self, question: str, day: int, right: bool) -> None:
        """Reviewed, Good or Again; what was known before stays as it is."""
        if question not in self.known:
            now = _NOON + timedelta(days=day)
            card = self.cards.get(question) or fsrs.Card(card_id=1, due=now)
            rating = fsrs.Rating.Good if right else fsrs.Rating.Again
            self.cards[question], _ = self.model.review_card(card, rating, now)


class Ability:
    """Item response theory: practice raises the ability in a topic, a little also in the two beside it.

    What was seen has a half-life that doubles with a success.
    """

    def __init__(self, person: Person) -> None:
        luck = Random(f"topic {person.seed}")
        self.person = person
        self.gain = 0.14 * math.exp(luck.gauss(0, 0.25))
        self.start = 5.0 * math.exp(luck.gauss(0, 0.25))
        self.raised: dict[str, float] = defaultdict(float)
        self.seen: dict[str, tuple[int, float]] = {}

    def recall(self, question: str, day: int) -> float:
        """Able to, or seen not long ago."""
        able = sigmoid(self.person.prior[question] + self.raised[self.person.topic_of[question]])
        last, half_life = self.seen.get(question, (0, 0.0))
        fresh = 0.9 * 0.5 ** ((day - last) / half_life) if half_life else 0.0
        return 1 - (1 - able) * (1 - fresh)

    def show(self, question: str, day: int, right: bool) -> None:
        """Ability in the topic and beside it goes up, by half for a repeat."""
        topic = self.person.topic_of[question]
        place = TOPICS.index(topic)
        step = self.gain * (1.2 - sigmoid(self.person.prior[question] + self.raised[topic]))
        step *= 0.5 if question in self.seen else 1.0
        self.raised[topic] += step
        for beside in (TOPICS[place - 1], TOPICS[(place + 1) % len(TOPICS)]):
            self.raised[beside] += 0.25 * step
        last, half_life = self.seen.get(question, (day, 0.0))
        grown = half_life * (2.0 if right and day > last else 1.2)
        self.seen[question] = day, max(self.start, grown)


class Windows:
    """DASH: log odds from counts of views and successes within 1, 7 and 30 days and ever.

    After Lindsey and others 2014; weights are the person's own. Hard means slow to learn.
    """

    SPANS = ((1, 0.5, 0.2), (7, 0.5, 0.3), (30, 0.6, 0.4), (10**6, 0.5, 0.6))
    """Days, weight of views, weight of successes."""

    def __init__(self, person: Person) -> None:
        luck = Random(f"dash {person.seed}")
        self.prior = person.prior
        self.spans = [(days, view * math.exp(luck.gauss(0, 0.25)), win) for days, view, win in self.SPANS]
        self.pace = {question: 2 * sigmoid(-0.9 * hard) for question, hard in person.hardness.items()}
        self.views: dict[str, list[tuple[int, bool]]] = defaultdict(list)

    def recall(self, question: str, day: int) -> float:
        """Prior log odds and what the windows add."""
        views = self.views.get(question)
        if not views:
            return sigmoid(self.prior[question])
        learned = 0.0
        for days, view, win in self.spans:
            recent = [right for shown, right in views if day - shown <= days]
            learned += view * math.log1p(len(recent)) + win * math.log1p(sum(recent))
        return sigmoid(self.prior[question] + self.pace[question] * learned)

    def show(self, question: str, day: int, right: bool) -> None:
        """One more view."""
        self.views[question].append((day, right))


class Knowing:
    """Bayesian knowledge tracing with forgetting: a question is known or it is not.

    One look makes it known with a chance that falls with difficulty; half-lives of learned ones grow.
    """

    def __init__(self, person: Person) -> None:
        self.luck = Random(f"bkt {person.seed}")
        self.start = 18.0 * math.exp(self.luck.gauss(0, 0.25))
        self.learns = {question: sigmoid(0.4 - 1.3 * hard) for question, hard in person.hardness.items()}
        self.prior = {
            question for question, odds in person.prior.items() if self.luck.random() < sigmoid(odds)
        }
        self.learned: dict[str, tuple[int, float]] = {}

    def recall(self, question: str, day: int) -> float:
        """Almost sure if known, almost never if not."""
        known = 1.0 if question in self.prior else 0.0
        if question in self.learned:
            last, half_life = self.learned[question]
            known = 0.5 ** ((day - last) / half_life)
        return 0.95 * known + 0.05 * (1 - known)

    def show(self, question: str, day: int, right: bool) -> None:
        """Learned or not, by lot; a failure starts anew."""
        if question in self.prior:
            return
        if right and question in self.learned:
            self.learned[question] = day, 2.2 * self.learned[question][1]
        elif self.luck.random() < self.learns[question]:
            self.learned[question] = day, self.start
        else:
            self.learned.pop(question, None)


LAWS: dict[str, type[Flashcards | Ability | Windows | Knowing]] = {
    "fsrs": Flashcards,
    "topic": Ability,
    "dash": Windows,
    "bkt": Knowing,
}

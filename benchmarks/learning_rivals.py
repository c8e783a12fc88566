"""Other ways to choose the next question, with the same three calls as `bot.learning`."""

from collections import defaultdict
from collections.abc import Mapping
from random import Random
from typing import Any

from bot import learning
from bot.learning.memory import UNSEEN, Card, retrievability, reviewed


class Rival:
    """What they share: the questions, luck of their own, and when each question was last asked."""

    def __init__(self, topic_of: Mapping[str, str], seed: object) -> None:
        self.topic_of = topic_of
        self.luck = Random(f"{type(self).__name__} {seed}")
        self.last: dict[str, int] = {}
        self.questions: dict[str, list[str]] = defaultdict(list)
        for question in sorted(topic_of):
            self.questions[topic_of[question]].append(question)

    def choose(self, day: int) -> str:
        """The next question."""
        return self.luck.choice(list(self.topic_of))

    def record(self, question: str, got: bool, day: int) -> None:
        """Take an answer in."""
        self.last[question] = day

    def unseen_or_oldest(self, questions: list[str]) -> str:
        """An unseen one by lot, or the one that was not asked for longest."""
        unseen = [question for question in questions if question not in self.last]
        return self.luck.choice(unseen) if unseen else min(questions, key=self.last.__getitem__)


class AnyQuestion(Rival):
    """Any question, by lot."""


class RoundRobin(Rival):
    """Topic after topic, something unseen from each: no returns until all is seen."""

    turn = -1

    def choose(self, day: int) -> str:
        """Something unseen from the next topic."""
        self.turn += 1
        topics = list(self.questions)
        return self.unseen_or_oldest(self.questions[topics[self.turn % len(topics)]])


class MissRate(Rival):
    """A topic by lot, weighted by its rate of misses; any question of it that rested for a week."""

    def __init__(self, topic_of: Mapping[str, str], seed: object) -> None:
        super().__init__(topic_of, seed)
        self.counts = {topic: [1, 2] for topic in self.questions}

    def choose(self, day: int) -> str:
        """By the topic's rate of misses."""
        weights = [misses / asked for misses, asked in self.counts.values()]
        questions = self.questions[self.luck.choices(list(self.counts), weights)[0]]
        rested = [question for question in questions if day - self.last.get(question, -7) >= 7]
        return self.luck.choice(rested) if rested else self.unseen_or_oldest(questions)

    def record(self, question: str, got: bool, day: int) -> None:
        """One more answer, and perhaps one more miss."""
        super().record(question, got, day)
        count = self.counts[self.topic_of[question]]
        count[0] += not got
        count[1] += 1


class DueFirst(Rival):
    """FSRS at 90 % as flashcard programs use it: what is due before anything new."""

    def __init__(self, topic_of: Mapping[str, str], seed: object) -> None:
        super().__init__(topic_of, seed)
        self.cards: dict[str, Card] = {}

    def choose(self, day: int) -> str:
        """The least likely recalled of what is due, else something new."""
        recall = {q: retrievability(card, day) for q, card in self.cards.items() if card.last_day != day}
        faintest = min(recall, key=recall.__getitem__, default=None)
        if faintest is not None and recall[faintest] < 0.9:
            return faintest
        return self.unseen_or_oldest(list(self.topic_of))

    def record(self, question: str, got: bool, day: int) -> None:
        """A review of the card."""
        super().record(question, got, day)
        card = self.cards.get(question, UNSEEN)
        self.cards[question] = reviewed(card, learning.rating_of(got), day)


class TwoLanes:
    """The policy that ships, through its three calls."""

    def __init__(self, topic_of: Mapping[str, str], seed: object, **more: Any) -> None:
        self.state = learning.new_state(topic_of, seed, **more)

    def choose(self, day: int) -> str:
        """The next question; there is always one in a bank of this size."""
        question = learning.choose(self.state, day)
        assert question is not None
        return question

    def record(self, question: str, got: bool, day: int) -> None:
        """Take an answer in."""
        learning.record(self.state, question, got, day)

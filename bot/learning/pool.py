"""The questions to choose from, sorted once: shared by all users, never changed.

A pool is built once per bank and difficulty snapshot. A user's choice of topics is a `narrow` view of it
that shares the sorted lists.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.learning import dials
from bot.learning.odds import logit, sigmoid


@dataclass(frozen=True, slots=True)
class Shelf:
    """One topic's questions by difficulty.

    Attributes:
        difficulties: distinct difficulties, ascending.
        questions: the questions at each of them.
    """

    difficulties: tuple[float, ...]
    questions: tuple[tuple[str, ...], ...]

    def nearest(self, known: float, taken: set[str]) -> tuple[int, float] | None:
        """The place of the free question whose chance of being known is nearest the target.

        Args:
            known: share of the topic's fresh questions that the user knows.
            taken: the questions that may not be asked; all others are free.

        Returns:
            The index of its difficulty and its chance, or None if nothing is free. Of two that are equally
            near the easier is taken.
        """
        log_odds = logit(known)
        split = bisect_left(self.difficulties, (log_odds - _wanted(dials.TARGET)) / dials.DIFFICULTY_SLOPE)
        best: tuple[float, int, float] | None = None
        for way in (range(split - 1, -1, -1), range(split, len(self.difficulties))):
            for index in way:
                if not taken.issuperset(self.questions[index]):
                    chance = sigmoid(log_odds - dials.DIFFICULTY_SLOPE * self.difficulties[index])
                    distance = abs(chance - dials.TARGET)
                    if best is None or distance < best[0]:
                        best = distance, index, chance
                    break
        return best and best[1:]


@dataclass(frozen=True, slots=True)
class Pool:
    """What may be asked.

    Attributes:
        topic_of: question -> topic, over the whole bank: an answer outside what is asked counts too.
        difficulty: question -> difficulty in log odds; a question that is not in it has 0.
        askable: the questions that may be asked.
        shelves: the chosen topics, each with its askable questions; sorted by topic.
    """

    topic_of: Mapping[str, str]
    difficulty: Mapping[str, float]
    askable: Collection[str]
    shelves: Mapping[str, Shelf]

    @classmethod
    def build(
        cls,
        topic_of: Mapping[str, str],
        difficulty: Mapping[str, float] | None = None,
        askable: Collection[str] | None = None,
    ) -> "Pool":
        """Sort the bank. Its order of iteration does not matter: the same bank makes the same pool.

        Args:
            topic_of: question -> topic.
            difficulty: question -> log odds, positive is harder; None means that nothing is known.
            askable: only these may be asked (of one level, not retired); None means all.
        """
        difficulty = difficulty or {}
        askable = topic_of.keys() if askable is None else askable
        topics: dict[str, dict[float, list[str]]] = defaultdict(lambda: defaultdict(list))
        for question in sorted(topic_of.keys() & set(askable), key=str):
            topics[topic_of[question]][difficulty.get(question, 0.0)].append(question)
        shelves = {topic: _shelf(topics[topic]) for topic in sorted(topics, key=str)}
        return cls(topic_of, difficulty, askable, shelves)

    def narrow(self, topics: Collection[str]) -> "Pool":
        """Only these topics; everything if none of them has a question (none chosen, or all of them gone)."""
        kept = {topic: shelf for topic, shelf in self.shelves.items() if topic in topics}
        return replace(self, shelves=kept) if kept else self

    def holds(self, question: str) -> bool:
        """Whether the question may be asked and is of a chosen topic."""
        return question in self.askable and self.topic_of.get(question) in self.shelves


_wanted = lru_cache(maxsize=8)(logit)
"""The target's log odds: a choice needs them once per topic."""


def _shelf(levels: Mapping[float, list[str]]) -> Shelf:
    ascending = sorted(levels.items())
    return Shelf(tuple(at for at, _ in ascending), tuple(tuple(questions) for _, questions in ascending))

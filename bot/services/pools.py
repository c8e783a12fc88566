"""The questions to choose from, prepared once per choice of topics and level and shared by all users."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.bank import Bank, Level
from bot.learning import Pool, difficulties

KEPT = 256
"""Choices of topics and level that are kept; most users share a few."""


def has_level(bank: Bank, topics: Sequence[str], level: str | None) -> bool:
    """Tell whether a choice of topics (none: all) has a question of a level; if not, its pool is of any."""
    if level is None or not topics:
        return bool(bank.ids(level=Level(level) if level else None))
    # A topic's own questions stand first; a pool has no others.
    firsts = ((topic, bank.ids(topic, Level(level))[:1]) for topic in topics)
    return any(bank.topic_of[question] == topic for topic, first in firsts for question in first)


class Pools:
    """Gives the pool of a choice; the least recently used are dropped."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._difficulty = difficulties({}, {one.id: one.level for one in bank.questions.values()})
        self._kept: OrderedDict[tuple[frozenset[str], str | None], Pool] = OrderedDict()

    def of(self, topics: list[str], level: str | None = None) -> Pool:
        """Give the pool of these topics (none: all) at this level (None: any).

        A choice that holds no question falls back to all levels, then to all topics.
        """
        key = (frozenset(topics), level)
        pool = self._kept.get(key)
        if pool is None:
            pool = self._build(*key)
            self._kept[key] = pool
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return pool

    def learn(self, difficulty: Mapping[str, float]) -> None:
        """Take a new day's difficulties; every pool is built anew when it is asked for."""
        if difficulty != self._difficulty:
            self._difficulty = dict(difficulty)
            self._kept.clear()

    def _build(self, topics: frozenset[str], level: str | None) -> Pool:
        questions = self._bank.questions.values()
        fitting = {
            question.id: question.topic
            for question in questions
            if (not topics or question.topic in topics) and level in {None, question.level}
        }
        if not fitting and level is not None:
            return self.of(list(topics))
        if not fitting and topics:
            return self.of([])
        # An answer outside the choice counts as evidence too, so that the topics of all are known.
        return replace(Pool.build(fitting, self._difficulty), topic_of=self._bank.topic_of)

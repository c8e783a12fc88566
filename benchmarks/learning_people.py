"""Simulated people for `benchmarks.learning`: a bank, what each person knows of it, and their habits."""

from dataclasses import dataclass
from random import Random

from bot.learning.odds import sigmoid

SIZES = (40, 36, 32, 30, 28, 26, 24, 22, 20, 16, 14, 12)
"""Questions of the twelve topics: 300."""

TOPICS = tuple(f"topic{number:02}" for number in range(len(SIZES)))


@dataclass(frozen=True)
class Person:
    """One simulated learner.

    Attributes:
        seed: all of the person follows from it.
        topic_of: question -> topic.
        hardness: question -> log odds, as it really is.
        told_hardness: the same as others' answers would tell it, .4 log odds off.
        prior: question -> log odds of knowing it beforehand.
        weak: the three topics of which little is known.
        wrong_taps: share of answers that are rated the wrong way round.
        days_off: days without questions.
    """

    seed: int
    topic_of: dict[str, str]
    hardness: dict[str, float]
    told_hardness: dict[str, float]
    prior: dict[str, float]
    weak: frozenset[str]
    wrong_taps: float
    days_off: frozenset[int]


def person(seed: int, days: int) -> Person:
    """The person of a seed, for a time of so many days: the same for every policy and every law."""
    luck = Random(f"person {seed}")
    topic_of = {
        f"{topic}-{n:02}": topic for topic, size in zip(TOPICS, SIZES, strict=True) for n in range(size)
    }
    hardness = {question: luck.gauss(0, 0.8) for question in topic_of}
    weak = frozenset(luck.sample(TOPICS, 3))
    ability = luck.gauss(0, 0.6)
    strength = {topic: luck.gauss(-1.6, 0.4) if topic in weak else luck.gauss(0.3, 0.6) for topic in TOPICS}
    return Person(
        seed=seed,
        topic_of=topic_of,
        hardness=hardness,
        told_hardness={question: hard + luck.gauss(0, 0.4) for question, hard in hardness.items()},
        prior={q: ability + strength[topic_of[q]] + luck.gauss(0, 0.7) - hardness[q] for q in topic_of},
        weak=weak,
        wrong_taps=luck.uniform(0.05, 0.06),
        days_off=_days_off(luck, days),
    )


def _days_off(luck: Random, days: int) -> frozenset[int]:
    """Twelve to fifteen per cent of the days, and for a third of the people a holiday of four to six."""
    skips = luck.uniform(0.12, 0.15)
    off = {day for day in range(days) if luck.random() < skips}
    if luck.random() < 0.35:
        start = luck.randrange(days)
        off |= set(range(start, start + luck.randint(4, 6)))
    return frozenset(off)


def share_known(someone: Person) -> float:
    """Share of the bank that the person knows before the first question."""
    return sum(map(sigmoid, someone.prior.values())) / len(someone.prior)

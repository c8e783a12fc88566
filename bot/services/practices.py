"""Questions on demand: what /quiz asks for, and one run of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.bank import Bank, Level, Topic
from bot.db import Session, practices
from bot.db.tables import Practice

USUAL = 5
MOST = 50
"""Questions in one run: more than anyone answers at a sitting."""

LEVELS = {
    **{level.value: level for level in Level},
    "jun": Level.JUNIOR,
    "mid": Level.MIDDLE,
    "medium": Level.MIDDLE,
    "sen": Level.SENIOR,
}
LONGEST_NAME = 12
"""Words among which a topic's name is looked for."""

MOST_SHARE = 1000
MODES = ("missed", "weak")
NUMBER = re.compile(r"[+-]?\d+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quiz as asked for: `mode` is any, missed or weak; no topic means all that the user chose."""

    mode: str = "any"
    topic: str | None = None
    level: Level | None = None
    size: int = USUAL
    mix: tuple[tuple[str, int], ...] = ()
    """Topics and their shares, for a mix."""


class UnknownTopic(Exception):
    """No topic has that name; `words` is what was read as one, `understood` what was clear beside it."""

    def __init__(self, words: str, understood: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.understood = understood


class OneOnly(Exception):
    """Clear words that do not go together.

    Args:
        what: two of one kind (topic, level, count, mode), or mix: a level or mode beside its topics.
        slugs: the topics.
    """

    def __init__(self, what: str, slugs: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.slugs = slugs


class BadSize(Exception):
    """A count out of range; `understood` names the topic and level beside it, if any."""

    def __init__(self, words: str, understood: str) -> None:
        super().__init__(words)
        self.words = words
        self.understood = understood


class BadShare(Exception):
    """A part of a mix that is no topic with its share."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def parse(bank: Bank, words: str) -> Wanted:
    """Read topic, level and count in any order: `security`, `senior orm 3`, `missed`, `10`.

    Raises:
        UnknownTopic: when words are left that name no topic.
        OneOnly: when there are two topics, levels, counts or modes.
        BadSize: when the count is not from 1 to MOST.
    """
    if words.casefold().split()[:1] == ["mix"]:
        return _parse_mix(bank, words.split()[1:])
    levels: set[Level] = set()
    modes: set[str] = set()
    numbers, rest = [], []
    for word in words.split():
        plain = word.casefold()
        if plain in LEVELS:
            levels.add(LEVELS[plain])
        elif plain in MODES:
            modes.add(plain)
        elif NUMBER.fullmatch(plain):
            numbers.append(plain)
        elif plain not in {"any", "all"}:
            rest.append(word)
    for what, said in (("level", levels), ("mode", modes), ("count", numbers)):
        if len(said) > 1:
            raise OneOnly(what)
    level = next(iter(levels), None)
    topic, strange = _one_topic(bank, rest)
    clear = ", ".join(part for part in (topic.title if topic else "", str(level or "")) if part)
    if strange:
        raise UnknownTopic(strange, clear)
    size = _size(numbers[0], clear) if numbers else USUAL
    return Wanted(next(iter(modes), "any"), topic.slug if topic else None, level, size)


def _one_topic(bank: Bank, words: list[str]) -> tuple[Topic | None, str]:
    """Find the topic as `_topic` does; OneOnly when all the words left over name others."""
    named: dict[str, Topic] = {}
    topic, left = _topic(bank, words)
    while topic is not None:
        named[topic.slug] = topic
        topic, left = _topic(bank, left.split())
    if len(named) > 1 and not left:
        raise OneOnly("topic", tuple(named))
    return next(iter(named.values()), None), left


def _topic(bank: Bank, words: list[str]) -> tuple[Topic | None, str]:
    """Find the topic that the words name, or the one that some of them name; and the words left over."""
    for length in range(len(words), 0, -1) if len(words) <= LONGEST_NAME else ():
        for start in range(len(words) - length + 1):
            topic = bank.find_topic(" ".join(words[start : start + length]))
            if topic is not None:
                return topic, " ".join(words[:start] + words[start + length :])
    return None, " ".join(words)


def _parse_mix(bank: Bank, words: list[str]) -> Wanted:
    """Read `python:50 security:50 10`: shares of topics, and a count."""
    shares: dict[str, int] = {}
    number = ""
    for word in words:
        name, colon, share = word.partition(":")
        if not colon and NUMBER.fullmatch(word):
            if number:
                raise OneOnly("count")
            number = word
            continue
        if not colon and word.casefold() in {*LEVELS, *MODES}:
            raise OneOnly("mix")
        topic = bank.find_topic(name)
        if topic is None:
            raise UnknownTopic(name)
        if colon and not (
            share.isascii() and share.isdigit() and len(share) <= 4 and 1 <= int(share) <= MOST_SHARE
        ):
            raise BadShare(word)
        shares[topic.slug] = int(share) if colon else 1
    if not shares:
        raise BadShare("mix")
    return Wanted("mix", None, None, _size(number, "A mix") if number else USUAL, tuple(shares.items()))


def _size(number: str, understood: str) -> int:
    if len(number) > 4 or not 1 <= int(number) <= MOST:
        raise BadSize(number, understood)
    return int(number)


async def start(session: Session, user_id: int, wanted: Wanted, *, now: datetime) -> Practice:
    """Open a run; one that was open ends."""
    return await practices.start(
        session,
        Practice(
            user_id=user_id,
            mode=wanted.mode,
            topics=[slug for slug, _ in wanted.mix] or ([wanted.topic] if wanted.topic else []),
            weights=[share for _, share in wanted.mix],
            level=wanted.level,
            size=wanted.size,
            asked=[],
            started_at=now,
            ended_at=None,
        ),
    )


@dataclass(frozen=True, slots=True)
class Result:
    """How a run went so far."""

    known: int
    missed: int


async def stop(session: Session, user_id: int, *, now: datetime) -> Result | None:
    """End the user's open run.

    Returns:
        How it went, or None when none was open.
    """
    practice = await practices.open_one(session, user_id)
    if practice is None:
        return None
    result = Result(*await practices.results(session, practice.id))
    await practices.end(session, practice, now)
    return result

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
        BadSize: when the count is not from 1 to MOST.
    """
    if words.casefold().split()[:1] == ["mix"]:
        return _parse_mix(bank, words.split()[1:])
    level: Level | None = None
    mode, number, rest = "any", "", []
    for word in words.split():
        plain = word.casefold()
        if plain in LEVELS and level is None:
            level = LEVELS[plain]
        elif plain in MODES and mode == "any":
            mode = plain
        elif NUMBER.fullmatch(plain) and not number:
            number = plain
        elif plain not in {"any", "all"}:
            rest.append(word)
    topic, strange = _topic(bank, rest)
    clear = ", ".join(part for part in (topic.title if topic else "", str(level or "")) if part)
    if strange:
        raise UnknownTopic(strange, clear)
    size = _size(number, clear) if number else USUAL
    return Wanted(mode, topic.slug if topic else None, level, size)


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
    size = USUAL
    for word in words:
        name, colon, share = word.partition(":")
        if not colon and NUMBER.fullmatch(word):
            size = _size(word, "A mix")
            continue
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
    return Wanted("mix", None, None, size, tuple(shares.items()))


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

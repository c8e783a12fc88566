"""Which question a group gets: those never asked there come first, then those asked longest ago; pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date

from bot.bank import Bank, Level, Question

OPTIONS = 4


def fitting(bank: Bank, topic: str | None, level: Level | None, mode: str = "quiz") -> list[str]:
    """List the questions of a topic and level; a quiz needs options, a card does not."""
    ids = bank.ids(topic, level)
    return [one for one in ids if mode == "card" or bank.questions[one].choice is not None]


def available(bank: Bank, topic: str | None, level: Level | None, mode: str = "quiz") -> int:
    """Count them."""
    return len(fitting(bank, topic, level, mode))


def level_there(bank: Bank, topic: str | None, level: str | None, mode: str = "quiz") -> Level | None:
    """Give the level to play: the one wished for, or None (any) where the topic has no question of it."""
    wished = Level(level) if level else None
    return wished if available(bank, topic, wished, mode) else None


def pick(
    bank: Bank,
    candidates: Sequence[str],
    asked: Sequence[str],
    last_on: Mapping[str, date],
    seed: str,
) -> Question | None:
    """Choose the next question of a game.

    Args:
        candidates: questions that fit.
        asked: those of the game so far, in order: none comes twice, and topics take turns.
        last_on: when each was last asked in the group.
        seed: the same seed makes the same choice.

    Returns:
        The question, or None when there is none left.
    """
    left = [one for one in candidates if one not in asked]
    if not left:
        return None
    shuffled = random.Random(seed).sample(left, len(left))  # noqa: S311 - a quiz, not a secret
    recent = [bank.topic_of[one] for one in asked[-3:] if one in bank.topic_of]

    def rank(one: str) -> tuple[int, int]:
        day = last_on.get(one)
        return (day.toordinal() if day else 0, recent.count(bank.topic_of[one]))

    return bank.questions[min(shuffled, key=rank)]


def option_order(seed: str) -> str:
    """Shuffle the options: digits in the order shown, 0 is the right one."""
    digits = [str(number) for number in range(OPTIONS)]
    return "".join(random.Random(seed).sample(digits, OPTIONS))  # noqa: S311 - a quiz, not a secret

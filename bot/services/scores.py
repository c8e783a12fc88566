"""Points of a group's game, and who stands where; pure.

A right answer brings RIGHT points, up to SPEED more for a quick one, and one more for each right
answer in a row before it, up to STREAK. A wrong answer brings nothing and takes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.db.answers import Named

RIGHT = 10
SPEED = 5
STREAK = 3
LONGEST_NAME = 24
"""Characters of a name that are shown."""


def points(*, right: bool, left: float, streak: int) -> int:
    """Tell what an answer brings.

    Args:
        right: whether it was.
        left: share of the round's time that was left, 0 to 1; 0 when that is not known.
        streak: right answers in a row, this one included.
    """
    if not right:
        return 0
    return RIGHT + round(SPEED * min(max(left, 0.0), 1.0)) + min(max(streak - 1, 0), STREAK)


@dataclass(slots=True)
class Standing:
    """How one member did in a game; `place` is shared by equals, `name` None for a hidden member."""

    user_id: int
    name: str | None
    points: int = 0
    right: int = 0
    answers: int = 0
    streak: int = 0
    place: int = 0


def standings(answers: Iterable[Named]) -> list[Standing]:
    """Add a game's answers up, the best first."""
    found: dict[int, Standing] = {}
    for one in answers:
        standing = found.setdefault(one.answer.user_id, Standing(one.answer.user_id, one.name))
        standing.points += one.answer.points
        standing.right += one.answer.option == 0
        standing.answers += 1
        standing.streak = max(standing.streak, one.answer.streak)
    ranked = sorted(found.values(), key=lambda one: (-one.points, one.user_id))
    for standing, place in zip(ranked, places([one.points for one in ranked]), strict=True):
        standing.place = place
    return ranked


def places(ranked: Sequence[int]) -> list[int]:
    """Give places to points that stand in falling order; equals share one: 1, 1, 3."""
    return [ranked.index(value) + 1 for value in ranked]


def short(name: str) -> str:
    """Cut a name to what is shown, without control characters and line breaks."""
    line = " ".join("".join(sign for sign in name if sign.isprintable() or sign == " ").split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1].rstrip() + "…"

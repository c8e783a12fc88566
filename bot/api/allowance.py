"""How often something may happen: the arithmetic of the limiter, with the time as an argument.

Times are seconds of a monotonic clock. Both forms answer `opens_at` (from when on the next
one is allowed) and are told by `take` that one happened; neither keeps a list that grows.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

LONG_AGO = float("-inf")


@dataclass(slots=True)
class Pace:
    """So many a second on average; after a rest, some may follow each other at once.

    In any span of t seconds at most `rate` * (t + slack) + 1 pass. It is the generic cell
    rate algorithm (ITU-T I.371): one number, the moment at which the average is kept again.

    rate: per second.
    slack: seconds that one may be ahead of the average; (burst - 1) / rate for a burst.
    """

    rate: float
    slack: float
    _even_at: float = LONG_AGO

    def opens_at(self) -> float:
        """Return the earliest moment of the next one."""
        return self._even_at - self.slack

    def begin(self, now: float) -> None:
        """Start evenly after a rest: then only lateness is made up for, and nothing goes in a bunch."""
        self._even_at = max(self._even_at, now + self.slack)

    def take(self, now: float) -> None:
        """Count one that happens now."""
        self._even_at = max(now, self._even_at) + 1 / self.rate

    def is_idle(self, now: float) -> bool:
        """Say whether it has forgotten everything, so that a new one would do as well."""
        return self._even_at <= now


@dataclass(slots=True)
class Window:
    """Never more than `most` in any span of `seconds`, wherever it begins."""

    most: int
    seconds: float
    _taken: deque[float] = field(init=False)

    def __post_init__(self) -> None:
        self._taken = deque(maxlen=self.most)

    def opens_at(self) -> float:
        """Return the earliest moment of the next one."""
        return self._taken[0] + self.seconds if len(self._taken) == self.most else LONG_AGO

    def take(self, now: float) -> None:
        """Count one that happens now; the oldest falls out by itself."""
        self._taken.append(now)

    def is_idle(self, now: float) -> bool:
        """Say whether it has forgotten everything, so that a new one would do as well."""
        return not self._taken or self._taken[-1] + self.seconds <= now

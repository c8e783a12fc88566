"""How often something may happen: the arithmetic of the limiter, with the time as an argument.

Times are seconds of a monotonic clock. Both forms say in `opens_at` from when on the next one is allowed,
and in `idle_at` from when on all is forgotten, so that a new one would do as well; they are told by `take`
that one happened. Neither keeps a list that grows. A broadcast asks for every message: what is asked is an
attribute.
"""

from __future__ import annotations

from collections import deque

LONG_AGO, NEVER = float("-inf"), float("inf")


class Pace:
    """So many a second on average; after a rest, some may follow each other at once.

    In any span of t seconds at most `rate` * (t + slack) + 1 pass. It is the generic cell
    rate algorithm (ITU-T I.371): one number, the moment at which the average is kept again.

    Args:
        rate: per second.
        slack: seconds that one may be ahead of the average; (burst - 1) / rate for a burst.
    """

    __slots__ = ("_interval", "_slack", "idle_at", "opens_at")

    def __init__(self, rate: float, slack: float) -> None:
        self.opens_at = self.idle_at = LONG_AGO
        self._interval = 1 / rate
        self._slack = slack

    def begin(self, now: float) -> None:
        """Start evenly after a rest: then only lateness is made up for, and nothing goes in a bunch."""
        if self.opens_at < now:
            self.opens_at, self.idle_at = now, now + self._slack

    def take(self, now: float) -> None:
        """Count one that happens now."""
        self.idle_at = max(now, self.idle_at) + self._interval
        self.opens_at = self.idle_at - self._slack


class Window:
    """Never more than `most` in any span of `seconds`, wherever it begins.

    Args:
        most: in a span.
        seconds: of the span.
        spare: how many more could be taken after one at `roomy_at`, the moment for those who leave some room.
    """

    __slots__ = ("_most", "_seconds", "_spare", "_taken", "idle_at", "opens_at", "roomy_at")

    def __init__(self, most: int, seconds: float, *, spare: int = 0) -> None:
        self.opens_at = self.roomy_at = self.idle_at = LONG_AGO
        self._most = most
        self._seconds = seconds
        self._spare = spare
        self._taken: deque[float] = deque(maxlen=most)

    def take(self, now: float) -> None:
        """Count one that happens now; the oldest falls out by itself."""
        taken = self._taken
        taken.append(now)
        self.idle_at = now + self._seconds
        free = self._most - len(taken)
        if free <= self._spare:
            self.roomy_at = taken[self._spare - free] + self._seconds
        if not free:
            self.opens_at = taken[0] + self._seconds

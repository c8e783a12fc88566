"""What delivery counted since the start, in plain numbers; and whether Telegram seems to be away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bot.api.sending import Outcome, Sent

AWAY_AFTER = 20
"""Failures of the network in a row, across chats, that mean Telegram itself: asking on would only
move the whole queue into retries."""

PROBE = 10
"""Deliveries that try whether Telegram is back."""


@dataclass(slots=True)
class Tally:
    """What was counted.

    outcomes: tries by what became of them.
    missed: days that were over before they were claimed.
    skipped: deliveries that ended unsent: their day was over, or they found no question.
    queue: deliveries that should have been sent and were not, when last counted.
    lag: seconds between due and sent of the last message, or between due and now of the one that waits
        longest; 0 when nothing is due.
    away: whether Telegram was away when it was last asked, for whoever watches; `is_away` forgets it at each
        probe.
    worst_lag: the longest of the running round, or of the last one.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    skipped: int = 0
    queue: int = 0
    lag: float = 0.0
    worst_lag: float = 0.0
    away: bool = False
    _failures: int = 0

    def count(self, sent: Sent) -> None:
        """Count one try."""
        self.outcomes[sent.outcome] += 1
        if sent.outcome is Outcome.SENT:
            self._failures = 0
            self.away = False
        elif sent.outcome is Outcome.UNKNOWN or (sent.outcome is Outcome.LATER and not sent.retry_after):
            self._failures += 1
            self.away = self.away or self.is_away

    def waits(self, queue: int, lag: float) -> None:
        """Note what waits and cannot be sent now, and how long the first of it does."""
        self.queue, self.lag = queue, max(0.0, lag)
        self.away = self.away and queue > 0

    def late(self, seconds: float) -> None:
        """Note how late a message was sent."""
        self.lag = max(0.0, seconds)
        self.worst_lag = max(self.worst_lag, self.lag)

    @property
    def is_away(self) -> bool:
        """Tell whether Telegram seems not to be there."""
        return self._failures >= AWAY_AFTER

    def may_probe(self) -> bool:
        """Allow a few tries again; tell whether Telegram seemed away."""
        away = self.is_away
        if away:
            self._failures = AWAY_AFTER - PROBE
        return away

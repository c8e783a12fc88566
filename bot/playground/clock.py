"""A clock that can jump ahead of the machine's."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import system_clock


class JumpingClock:
    """The machine's time and an offset; the offset only grows, as time does."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def __call__(self) -> datetime:
        """Tell the time."""
        return system_clock() + self.offset

    def jump_to(self, moment: datetime) -> None:
        """Go to a moment that lies ahead; one that has passed changes nothing."""
        self.offset += max(timedelta(), moment - self())

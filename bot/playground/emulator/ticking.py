"""What time does by itself: polls close and presses expire."""

from __future__ import annotations

from bot.playground.emulator.polls import close_poll
from bot.playground.emulator.world import World

ANSWER_WITHIN = 15.0
"""Seconds in which a bot can answer a callback query."""


def tick(world: World) -> None:
    """Do what is due by the emulator's clock."""
    now = world.clock()
    for poll in list(world.state.polls.values()):
        if not poll.closed and poll.close_date is not None and poll.close_date <= now:
            close_poll(world, poll)
    for press in world.state.presses.values():
        if not press.answered and not press.expired and press.time + ANSWER_WITHIN < now:
            press.expired = True
            data = {"query": press.id, "chat": press.chat, "message": press.message}
            world.events.publish("expired", data, frozenset((press.person_id,)))


def next_due(world: World) -> float | None:
    """When the next poll closes, in Unix seconds; None when no timer runs."""
    dates = [poll.close_date for poll in world.state.polls.values() if not poll.closed and poll.close_date]
    return min(dates, default=None)

"""Words that the bot says unasked, and rarely."""

from __future__ import annotations

from bot.rendering import callback_data as taps
from bot.rendering.screen import Button, Screen


def long_silence(days: int) -> Screen:
    """Say kindly that the questions stop, after many days without an answer."""
    return Screen(
        f"You have not answered for {days} days, so I stop here and leave you in peace. "
        "All that you learned is kept. Come back whenever you like.",
        ((Button("▶️ Resume", taps.Resume().encode(), style="success"),),),
    )

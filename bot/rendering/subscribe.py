"""Pausing and stopping the daily question."""

from __future__ import annotations

from datetime import datetime

from bot.db.tables import Subscription
from bot.rendering import callback_data as taps
from bot.rendering.screen import Button, Screen
from bot.rendering.setup import state

AGAIN = (Button("▶️ Resume", taps.Resume().encode(), style="success"),)


def unsubscribed() -> Screen:
    """Confirm the end; nothing is lost."""
    return Screen(
        "<b>Your daily question has stopped.</b> What you learned stays with me: /quiz works as before, "
        "and /resume starts again.",
        (AGAIN,),
    )


def paused(subscription: Subscription, now: datetime) -> Screen:
    """Confirm a pause, or say that there is nothing to pause."""
    if subscription.status != "paused":
        return Screen(
            "You have no daily question to pause. /subscribe starts one.",
            ((Button("⏰ Set up my daily question", taps.Setup("time", "-").encode()),),),
        )
    tail = "They start again by themselves; /resume starts them now."
    if subscription.paused_until is None:
        tail = "/resume starts them again."
    return Screen(f"{state(subscription, now)} {tail}", (AGAIN,))

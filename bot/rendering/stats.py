"""What stands around the picture of /stats."""

from __future__ import annotations

from bot.rendering import callback_data as taps
from bot.rendering.screen import Button, Keyboard, Screen

NOTHING = "No answers yet, so nothing to show. One question is enough for a start."


def nothing() -> Screen:
    """Say that there is nothing to show, and how to begin."""
    return Screen(NOTHING, ((Button("🎯 A question now", taps.Quiz("any").encode(), style="primary"),),))


def keyboard(topic: str | None, *, dark: bool) -> Keyboard:
    """Offer what to do about it, and the other colours."""
    if topic is not None:
        practise = Button("🎯 Practise it", taps.Quiz(topic).encode(), style="primary")
        return ((practise, Button("📊 All topics", taps.Stats("all").encode())),)
    colours = Button("☀️ Light", taps.Stats("light").encode())
    if not dark:
        colours = Button("🌙 Dark", taps.Stats("dark").encode())
    return (
        (
            Button("🎯 Practise the weakest", taps.Quiz("weak").encode(), style="primary"),
            Button("🔁 What I missed", taps.Quiz("missed").encode()),
        ),
        (colours,),
    )

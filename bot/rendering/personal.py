"""/export and /forget."""

from __future__ import annotations

from bot.rendering.screen import Screen
from bot.services.personal import CONFIRMATION

EXPORT_CAPTION = "Everything I keep about you, as JSON. /privacy says what each part is for."


def ask_forget() -> Screen:
    """Ask for the typed confirmation."""
    return Screen(
        "<b>Delete everything about you?</b>\n\nYour daily question, your answers and all that I learned "
        "about your memory will be gone, for good. /export gives you a copy first.\n\n"
        f"To do it, type <code>{CONFIRMATION}</code>. Anything else leaves it as it is."
    )


def forgotten() -> Screen:
    """Confirm the deletion."""
    return Screen("Done: nothing about you is left here. /start begins anew, whenever you like.")


def kept() -> Screen:
    """Say that nothing was deleted."""
    return Screen("All right, nothing was deleted.")

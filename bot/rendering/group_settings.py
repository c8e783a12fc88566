"""A group's daily question and settings on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.db.group_tables import Group
from bot.db.tables import Subscription
from bot.rendering import callback_data as taps
from bot.rendering.faults import wish as misread
from bot.rendering.screen import Button, Screen
from bot.rendering.setup import state
from bot.services.wishes import NotUnderstood
from bot.services.zones import Place

EXAMPLE = "For example: <code>/subscribe 10:00 Europe/Berlin</code>"
ADMINS_ONLY = "Only admins of this group can change that."


def subscribed(subscription: Subscription, now: datetime) -> Screen:
    """Confirm a group's daily question."""
    return Screen(
        f"<b>Done.</b> {state(subscription, now)}\nEveryone here can answer it through the day. "
        "/unsubscribe stops it, /settings has more.",
        ((Button("🎯 Count my weak topics", taps.GroupMe("counted").encode()),),),
    )


def unsubscribed(*, was: bool) -> Screen:
    """Confirm that it stops."""
    return Screen("No more daily questions here." if was else "This group has no daily question.")


def how() -> Screen:
    """Say how /subscribe is used in a group."""
    return Screen(f"Tell me the time and the place, and this group gets a question every day.\n{EXAMPLE}")


def not_understood(fault: NotUnderstood, near: Sequence[Place]) -> Screen:
    """Tell which part of a time and place made no sense; no buttons, which would be for one person."""
    text = misread(fault, []).text.split("\n")[0]
    names = " or ".join(f"<code>{place.zone}</code>" for place in near)
    return Screen(f"{text}{f' Perhaps {names}?' if names else ''}\n{EXAMPLE}")


def settings(group: Group, subscription: Subscription, now: datetime) -> Screen:
    """Show a group's wishes; only admins change them."""
    cards, tidies = group.mode == "card", group.tidies
    lines = [
        "⚙️ <b>Settings of this group</b>",
        "",
        state(subscription, now).replace("You have", "This group has"),
        f"It comes as {'a card to talk about' if cards else 'a quiz'}.",
        "The messages of a quiz are " + ("deleted when it is over." if tidies else "kept."),
    ]
    mode = Button(
        "🗳 Daily as a quiz" if cards else "🃏 Daily as a card",
        taps.GroupWish("mode", "quiz" if cards else "card").encode(),
    )
    tidy = Button(
        "🗂 Keep quiz messages" if tidies else "🧹 Tidy up after a quiz",
        taps.GroupWish("tidies", "off" if tidies else "on").encode(),
    )
    rows = [(mode,), (tidy,)]
    if subscription.next_due is not None:
        rows.append((Button("⏹ No daily question", taps.GroupWish("daily", "off").encode()),))
    return Screen("\n".join(lines), tuple(rows))

"""/help, /privacy, /cancel, and what Telegram shows about the bot."""

from __future__ import annotations

from bot.rendering.screen import Screen

DESCRIPTION = (
    "One Python and Django interview question a day, at your time. Answer in your head, look, say how it "
    "went: what you miss comes back, and weak topics come more often.\n\nPress Start to try a question."
)
"""Shown in the empty chat: at most 512 characters."""

SHORT_DESCRIPTION = "A backend interview question a day. Weak topics come back more often."
"""Shown on the profile: at most 120 characters."""

PRIVATE_COMMANDS = (
    ("quiz", "Questions now: /quiz security 5"),
    ("subscribe", "Daily question: /subscribe 9:30 Berlin"),
    ("topics", "All topics"),
    ("stats", "How you are doing"),
    ("settings", "Time, place, days, topics, level"),
    ("pause", "A break: /pause 7"),
    ("resume", "Go on after a break"),
    ("unsubscribe", "Stop the daily question"),
    ("stop", "End the running quiz"),
    ("cancel", "Never mind: forget what I was asked"),
    ("help", "What I can do"),
    ("privacy", "What is kept about you"),
    ("start", "Begin, or set up again"),
)
GROUP_COMMANDS = (("help", "What I can do"),)
GROUP_ADMIN_COMMANDS = GROUP_COMMANDS


def in_private() -> Screen:
    """List what the bot can do."""
    return Screen(
        "<b>What I can do</b>\n\n"
        "🎯 <b>Questions now</b>\n"
        "/quiz for five questions, /quiz security 3 for three of a topic, /quiz senior for a level.\n"
        "/quiz missed asks what you missed, /quiz weak your weakest topics. /stop ends a quiz, "
        "/topics lists the topics.\n\n"
        "⏰ <b>A question every day</b>\n"
        "/subscribe 9:30 Berlin sets it up, /unsubscribe stops it.\n"
        "/pause 7 gives you a week off, /resume ends a break.\n"
        "/settings changes time, place, days, topics and level.\n\n"
        "📈 <b>Your progress</b>\n"
        "/stats shows it. /privacy tells what is kept about you.\n\n"
        "/cancel takes back what I just asked you."
    )


def in_group() -> Screen:
    """Say what the bot does in a group."""
    return Screen("I train one person at a time: open a private chat with me and send /start.")


def privacy() -> Screen:
    """Tell what is kept, why and how long."""
    return Screen(
        "<b>What is kept about you</b>\n\n"
        "• Your Telegram id, to know whose answers are whose.\n"
        "• Your time, time zone, topics and other settings.\n"
        "• Which questions you were shown, when, and how you rated them: this is what makes the right "
        "ones come back.\n\n"
        "<b>What is not kept</b>\n\n"
        "Your name, your messages and your location (it is only turned into a time zone).\n\n"
        "It is kept until you ask the operator of this bot to delete it. Nobody else sees it. "
        "Update numbers that keep presses from counting twice are deleted after two days."
    )


def cancelled(something: bool) -> Screen:
    """Confirm /cancel."""
    if something:
        return Screen("All right, it stays as it was.")
    return Screen("There is nothing to cancel. /help lists what I can do.")

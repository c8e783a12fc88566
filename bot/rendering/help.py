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
    ("interview", "The day of your interview"),
    ("pause", "A break: /pause 7"),
    ("resume", "Go on after a break"),
    ("unsubscribe", "Stop the daily question"),
    ("stop", "End the running quiz"),
    ("cancel", "Never mind: forget what I was asked"),
    ("help", "What I can do"),
    ("privacy", "What is kept about you"),
    ("export", "All your data, as a file"),
    ("forget", "Delete all your data"),
    ("start", "Begin, or set up again"),
)
GROUP_COMMANDS = (
    ("quiz", "A quiz together: /quiz security 10"),
    ("stop", "End the running quiz"),
    ("leaderboard", "Who has how many points: /leaderboard month"),
    ("help", "What I can do"),
)
GROUP_ADMIN_COMMANDS = (
    *GROUP_COMMANDS,
    ("subscribe", "A question a day: /subscribe 10:00 Berlin"),
    ("unsubscribe", "Stop the daily question"),
    ("settings", "What this group wants"),
)


def in_private() -> Screen:
    """List what the bot can do."""
    return Screen(
        "<b>What I can do</b>\n\n"
        "🎯 <b>Questions now</b>\n"
        "/quiz for five questions, /quiz security 3 for three of a topic, /quiz senior for a level.\n"
        "/quiz missed asks what you missed, /quiz weak your weakest topics, "
        "/quiz mix python:50 security:50 both. /stop ends a quiz, "
        "/topics lists the topics.\n\n"
        "⏰ <b>A question every day</b>\n"
        "/subscribe 9:30 Berlin sets it up, /unsubscribe stops it.\n"
        "/pause 7 gives you a week off, /resume ends a break.\n"
        "/settings changes time, place, days, topics and level.\n\n"
        "📈 <b>Your progress</b>\n"
        "/stats shows it. /interview sets the day to be ready for.\n"
        "/privacy tells what is kept about you, /export sends it, /forget deletes it.\n\n"
        "/cancel takes back what I just asked you."
    )


def in_group() -> Screen:
    """Say what the bot does in a group."""
    return Screen(
        "<b>What I can do in a group</b>\n\n"
        "🎮 /quiz opens a quiz for everyone here, /quiz security 10 takes ten rounds of a topic, "
        "/quiz senior one level. /stop ends it.\n"
        "⏰ /subscribe 10:00 Berlin brings a question every day, /unsubscribe stops it, /settings has more: "
        "all three for admins.\n"
        "🏆 /leaderboard shows the week, the month or all. Your name can be hidden there.\n\n"
        "Your answers here also feed your own memory: open a private chat with me to review what you missed. "
        "I read commands and buttons only."
    )


def privacy() -> Screen:
    """Tell what is kept, why and how long."""
    return Screen(
        "<b>What is kept about you</b>\n\n"
        "• Your Telegram id, to know whose answers are whose.\n"
        "• Your time, time zone, topics, interview date and other settings.\n"
        "• Which questions you were shown, when, and how you rated them: this is what makes the right "
        "ones come back.\n"
        "• In groups where you play: your answers there and the name you show, for the board. "
        "You can hide it with /leaderboard.\n\n"
        "<b>What is not kept</b>\n\n"
        "Your name, your messages and your location (it is only turned into a time zone). "
        "Only a group's board keeps the name you show there.\n\n"
        "It is kept until you send /forget, which deletes all of it at once. /export sends you a copy. "
        "Nobody else sees it. "
        "Update numbers that keep presses from counting twice are deleted after two days."
    )


def cancelled(something: bool) -> Screen:
    """Confirm /cancel."""
    if something:
        return Screen("All right, it stays as it was.")
    return Screen("There is nothing to cancel. /help lists what I can do.")

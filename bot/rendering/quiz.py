"""A quiz on demand: its start, its end, and the list of topics."""

from __future__ import annotations

from bot.bank import Bank
from bot.rendering import callback_data as taps
from bot.rendering.screen import Button, Keyboard, Screen
from bot.rendering.words import count, no_level
from bot.services.practices import Result, Wanted


def topics(bank: Bank) -> Screen:
    """List the topics; a press starts a quiz."""
    lines = [f"{topic.name}: {count(len(bank.ids(topic.slug)), 'question')}" for topic in bank.topics]
    text = (
        "<b>Topics</b>\n\n"
        + "\n".join(lines)
        + "\n\nPress one for a quiz of five, or send <code>/quiz security middle 3</code>."
    )
    return Screen(text, _grid(bank))


def _grid(bank: Bank) -> Keyboard:
    buttons = [Button(topic.name, taps.Quiz(topic.slug).encode()) for topic in bank.topics]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def nothing(wanted: Wanted) -> Screen:
    """Say that no question fits what was asked for."""
    if wanted.mode == "missed":
        return Screen("Nothing missed is waiting for you. /quiz brings new questions.")
    return Screen("I have no question of that kind yet. /topics lists what there is.")


def opened(wanted: Wanted, size: int, level: str | None) -> str:
    """Say what a run is that is not what was asked for: of any level, or shorter; else nothing."""
    notes = []
    if wanted.level and not level:
        notes.append(f"{no_level(wanted.level)}, so this quiz asks any level.")
    if size < wanted.size:
        are = "is" if size == 1 else "are"
        notes.append(f"There {are} {size} of these, so this quiz has {size} instead of {wanted.size}.")
    return f"<i>{' '.join(notes)}</i>" if notes else ""


def finished(result: Result) -> str:
    """Sum up a run in the note below its last card."""
    return f"🏁 <b>Quiz done: {result.known} of {result.known + result.missed}.</b>"


def stopped(result: Result | None) -> Screen:
    """Confirm /stop."""
    if result is None:
        return Screen("No quiz is running. /quiz starts one.")
    answered = result.known + result.missed
    score = f" You knew {result.known} of {answered}." if answered else ""
    return Screen(f"<b>Quiz stopped.</b>{score} /quiz starts another one.")

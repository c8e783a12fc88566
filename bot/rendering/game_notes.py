"""Short answers around a group's game: alerts, toasts, what was not understood, the greeting."""

from __future__ import annotations

from collections.abc import Sequence

from bot.bank import Bank, Topic
from bot.db.group_tables import Quiz
from bot.rendering import callback_data as taps
from bot.rendering.screen import Button, Screen
from bot.rendering.words import count, echo

IN = "You are in. Good luck!"
IN_ALREADY = "You are in already."
OVER = "This quiz is over. /quiz opens another one."
STEERS = "Only who opened this quiz, or an admin, can do that."
RUNNING = "A quiz is already running here. One at a time!"
NOT_NOW = "This round is closed."
NO_CHANNELS = "This takes a person: a channel or another group cannot play."


def greeting(bank: Bank) -> Screen:
    """Introduce the bot to a group, with buttons to begin."""
    topics = [topic for topic in bank.topics if bank.ids(topic.slug)][:4]
    rows = [
        tuple(Button(topic.name, taps.GameOpen(topic.slug).encode()) for topic in topics[start : start + 2])
        for start in range(0, len(topics), 2)
    ]
    every = Button("🎮 A quiz now", taps.GameOpen("any").encode(), style="primary")
    return Screen(
        "<b>Backend interview quizzes, together.</b> /quiz opens one, /quiz security 10 takes ten rounds of "
        "a topic. I read commands and buttons only, nothing else that is said here.",
        ((every,), *rows),
    )


def running(link: str | None) -> Screen:
    """Answer a second start: there is a game, and where."""
    if link is None:
        return Screen(f"{RUNNING} /stop ends it.")
    return Screen(f"{RUNNING} /stop ends it.", ((Button("⤴️ Show it", url=link),),))


def nothing_fits() -> Screen:
    """Say that the bank has no such question."""
    return Screen("I have no question of that kind yet. /quiz alone takes all topics.")


def no_such_topic(words: str, near: Sequence[Topic], understood: str = "") -> Screen:
    """Tell that a topic is unknown, and offer the nearest; `understood` names what was clear beside it."""
    rows = tuple((Button(topic.name, taps.GameOpen(topic.slug).encode()),) for topic in near)
    tail = "Is it one of these?" if rows else "/quiz alone takes all topics."
    start = f"{understood} is clear, but " if understood else ""
    return Screen(
        f"{start}I have no topic called {echo(words)}. {tail}\nFor example: <code>/quiz security 10</code>",
        rows,
    )


def personal(mode: str, username: str) -> Screen:
    """Tell that missed questions, weak topics and mixes are a private matter, and lead there."""
    what = {"missed": "What you missed is", "weak": "Your weak topics are"}.get(mode, "A mix is")
    payload = "" if mode == "mix" else f"?start=quiz_{mode}"
    return Screen(
        f"{what} yours alone: I ask you in our private chat. Here a quiz has one topic, or all.\n"
        "For example: <code>/quiz security 10</code>",
        ((_to_private(username, payload),),),
    )


def private_only(command: str, username: str) -> Screen:
    """Tell that a command is for the private chat, and lead there."""
    return Screen(f"{echo(command)} works in our private chat only.", ((_to_private(username),),))


def _to_private(username: str, payload: str = "") -> Button:
    return Button("💬 To the private chat", url=f"https://t.me/{username}{payload}")


def one_only(what: str) -> Screen:
    """Tell that a game has one topic, one level and one count."""
    said = {"topic": "Here a quiz has one topic, or all.", "level": "A quiz has one level, or any."}.get(
        what, "One count is enough: it says how many rounds are played."
    )
    return Screen(f"{said}\nFor example: <code>/quiz security 10</code>")


def rounds_wrong(words: str, most: int, understood: str) -> Screen:
    """Tell that a number of rounds is out of range."""
    kept = f"{understood} is clear, but " if understood else ""
    return Screen(
        f"{kept}{echo(words)} is no count I can use: a quiz has 1 to {count(most, 'round')}.\n"
        "For example: <code>/quiz security 10</code>"
    )


def no_quiz() -> Screen:
    """Answer /stop when nothing runs."""
    return Screen("No quiz is running here. /quiz opens one.")


def chosen(letter: str, *, first: bool) -> str:
    """Confirm an option in a toast."""
    return f"Your answer: {letter}" if first else f"Your answer stays: {letter}"


def pace(quiz: Quiz) -> str:
    """Write how long a game is; also as a toast, as the lobby itself may follow a moment later."""
    what = "card" if quiz.mode == "card" else "round"
    return f"{count(quiz.rounds, what)}, {count(quiz.seconds, 'second')} each"

"""Answers to what was not understood: what was, what was not, and an example."""

from __future__ import annotations

from collections.abc import Sequence

from bot.bank import Topic
from bot.rendering import callback_data as taps
from bot.rendering.choices import Encode
from bot.rendering.screen import Button, Keyboard, Screen
from bot.rendering.words import clock_time, echo, listing
from bot.services.wishes import NotUnderstood
from bot.services.zones import Place

EXAMPLE = "For example: <code>/subscribe 9:30 Berlin</code>"
OLD_BUTTON = "This button is from an earlier version of me. Send /start for fresh ones."
NOT_KNOWN = "I no longer know this card: its data was deleted, or it is too old. Send /quiz for a new one."
"""Also for a card of someone else's: nobody learns from it that there is one."""

TOO_LATE = "This rating can no longer be changed: the question has been asked again since."
REWRITTEN = "This question was rewritten since I sent it. You see the new text now."
APOLOGY = "Sorry, something went wrong here. It is noted, and nothing of yours is lost. Please try again."


def wish(fault: NotUnderstood, near: Sequence[Place]) -> Screen:
    """Tell which part of a time and place made no sense."""
    if fault.what == "time":
        return Screen(
            f"I do not read {echo(fault.words)} as a time of the day. It goes from 00:00 to 23:59.\n{EXAMPLE}"
        )
    understood = f"{clock_time(fault.minute)} is clear, but " if fault.minute is not None else ""
    start = f"{understood}I know no place called {echo(fault.words)}."
    if near:
        time = f"{clock_time(fault.minute)} " if fault.minute is not None else ""
        rows = tuple(
            (Button(f"{place.name} ({place.zone})", taps.Place(f"{time}{place.zone}").encode()),)
            for place in near
            if len(f"{time}{place.zone}") < 56
        )
        return Screen(f"{start} Is it one of these?\n{EXAMPLE}", rows)
    return Screen(f"{start} Send a larger city or a zone name.\n{EXAMPLE}")


def time_only(words: str) -> Screen:
    """Tell that a plain message is no time."""
    return Screen(
        f"I do not read {echo(words)} as a time of the day. Send one such as <code>7:45</code>, "
        "or pick a button above. /cancel leaves it as it is."
    )


def place_only(words: str, near: Sequence[Place], encode: Encode) -> Screen:
    """Tell that a plain message is no place; `encode` makes a zone's button."""
    if near:
        return Screen(
            f"I know no place called {echo(words)}. Did you mean one of these?", _places(near, encode)
        )
    return Screen(
        f"I know no place called {echo(words)}. Send a larger city nearby, such as <code>Berlin</code>, "
        "what your clock shows now, or a zone name. /cancel leaves it as it is."
    )


def places_by_clock(minute: int, found: Sequence[Place], encode: Encode) -> Screen:
    """Offer the places where the clock shows what a user's clock shows."""
    if found:
        return Screen(f"It is {clock_time(minute)} there. Which is nearest to you?", _places(found, encode))
    return Screen(
        f"I find no place where it is {clock_time(minute)} now. Look again at your clock, or send a city, "
        "such as <code>Berlin</code>. /cancel leaves it as it is."
    )


def _places(places: Sequence[Place], encode: Encode) -> Keyboard:
    return tuple((Button(f"{place.name} ({place.zone})", encode(place.zone)),) for place in places)


def pause(words: str) -> Screen:
    """Tell what /pause takes."""
    return Screen(
        f"I do not read {echo(words)} as a number of days. It goes from 1 to 365; "
        "alone, /pause lasts until you /resume.\nFor example: <code>/pause 7</code>"
    )


def quiz_words(words: str, near: Sequence[Topic], understood: str = "") -> Screen:
    """Tell that a topic is unknown, and offer the nearest; `understood` names what was clear beside it."""
    rows = tuple((Button(topic.name, taps.Quiz(topic.slug).encode()),) for topic in near)
    tail = "Is it one of these?" if rows else "/topics lists them all."
    start = f"{understood} is clear, but " if understood else ""
    return Screen(
        f"{start}I have no topic called {echo(words)}. {tail}\nFor example: <code>/quiz security 5</code>",
        rows,
    )


def stats_topic(words: str, near: Sequence[Topic]) -> Screen:
    """Tell that /stats knows no such topic."""
    names = listing([topic.slug for topic in near], "or") or "a topic of /topics"
    return Screen(
        f"I have no topic called {echo(words)}. Did you mean {names}?\n"
        "For example: <code>/stats security</code>"
    )


def quiz_mix(words: str) -> Screen:
    """Tell what a mix is made of."""
    return Screen(
        f"I do not read {echo(words)} as a topic with its share, from 1 to 1000.\n"
        "For example: <code>/quiz mix python:50 security:50</code>"
    )


def quiz_one(what: str, slugs: Sequence[str]) -> Screen:
    """Tell which words of /quiz do not go together; `slugs` are the topics."""
    said, example = {
        "topic": ("A quiz has one topic; a mix has several.", f"mix {' '.join(slugs[:3])}"),
        "level": ("A quiz has one level, or any.", "senior 5"),
        "count": ("One count is enough: it says how many questions come.", "security 5"),
        "mode": ("A quiz asks either what you missed or your weakest topics.", "missed"),
    }.get(
        what, ("A mix is of topics alone: it takes no level, no missed and no weak.", "mix security django 5")
    )
    return Screen(f"{said}\nFor example: <code>/quiz {example}</code>")


def quiz_size(words: str, most: int, understood: str) -> Screen:
    """Tell that a count is out of range."""
    kept = f"{understood} is clear, but " if understood else ""
    return Screen(
        f"{kept}{echo(words)} is no count I can use: a quiz has 1 to {most} questions.\n"
        "For example: <code>/quiz security 5</code>"
    )


def unknown_command(command: str) -> Screen:
    """Tell that there is no such command."""
    return Screen(f"I know no command {echo(command)}. /help lists what I can do.")


def no_such_question() -> Screen:
    """Answer a link to a question that never was."""
    return Screen("That link names no question of mine. /quiz brings you one.")


def plain_text() -> Screen:
    """Answer a message that answers nothing."""
    return Screen(
        "I read commands and buttons only. /quiz brings a question, /help lists everything else.",
        ((Button("🎯 A question now", taps.Quiz("any").encode()),),),
    )


def not_text() -> Screen:
    """Answer a sticker, a photo or the like."""
    return Screen("Nice, but I only read words. /quiz brings a question, /help lists everything else.")

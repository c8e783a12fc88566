"""Small words that many screens share: dates, times, counts, names."""

from __future__ import annotations

import re
from datetime import date
from html import escape

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CODE = re.compile(
    r"((?<![\w.@/])(?:@\w+(?:\.\w+)*|[A-Za-z_]\w*(?:\.[A-Za-z_]\w+)+|\w+_\w+)(?:\([^()\s]*\))?)"
)
"""Names of code in a sentence: dotted, with an underscore, or a decorator; with a call's brackets."""

LONGEST_ECHO = 40
"""Characters of a user's own words that are shown back."""


def clock_time(minute: int) -> str:
    """Write minutes after midnight as a 24-hour time."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day(when: date, today: date) -> str:
    """Write a date as people say it: today, tomorrow, else weekday and date, with the year if it differs."""
    distance = (when - today).days
    if distance == 0:
        return "today"
    if distance == 1:
        return "tomorrow"
    text = f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"
    return text if when.year == today.year else f"{text} {when.year}"


def weekdays(bits: int) -> str:
    """Write a set of weekdays (bit 0 is Monday)."""
    chosen = [name for place, name in enumerate(WEEKDAYS) if bits >> place & 1]
    if len(chosen) == 7:
        return "every day"
    if chosen == list(WEEKDAYS[:5]):
        return "Monday to Friday"
    if chosen == list(WEEKDAYS[5:]):
        return "weekends"
    return ", ".join(chosen)


def capital(text: str) -> str:
    """Begin with a capital, and leave the others as they are."""
    return text[:1].upper() + text[1:]


def count(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: `1 day`, `3 days`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def no_level(level: str) -> str:
    """Begin the sentence that a level asked for has no questions."""
    return f"There is no {level} question of these yet"


def echo(text: str) -> str:
    """Show a user's own words back: one line, cut, escaped, and isolated from the text's direction."""
    line = " ".join(text.split())
    cut = line if len(line) <= LONGEST_ECHO else line[:LONGEST_ECHO] + "…"
    # U+2068 and U+2069 keep right-to-left words from turning the sentence around them.
    return f"\u2068{escape(cut, quote=False)}\u2069"


def bold(text: str) -> str:
    """Write a plain sentence in bold, and names of code in it as code.

    Telegram links whatever looks like an address, `instance.save` and `manage.py` among it; code it leaves.
    """
    parts = CODE.split(text)
    marked = [
        f"<code>{escape(part, quote=False)}</code>" if place % 2 else f"<b>{escape(part, quote=False)}</b>"
        for place, part in enumerate(parts)
        if part
    ]
    return "".join(marked)


def listing(items: list[str], last: str = "and") -> str:
    """Join words as a sentence does."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def zone(name: str) -> str:
    """Write an IANA zone as people say it: its city, or the offset for one without."""
    if name.startswith("Etc/GMT") and name != "Etc/GMT":
        hours = -int(name.removeprefix("Etc/GMT"))
        return f"UTC{hours:+d}" if hours else "UTC"
    return name.rpartition("/")[2].replace("_", " ")

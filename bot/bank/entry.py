"""One entry as its author wrote it: front matter, and the parts of the body with their lines.

Reading never fails. What has no place is kept in `stray`, and the rules speak about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bot.bank.front import Front, read_front

PARTS = ("Hint", "Answer", "Key points", "Quiz", "Follow-ups", "Sources")
"""The headings of an entry, in their order."""

ALLOWANCE = re.compile(r"<!-- *lint: *allow +([EW]\d+b?) +(\S.*?) *-->")
"""A comment that lets one rule pass in one entry, with its reason."""


@dataclass(frozen=True, slots=True)
class Line:
    """Text and the line of the file on which it starts."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Fence:
    """A code block: the line of its opening fence, its language as written, its code."""

    number: int
    language: str
    code: str


@dataclass(slots=True)
class Part:
    """What stands below one `##` heading."""

    number: int
    heading: str
    lines: list[Line] = field(default_factory=list)

    def text(self) -> str:
        """Give the lines as they stand, so that offsets in them are offsets from `number` + 1."""
        return "\n".join(line.text for line in self.lines)


@dataclass(slots=True)
class Entry:
    """A file of the bank, taken apart as far as its headings."""

    path: Path
    source: str
    front: Front
    prompts: list[Line]
    parts: list[Part]
    stray: list[Line]
    fences: list[Fence]
    open_fence: int | None
    allowed: frozenset[str]

    def part(self, heading: str) -> Part | None:
        """Give the first part with this heading."""
        return next((part for part in self.parts if part.heading == heading), None)

    def line_of(self, name: str) -> int:
        """Give the line of a field of the front matter, or 1 when it is missing."""
        return self.front.lines.get(name, 1)

    def word(self, name: str) -> str:
        """Give a field that should be a word, or "" when it is missing or something else."""
        value = self.front.values.get(name)
        return value if isinstance(value, str) else ""

    def words(self, name: str) -> tuple[str, ...]:
        """Give the words of a field that should be a list of them."""
        value = self.front.values.get(name)
        return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()

    def checked(self) -> date | None:
        """Give the day of the last check."""
        return day(self.front.values.get("checked"))

    def releases(self, name: str) -> dict[str, str]:
        """Give the well-formed part of a field that should map products to versions."""
        value = self.front.values.get(name)
        if not isinstance(value, dict):
            return {}
        return {
            key: release
            for key, release in value.items()
            if isinstance(key, str) and isinstance(release, str)
        }


def day(value: object) -> date | None:
    """Give a value back if it is a day without a time."""
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def read_entry(path: Path, source: str) -> Entry:
    """Take a file apart; its own text says what it is, its path where."""
    lines = source.split("\n")
    front = read_front(lines)
    entry = Entry(
        path, source, front, [], [], [], [], None, frozenset(found[0] for found in ALLOWANCE.findall(source))
    )
    _split(entry, lines)
    return entry


def _split(entry: Entry, lines: list[str]) -> None:
    """Give each line of the body to its part, and gather the code blocks on the way."""
    fence: Fence | None = None
    code: list[str] = []
    for number, text in enumerate(lines[entry.front.end :], entry.front.end + 1):
        if fence is not None:
            if text.strip() == "```":
                entry.fences.append(Fence(fence.number, fence.language, "\n".join(code)))
                fence = None
            else:
                code.append(text)
        elif text.startswith("```"):
            fence, code = Fence(number, text[3:].strip(), ""), []
        elif text.startswith("# "):
            entry.prompts.append(Line(number, text[2:]))
            continue
        elif text.startswith("## "):
            entry.parts.append(Part(number, text[3:]))
            continue
        _place(entry, Line(number, ALLOWANCE.sub("", text)))
    entry.open_fence = fence.number if fence else None


def _place(entry: Entry, line: Line) -> None:
    if entry.parts:
        entry.parts[-1].lines.append(line)
    elif line.text.strip():
        entry.stray.append(line)

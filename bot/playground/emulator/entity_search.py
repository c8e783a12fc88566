"""Entities in plain text, found without TDLib: commands, links, mentions, hashtags, addresses.

A small stand-in for `find_entities` of TDLib: the patterns are narrower (well-known domains only
without a scheme), and phone and bank card numbers are not looked for.
"""

from __future__ import annotations

import re

from bot.playground.emulator.state import Json

_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}\b")),
    (
        "url",
        re.compile(
            r"(?:https?://|(?<![\w@/.-])(?=[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|me|de)\b))[^\s<>\"]+"
        ),
    ),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}\b")),
)
_CLOSING = ".,;:!?)'\"]}"


def find_entities(text: str) -> list[Json]:
    """The entities in order; none overlaps another, the earlier pattern wins."""
    spans: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            begin, end = match.span()
            if kind == "url":
                end = begin + len(match[0].rstrip(_CLOSING))
            if all(end <= other_begin or begin >= other_end for other_begin, other_end, _ in spans):
                spans.append((begin, end, kind))
    found = []
    for begin, end, kind in sorted(spans):
        offset = _units(text[:begin])
        found.append({"type": kind, "offset": offset, "length": _units(text[begin:end])})
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

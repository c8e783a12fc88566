"""Telegram's HTML: text made safe for it, and how much of it a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENTITY = re.compile(r"&(?:#(\d+)|#x([0-9a-fA-F]+)|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CODE = re.compile(r"<pre>.*?</pre>|<code>.*?</code>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Rich:
    """A rendered piece: Telegram HTML, the text a reader sees, and what could not be rendered.

    `troubles` pairs a line offset from the piece's first line with what was found there.
    """

    html: str
    text: str
    troubles: tuple[tuple[int, str], ...] = ()


def escape(text: str) -> str:
    """Make text safe in Telegram's HTML, between tags and in attributes: the only place that does."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def code_block(text: str, language: str = "") -> str:
    """Show text as a code block, coloured by the apps that know the language."""
    inside = escape(text)
    if language:
        inside = f'<code class="language-{escape(language)}">{inside}</code>'
    return f"<pre>{inside}</pre>"


def plain(html: str) -> str:
    """Give the text that Telegram shows for well-formed Telegram HTML."""
    return _ENTITY.sub(_character, _TAG.sub("", html))


def without_code(html: str, instead: str) -> str:
    """Give the text that Telegram shows, with something else in place of code."""
    return plain(_CODE.sub(instead, html))


def length(html: str) -> int:
    """Count UTF-16 code units after parsing, as Telegram's limits do."""
    return utf16(plain(html))


def utf16(text: str) -> int:
    """Count the UTF-16 code units of plain text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    return _NAMED[name] if name else chr(int(decimal) if decimal else int(hexadecimal, 16))

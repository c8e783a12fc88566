"""What a chat shows: a text in Telegram's HTML and the buttons below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: it sends `data` back (1 to 64 bytes) or opens `url`, never both.

    `style` is the colour that Telegram gives it since Bot API 9.4; None is the app's own.
    """

    text: str
    data: str | None = None
    url: str | None = None
    style: Literal["primary", "success", "danger"] | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: `text` is Telegram HTML of at most 4,096 characters after parsing."""

    text: str
    keyboard: Keyboard = ()

"""One message to many chats: drawn and encoded once, for each copy only its own number is put in."""

from __future__ import annotations

from typing import NamedTuple

import orjson

from bot.api.markup import payload
from bot.rendering.screen import Screen

STAND_IN = 8_730_219_654_417_305_926
"""Drawn in the place of a number that each copy has its own of: no id grows that large, no text says it."""


class Template:
    """A screen whose buttons carry `STAND_IN`.

    Raises:
        ValueError: it stands elsewhere than in the data of the buttons, once in each.
    """

    def __init__(self, screen: Screen) -> None:
        place = str(STAND_IN).encode()
        data = [button.data or "" for row in screen.keyboard for button in row]
        self._parts = orjson.dumps(payload(screen)).split(place)
        if not all(str(STAND_IN) in one for one in data) or len(self._parts) != len(data) + 1:
            raise ValueError("a number of its own belongs into each button, and nowhere else")

    def filled(self, own: int) -> bytes:
        """Put a copy's own number in: the fields of `sendMessage` as JSON, the chat's aside."""
        return str(own).encode().join(self._parts)


class Copy(NamedTuple):
    """A template with the number of one copy."""

    template: Template
    own: int

    def encoded(self) -> bytes:
        """Return the fields of `sendMessage` as JSON, the chat's aside."""
        return self.template.filled(self.own)

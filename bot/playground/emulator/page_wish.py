"""A request of the chat page to act: who, where, and what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from bot.playground.emulator.errors import NotPossible
from bot.playground.emulator.state import Chat
from bot.playground.emulator.telegram import Telegram
from bot.playground.emulator.uploads import UploadedFile
from bot.playground.emulator.world import World


@dataclass(frozen=True)
class Wish:
    """The body of a POST, read with sentences for what is missing."""

    telegram: Telegram
    body: Mapping[str, Any]
    file: UploadedFile | None = None

    @property
    def world(self) -> World:
        """The emulator's world."""
        return self.telegram.world

    @property
    def person(self) -> int:
        """Who acts."""
        person_id = self.number("person")
        if person_id not in self.world.state.people:
            raise NotPossible(f"there is no person {person_id}")
        return person_id

    @property
    def chat(self) -> Chat:
        """Where; only chats that the person is in."""
        self.world.open_private_chats(self.person)
        chat = self.world.chat(self.text("chat"))
        if self.person not in self.world.people_in(chat):
            raise NotPossible("there is no such chat for this person")
        return chat

    def number(self, name: str) -> int:
        """A required whole number."""
        value = self.body.get(name)
        if isinstance(value, bool) or not str(value).removeprefix("-").isdecimal():
            raise NotPossible(f"{name} must be a whole number")
        return int(str(value))

    def maybe_number(self, name: str) -> int | None:
        """A whole number or None."""
        return None if self.body.get(name) in (None, "") else self.number(name)

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers."""
        value = self.body.get(name)
        if not isinstance(value, list) or any(
            isinstance(one, bool) or not isinstance(one, int) for one in value
        ):
            raise NotPossible(f"{name} must be a list of whole numbers")
        return value

    def text(self, name: str) -> str:
        """A required string."""
        value = self.body.get(name)
        if not isinstance(value, str):
            raise NotPossible(f"{name} must be a string")
        return value

    def maybe_text(self, name: str) -> str | None:
        """A string or None."""
        return None if self.body.get(name) in (None, "") else self.text(name)

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self.body.get(name, default)
        if not isinstance(value, bool):
            raise NotPossible(f"{name} must be true or false")
        return value

    def decimal(self, name: str) -> float:
        """A required number."""
        value = self.body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NotPossible(f"{name} must be a number")
        return float(value)

    def switches(self, name: str) -> dict[str, bool]:
        """An object of truth values; empty when missing."""
        value = self.body.get(name) or {}
        if not isinstance(value, dict) or not all(isinstance(one, bool) for one in value.values()):
            raise NotPossible(f"{name} must be an object of true and false")
        return value


async def read_wish(telegram: Telegram, request: web.Request) -> Wish:
    """The body as a wish: JSON, or a form with a file."""
    if request.content_type == "multipart/form-data":
        form = await request.post()
        upload = form.get("file")
        body = {name: value for name, value in form.items() if isinstance(value, str)}
        if isinstance(upload, web.FileField):
            mime_type = upload.content_type or "application/octet-stream"
            return Wish(telegram, body, UploadedFile(upload.filename, upload.file.read(), mime_type))
        return Wish(telegram, body)
    try:
        read = orjson.loads(await request.read() or b"{}")
    except orjson.JSONDecodeError:
        raise NotPossible("the body must be a JSON object") from None
    if not isinstance(read, dict):
        raise NotPossible("the body must be a JSON object")
    return Wish(telegram, read)

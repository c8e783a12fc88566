"""Arguments of a call as the Bot API server reads them.

The server turns every argument into a string first (numbers and nested JSON keep their spelling)
and reads it as the method needs it: a number that is none counts as 0, a flag is set by `true`,
`yes` or `1`. What is JSON inside an argument is checked field by field with TDLib's words.
Sources: `Client::get_integer_arg`, `td::to_integer`, `td::to_bool`, `JsonBuilder.cpp`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from bot.playground.emulator.errors import bad_request
from bot.playground.emulator.uploads import UploadedFile

_LEADING_NUMBER = re.compile(r"-?\d+")
_WHOLE_NUMBER = re.compile(r"-?\d+")


class Arguments:
    """What the caller sent: parameters by name and uploaded files by name."""

    def __init__(self, given: Mapping[str, object], files: Mapping[str, UploadedFile] | None = None) -> None:
        self._given = {name: value for name, value in given.items() if value is not None}
        self.files = dict(files or {})

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def raw(self, name: str) -> object:
        """The value as it was given, or None."""
        return self._given.get(name)

    def plain(self) -> dict[str, object]:
        """All parameters as they were given."""
        return dict(self._given)

    def has(self, name: str) -> bool:
        """Whether the parameter was given at all, even if empty."""
        return name in self._given

    def text(self, name: str) -> str:
        """The argument's spelling; empty when it is missing."""
        value = self._given.get(name, "")
        if isinstance(value, str):
            return value
        return orjson.dumps(value).decode()

    def integer(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """A number, clamped to its limits; 0 when it is no number."""
        spelling = self.text(name)
        value = default
        if spelling:
            found = _LEADING_NUMBER.match(spelling)
            value = int(found[0]) if found else 0
        if low is not None:
            value = max(low, value)
        return value if high is None else min(high, value)

    def flag(self, name: str) -> bool:
        """A truth value: `true`, `yes` and `1` are true, everything else is false."""
        return self.text(name).lower() in ("true", "yes", "1")

    def decoded(self, name: str, failure: str) -> Any:
        """A nested JSON argument; None when it is missing, `failure` when it cannot be read."""
        value = self._given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(failure) from None

    def message_id(self, name: str = "message_id") -> int:
        """A message's id; 0 when missing or negative."""
        return max(0, self.integer(name))

    def user_id(self, name: str = "user_id") -> int:
        """A user's id, which must be positive."""
        value = self.integer(name)
        if value <= 0:
            raise bad_request(f"Invalid {name} specified")
        return value

    def strings(self, name: str, most: int) -> list[str]:
        """A list of strings; empty when missing."""
        value = self.decoded(name, f"Can't parse {name} JSON object")
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise bad_request("Expected an Array of String")
        if len(value) > most:
            raise bad_request("Too many items specified")
        return value


def text_field(data: Mapping[str, Any], name: str, *, required: bool = False) -> str:
    """A string field of a JSON object; a number keeps its spelling."""
    if name not in data:
        if required:
            raise bad_request(f'Can\'t find field "{name}"')
        return ""
    value = data[name]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise bad_request(f'Field "{name}" must be of type String')
    return str(value)


def integer_field(data: Mapping[str, Any], name: str, *, required: bool = False, default: int = 0) -> int:
    """A whole number field of a JSON object; a string that spells one will do."""
    if name not in data:
        if required:
            raise bad_request(f'Can\'t find field "{name}"')
        return default
    value = data[name]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise bad_request(f'Field "{name}" must be a Number')
    if not _WHOLE_NUMBER.fullmatch(str(value)):
        raise bad_request(f'Field "{name}" must be a valid Number')
    return int(value)


def flag_field(data: Mapping[str, Any], name: str) -> bool:
    """A truth value of a JSON object."""
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise bad_request(f'Field "{name}" must be of type Boolean')
    return value


def object_field(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A required object inside a JSON object."""
    if name not in data:
        raise bad_request(f'Can\'t find field "{name}"')
    value = data[name]
    if not isinstance(value, dict):
        raise bad_request(f'Field "{name}" must be of type Object')
    return value

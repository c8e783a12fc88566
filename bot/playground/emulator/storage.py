"""The state as bytes and back, so that the playground survives a restart."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson

from bot.playground.emulator.state import State

FORMAT = 1


def dump(state: State) -> bytes:
    """The whole state as JSON."""
    return orjson.dumps({"format": FORMAT, "state": state}, option=orjson.OPT_NON_STR_KEYS)


def load(data: bytes) -> State:
    """The state that `dump` wrote; ValueError for anything else."""
    stored = orjson.loads(data)
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise ValueError("not a state of this emulator")
    state = _rebuilt(State, stored["state"])
    if not isinstance(state, State):
        raise TypeError("the stored state is no state")
    return state


def _rebuilt(kind: Any, value: Any) -> Any:
    """`value` from JSON as the annotated type: dataclasses and integer keys come back."""
    if value is None or kind is Any:
        return value
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [choice for choice in get_args(kind) if choice is not type(None)]
        return _rebuilt(inner[0], value)
    if origin is list:
        (item,) = get_args(kind)
        return [_rebuilt(item, element) for element in value]
    if origin is dict:
        key_kind, item = get_args(kind)
        return {key_kind(key): _rebuilt(item, element) for key, element in value.items()}
    if is_dataclass(kind):
        made: Any = kind
        hints = _field_types(made)
        return made(**{name: _rebuilt(hints[name], given) for name, given in value.items() if name in hints})
    return value


@cache
def _field_types(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {entry.name: hints[entry.name] for entry in fields(kind)}

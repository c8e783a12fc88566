"""Strategies: genuine updates with fields taken away, replaced, repeated or put elsewhere."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

Raw = dict[str, Any]
Place = tuple[Any, Any]
"""A container and the key or index in it."""

PLAIN: list[Any] = [None, True, False, 0, -1, 1.5, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 1e300]
TEXTS = [
    "",
    " ",
    "x",
    "/",
    "/quiz",
    "/start x",
    "\x00",
    "a\x00b",
    "\u202e\u2068",
    "🙂" * 30,
    "x" * 5000,
]
NESTED: list[Any] = [[], {}, [{}], [[]], {"id": {}}, [None], {"": ""}, {"id": 1, "type": "private"}]
DATA = [
    "",
    ":",
    "1",
    "1:",
    "1::",
    "1:rt",
    "1:rt:",
    "1:rt:1",
    "1:rt:1:9",
    "1:rt:999999999999999999:3",
    "1:rt:0:0",
    "1:rt:-1:3",
    "1:rt:1:3:4",
    "2:rt:1:3",
    "1:zz:1",
    "1:gw:1:topic:nonsense",
    "1:gp:minute:99999",
    "1:lb:century",
    "1:me:nothing",
    "1:gb:1:99",
    "1:gr:1:7",
    "1:st:\x00",
    "x" * 64,
]
HUGE = "y" * 100_000
JUNK = st.sampled_from([*PLAIN, *TEXTS, *NESTED, HUGE]) | st.sampled_from(DATA)


def places(value: Any) -> Iterator[Place]:
    """Every place of a tree, the outermost first."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield value, key
        yield from places(value[key])


@st.composite
def mutated(draw: st.DrawFn, samples: Sequence[Raw]) -> Raw:
    """One of the samples with one to three changes; its number, last, is left to the caller."""
    raw = copy.deepcopy(samples[draw(st.integers(0, len(samples) - 1))])
    del raw["update_id"]
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(raw))
        if not found:
            break
        container, key = found[draw(st.integers(0, len(found) - 1))]
        match draw(st.sampled_from(["drop", "replace", "replace", "wrap", "move", "graft"])):
            case "drop":
                del container[key]
            case "replace":
                container[key] = copy.deepcopy(draw(JUNK))
            case "wrap":
                container[key] = [container[key]]
            case "move" if isinstance(key, str):
                container[draw(st.sampled_from(["text", "data", "id", "from", "chat", "other"]))] = (
                    container.pop(key)
                )
            case _:
                other, there = found[draw(st.integers(0, len(found) - 1))]
                container[key] = copy.deepcopy(other.get(there) if isinstance(other, dict) else HUGE[:9])
    return raw


@st.composite
def forged(draw: st.DrawFn, presses: Sequence[Raw]) -> Raw:
    """A press whose data nobody's button has."""
    raw = copy.deepcopy(presses[draw(st.integers(0, len(presses) - 1))])
    del raw["update_id"]
    number = st.sampled_from(["0", "1", "2", "7", "-1", "99999999999999999", "x", "", "1e3", "٣", "\x00"])
    kinds = st.sampled_from(KINDS)
    made = st.builds(lambda kind, values: ":".join(["1", kind, *values]), kinds, st.lists(number, max_size=4))
    raw["callback_query"]["data"] = draw(made | st.sampled_from(DATA) | st.text(max_size=64))
    return raw


def _kinds() -> list[str]:
    from bot.handlers.routes import TAPS

    return [tap.kind for tap in TAPS]


KINDS = _kinds()

"""The methods that the emulator knows, and how a call finds its method."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.playground.emulator.errors import ApiError, not_modelled
from bot.playground.emulator.parameters import Arguments
from bot.playground.emulator.signatures import EPHEMERAL, OTHER_METHODS
from bot.playground.emulator.state import BotAccount
from bot.playground.emulator.world import World


@dataclass(frozen=True)
class Request:
    """A call to carry out: who calls, and with what."""

    world: World
    bot: BotAccount
    args: Arguments
    method: str

    @property
    def knows_ephemeral(self) -> bool:
        """Whether this server is new enough for ephemeral messages (Bot API 10.3)."""
        return self.world.knows_ephemeral


Method = Callable[[Request], object | Awaitable[object]]
SomeMethod = TypeVar("SomeMethod", bound=Method)

_METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[SomeMethod], SomeMethod]:
    """Register a method of the Bot API under its name."""

    def register(function: SomeMethod) -> SomeMethod:
        _METHODS[name.lower()] = function
        return function

    return register


def modelled() -> frozenset[str]:
    """Lower-case names of all registered methods."""
    return frozenset(_METHODS)


async def perform(request: Request) -> object:
    """Carry out the call; ApiError when Telegram refuses it."""
    name = request.method.lower()
    function = _METHODS.get(name)
    if function is None and name in OTHER_METHODS:
        raise not_modelled(f"the method {OTHER_METHODS[name]}")
    if function is None or (name in EPHEMERAL and not request.knows_ephemeral):
        raise ApiError(404, "Not Found: method not found")
    result = function(request)
    return await result if inspect.isawaitable(result) else result

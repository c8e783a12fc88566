"""A group of two, with the bot in it."""

from __future__ import annotations

import pytest

from bot.playground.emulator import Group, Person
from tests.support.stage import Stage


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Who owns the group."""
    return stage.person("Ada")


@pytest.fixture
async def bob(stage: Stage) -> Person:
    """A member."""
    return stage.person("Bob")


@pytest.fixture
async def group(stage: Stage, ada: Person, bob: Person) -> Group:
    """The group; the bot has greeted it."""
    made = stage.telegram.add_group("Study", [bob], [ada])
    await stage.settle()
    return made

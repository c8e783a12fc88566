"""A group at the table: what its stories say again and again."""

from __future__ import annotations

from typing import Any

from bot.playground.emulator import Group, Person
from bot.playground.emulator.seen import Seen
from tests.support.stage import Stage


def bot_messages(group: Group) -> list[Seen]:
    """The bot's messages in a group, oldest first, those for one member aside."""
    bots = group.telegram.world.state.bots
    return [
        seen
        for seen in group.messages
        if seen.sender in bots and not seen.message.service and not seen.ephemeral
    ]


def newest(group: Group) -> Seen:
    """The bot's newest message in a group."""
    return bot_messages(group)[-1]


def polls(group: Group) -> list[Seen]:
    """The polls in a group, oldest first."""
    return [seen for seen in bot_messages(group) if seen.poll is not None]


def lobby(group: Group) -> Seen:
    """The newest message with a Start button."""
    return next(seen for seen in reversed(bot_messages(group)) if "Start" in str(seen.buttons))


async def say(stage: Stage, person: Person, text: str, group: Group, **more: Any) -> str:
    """Let someone write in a group; the bot's newest message."""
    await person.send(text, group, **more)
    await stage.settle()
    return newest(group).text


async def tap(stage: Stage, person: Person, words: str, group: Group, message: Seen | None = None) -> str:
    """Let someone press a button in a group; the bot's newest message."""
    await person.press(words, message, chat=group)
    await stage.settle()
    return newest(group).text


async def vote(stage: Stage, person: Person, group: Group, *, right: bool = True) -> None:
    """Let someone answer the newest poll."""
    poll = polls(group)[-1]
    assert poll.poll is not None
    correct = poll.poll["correct_option_ids"][0]
    await person.vote(poll, correct if right else (correct + 1) % 4)
    await stage.settle()


async def time_is_up(stage: Stage, seconds: float = 30) -> None:
    """Let a round end and its reason be told."""
    await stage.pass_time(seconds=seconds)
    await stage.pass_time(seconds=2)


async def next_round(stage: Stage) -> None:
    """Let the time for reading pass."""
    await stage.pass_time(seconds=6)


async def started(stage: Stage, person: Person, group: Group, words: str = "3") -> None:
    """Open a game and start it."""
    await say(stage, person, f"/quiz {words}", group)
    await tap(stage, person, "Start", group)

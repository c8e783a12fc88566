"""Updates as Telegram sends them, one of each kind that the bot hears, recorded from a story on a stage."""

from __future__ import annotations

import json
from typing import Any

from bot.handlers.routes import ALLOWED_UPDATES
from tests.support.stage import TOKEN, Stage

Raw = dict[str, Any]


async def take(stage: Stage) -> list[Raw]:
    """Read what waits, work it off, and give it as it came."""
    parameters = {"offset": stage._offset, "timeout": 0, "allowed_updates": ALLOWED_UPDATES}
    _, answer = await stage.telegram.call(TOKEN, "getUpdates", parameters)
    found: list[Raw] = json.loads(json.dumps(answer["result"]))
    await stage.settle()
    return found


async def record(stage: Stage) -> list[Raw]:
    """Play a private chat and a group's quiz; give every update of it."""
    ada, bob = stage.person("Ada"), stage.person("Bob")
    found: list[Raw] = []
    await ada.start("quiz_security")
    found += await take(stage)
    for text in (
        "/quiz python 3",
        "/subscribe 9:30 Berlin",
        "/settings",
        "/stats",
        "/nonsense",
        "some words",
    ):
        await ada.send(text)
        found += await take(stage)
    await ada.send("/quiz 2")
    found += await take(stage)
    for words in ("Hint", "Show answer", "Missed", "Change rating", "Keep it", "Next question"):
        await ada.press(words)
        found += await take(stage)
    await ada.send_location(52.5, 13.4)
    await ada.send_photo(caption="look")
    await ada.send_sticker()
    found += await take(stage)
    group = stage.telegram.add_group("Study", [bob], [ada])
    found += await take(stage)
    await bob.send("/quiz python 2", group)
    found += await take(stage)
    await bob.press("Start", chat=group)
    found += await take(stage)
    stage.clock.move(seconds=10)
    await stage.app.games.go_on()
    await ada.vote(ada.last_in(group), 0)
    await bob.vote(bob.last_in(group), 1)
    found += await take(stage)
    stage.clock.move(minutes=2)
    stage.telegram.tick()
    await bob.leave(group)
    await ada.block_bot()
    await ada.unblock_bot()
    return found + await take(stage)

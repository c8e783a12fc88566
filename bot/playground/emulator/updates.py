"""Updates: queued for each bot until it confirms them; long polling.

Sources: `Client::process_get_updates_query`, `Client::do_get_updates`, `get_allowed_update_types`.
"""

from __future__ import annotations

import asyncio
import time

from bot.playground.emulator.errors import ApiError, conflict
from bot.playground.emulator.inbox import KINDS, NEW_UPDATE, end_poll
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.state import BotAccount, Json
from bot.playground.emulator.ticking import next_due, tick
from bot.playground.emulator.world import World

LONGEST_POLL = 50
ONLINE_SECONDS = 3.0
"""A bot counts as online for so long after its last poll ended."""

CLOCK_CHECK = 0.1
"""Seconds between looks at the emulator's clock while a poll's timer runs."""

_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def set_allowed(request: Request) -> None:
    """Remember `allowed_updates`: absent or unreadable keeps the old list, an empty one is the default."""
    value = request.args.raw("allowed_updates")
    if value is None or value == "":
        return
    try:
        names = request.args.strings("allowed_updates", 1000)
    except ApiError:
        return  # the server ignores a list that it cannot read
    request.bot.allowed_updates = [name.lower() for name in names if name.lower() in KINDS]


@method("getUpdates")
async def get_updates(request: Request) -> list[Json]:
    """Confirmed updates go, the others are shown; waits up to `timeout` seconds of real time for one."""
    world, bot, args = request.world, request.bot, request.args
    if bot.webhook.url:
        raise conflict(_WEBHOOK_ACTIVE)
    offset = args.integer("offset")
    limit = args.integer("limit", 100, 1, 100)
    timeout = args.integer("timeout", 0, 0, LONGEST_POLL)
    set_allowed(request)
    end_poll(world, bot, by_webhook=False)
    _confirm(bot, offset)
    if not bot.updates and timeout:
        await _wait(world, bot, timeout)
    world.last_poll[bot.user.id] = time.monotonic()
    return bot.updates[:limit]


def _confirm(bot: BotAccount, offset: int) -> None:
    if offset < 0:
        bot.updates = bot.updates[offset:]
    elif offset > 0:
        bot.updates = [update for update in bot.updates if update["update_id"] >= offset]


async def _wait(world: World, bot: BotAccount, seconds: int) -> None:
    """Wait for an update; 409 when another poll or a webhook takes over."""
    waiting: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    world.polling[bot.user.id] = waiting
    watch_bot(world, bot)
    end = time.monotonic() + seconds
    try:
        while not waiting.done() and (left := end - time.monotonic()) > 0:
            pause = min(left, CLOCK_CHECK) if next_due(world) is not None else left
            await asyncio.wait([waiting], timeout=pause)
            tick(world)
        world.last_poll[bot.user.id] = time.monotonic()
    finally:
        if world.polling.get(bot.user.id) is waiting:
            del world.polling[bot.user.id]
    if waiting.done() and waiting.result() != NEW_UPDATE:
        raise conflict(waiting.result())


def watch_bot(world: World, bot: BotAccount) -> None:
    """Tell the page when the bot came or went."""
    online = is_online(world, bot)
    if world.online.get(bot.user.id, False) != online:
        world.online[bot.user.id] = online
        world.events.publish("bot", {"bot": bot.user.id})


def is_online(world: World, bot: BotAccount) -> bool:
    """Whether somebody fetches the bot's updates (seen in the last seconds) or has a webhook."""
    if bot.webhook.url or bot.user.id in world.polling:
        return True
    return time.monotonic() - world.last_poll.get(bot.user.id, float("-inf")) < ONLINE_SECONDS

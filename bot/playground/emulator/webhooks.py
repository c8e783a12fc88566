"""Webhooks: updates posted to the bot's own address, again and again until it answers 2xx.

Sources: `Client::process_set_webhook_query`, `WebhookActor.cpp`. As there, the updates of one sender and
kind come one after another, each when the one before it was taken. Unlike Telegram, plain HTTP and
any port are fine on this machine; addresses elsewhere are not modelled.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.playground.emulator.errors import ApiError, bad_request, not_modelled
from bot.playground.emulator.inbox import end_poll
from bot.playground.emulator.parameters import Arguments
from bot.playground.emulator.registry import Request, method, perform
from bot.playground.emulator.state import BotAccount, Json, Webhook
from bot.playground.emulator.updates import set_allowed

if TYPE_CHECKING:
    from bot.playground.emulator.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
ANSWER_SECONDS = 60
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 5.0
"""Seconds between attempts; the pause doubles."""

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_HERE = ("localhost", "127.0.0.1", "::1")


@method("setWebhook")
def set_webhook(request: Request) -> bool:
    """Post updates to an address from now on; an empty one is deleteWebhook."""
    url = request.args.text("url")
    if not url:
        return delete_webhook(request)
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise bad_request("invalid webhook URL specified")
    secret = request.args.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if parts.hostname not in _HERE:
        if parts.scheme == "http":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        raise not_modelled("webhooks on other machines")
    set_allowed(request)
    if request.args.flag("drop_pending_updates"):
        request.bot.updates.clear()
    end_poll(request.world, request.bot, by_webhook=True)
    most = request.args.integer("max_connections", 40, 1, 100)
    request.bot.webhook = Webhook(url=parts.geturl(), secret_token=secret, max_connections=most)
    resume(request.world, request.bot)
    request.world.events.publish("bot", {"bot": request.bot.user.id})
    return True


@method("deleteWebhook")
def delete_webhook(request: Request) -> bool:
    """Back to long polling."""
    if request.args.flag("drop_pending_updates"):
        request.bot.updates.clear()
    request.bot.webhook = Webhook()
    task = request.world.webhook_tasks.pop(request.bot.user.id, None)
    if task is not None:
        task.cancel()
    return True


@method("getWebhookInfo")
def get_webhook_info(request: Request) -> Json:
    """How the webhook does."""
    webhook = request.bot.webhook
    result: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(request.bot.updates),
    }
    if webhook.last_error_date is not None:
        result |= {
            "last_error_date": webhook.last_error_date,
            "last_error_message": webhook.last_error_message,
        }
    if webhook.url:
        result |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
    if request.bot.allowed_updates:
        result["allowed_updates"] = request.bot.allowed_updates
    return result


def resume(world: World, bot: BotAccount) -> None:
    """Start to post the bot's updates, in the running event loop."""
    old = world.webhook_tasks.pop(bot.user.id, None)
    if old is not None:
        old.cancel()
    if bot.webhook.url:
        world.webhook_tasks[bot.user.id] = asyncio.get_running_loop().create_task(_post_updates(world, bot))


async def _post_updates(world: World, bot: BotAccount) -> None:
    """Post what waits, as many at a time as allowed; try again what was not taken."""
    news = asyncio.Event()
    world.wake[bot.user.id].append(news.set)
    pause = FIRST_PAUSE
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as client:
            while True:
                news.clear()
                batch = _first_of_each_queue(bot)
                if not batch:
                    await news.wait()
                    continue
                taken = await asyncio.gather(*(_post(world, bot, client, update) for update in batch))
                done = {update["update_id"] for update, ok in zip(batch, taken, strict=True) if ok}
                bot.updates = [update for update in bot.updates if update["update_id"] not in done]
                pause = FIRST_PAUSE if all(taken) else min(pause * 2, LONGEST_PAUSE)
                if not all(taken):
                    await asyncio.sleep(pause)
    finally:
        world.wake[bot.user.id].remove(news.set)


def _first_of_each_queue(bot: BotAccount) -> list[Json]:
    """What may be under way at the same time: of each sender's updates of a kind one, the oldest."""
    firsts: dict[tuple[str, object], Json] = {}
    for update in bot.updates:
        kind, content = next((key, value) for key, value in update.items() if key != "update_id")
        sender = content.get("from") or content.get("user") or content.get("chat") or {}
        firsts.setdefault((kind, sender.get("id", update["update_id"])), update)
    return list(firsts.values())[: bot.webhook.max_connections]


async def _post(world: World, bot: BotAccount, client: aiohttp.ClientSession, update: Json) -> bool:
    """Post one update; whether the bot took it. An answer may be a method call."""
    webhook = bot.webhook
    headers = {"Content-Type": "application/json"}
    if webhook.secret_token:
        headers[SECRET_HEADER] = webhook.secret_token
    try:
        async with client.post(webhook.url, data=orjson.dumps(update), headers=headers) as answer:
            body = await answer.read()
            failure = "" if 200 <= answer.status < 300 else f"{answer.status} {answer.reason}"
    except (aiohttp.ClientError, TimeoutError) as error:
        failure = (
            "Connection refused"
            if isinstance(error, aiohttp.ClientConnectorError)
            else "Connection timed out"
        )
        body = b""
    if failure:
        words = failure if failure[0].isalpha() else f"Wrong response from the webhook: {failure}"
        webhook.last_error_date, webhook.last_error_message = world.date(), words
        return False
    await _carry_out(world, bot, body)
    return True


async def _carry_out(world: World, bot: BotAccount, body: bytes) -> None:
    """A method in the webhook's answer is carried out; nobody learns of its result."""
    try:
        wish = orjson.loads(body)
    except orjson.JSONDecodeError:
        return
    if not isinstance(wish, dict) or not isinstance(wish.get("method"), str):
        return
    try:
        await perform(Request(world, bot, Arguments(wish), wish["method"]))
    except ApiError:
        return

"""/start and the welcome: time, place, topics, done; or a deep link into a question or a quiz."""

from __future__ import annotations

import logging

from telegram import Update

from bot.handlers import quiz
from bot.handlers.context import BotContext
from bot.handlers.replies import redraw, reply
from bot.rendering import setup
from bot.rendering.callback_data import BadData, Setup
from bot.rendering.choices import LIKELY
from bot.services import dialogs, subscriptions, zones

log = logging.getLogger(__name__)

ANY = "-"


async def start(update: Update, context: BotContext) -> None:
    """Greet, or follow the link that brought the user here."""
    payload = context.args[0] if context.args else ""
    if payload.startswith("q_"):
        await quiz.linked(update, context, payload.removeprefix("q_"))
        return
    if payload.startswith("quiz_"):
        await quiz.begin(update, context, payload.removeprefix("quiz_").replace("_", "-"))
        return
    async with context.transaction() as session:
        subscription = await subscriptions.come_back(session, context.user_id, now=context.now())
        await dialogs.expect(session, context.user_id, None, now=context.now())
    if subscription.status == "new":
        await reply(update, setup.welcome(context.bank))
    else:
        await reply(update, setup.welcome_back(subscription, context.now()))


async def ask_time(update: Update, context: BotContext) -> None:
    """Begin to set up: /subscribe without words, or its button."""
    async with context.transaction() as session:
        subscription = await subscriptions.of_user(session, context.user_id, now=context.now())
        await dialogs.expect(session, context.user_id, "setup.time", now=context.now())
    await redraw(update, setup.ask_time(subscription.minute))


async def step(update: Update, context: BotContext) -> None:
    """Take the value of one step and show the next."""
    tap = Setup.parse(update.callback_query.data if update.callback_query else None)
    match tap.step:
        case "time":
            await ask_time(update, context)
        case "zone":
            await take_time(update, context, _minute(tap.value))
        case "topics":
            if tap.value not in zones.names():
                raise BadData(tap.value)
            await take_zone(update, context, tap.value)
        case "topic":
            await take_topic(update, context, tap.value)
        case "done":
            await finish(update, context)
        case _:
            raise BadData(tap.step)


async def take_time(update: Update, context: BotContext, minute: int) -> None:
    """Keep the time, ask for the place."""
    async with context.transaction() as session:
        subscription = await subscriptions.change(session, context.user_id, minute=minute, now=context.now())
        await dialogs.expect(session, context.user_id, "setup.zone", now=context.now())
    guess = subscription.time_zone
    if subscription.status == "new" and guess == "UTC":
        guess = likely_zone(update)
    await redraw(update, setup.ask_zone(guess, context.now()))


def likely_zone(update: Update) -> str:
    """Guess a place from the language of the user's Telegram; UTC when it tells nothing."""
    user = update.effective_user
    language = (user.language_code or "").lower() if user else ""
    return LIKELY.get(language) or LIKELY.get(language.partition("-")[0]) or "UTC"


async def take_zone(update: Update, context: BotContext, zone: str) -> None:
    """Keep the place, ask for the topics."""
    async with context.transaction() as session:
        subscription = await subscriptions.change(session, context.user_id, time_zone=zone, now=context.now())
        await dialogs.expect(session, context.user_id, None, now=context.now())
    await redraw(update, setup.ask_topics(context.bank, subscription.topics))


async def take_topic(update: Update, context: BotContext, value: str) -> None:
    """Switch a topic on or off, and show the step again."""
    async with context.transaction() as session:
        subscription = await subscriptions.of_user(session, context.user_id, now=context.now())
        topics = subscriptions.switched(subscription.topics, value, [t.slug for t in context.bank.topics])
        await subscriptions.change(session, context.user_id, topics=topics, now=context.now())
    await redraw(update, setup.ask_topics(context.bank, topics))


async def finish(update: Update, context: BotContext) -> None:
    """Start the daily question."""
    async with context.transaction() as session:
        subscription = await subscriptions.subscribe(session, context.user_id, now=context.now())
        await dialogs.expect(session, context.user_id, None, now=context.now())
    log.info("user %d subscribed, next at %s", context.user_id, subscription.next_due)
    await redraw(update, setup.subscribed(subscription, context.bank, context.now()))


def _minute(value: str) -> int:
    if not value.isdecimal() or int(value) >= 24 * 60:
        raise BadData(value)
    return int(value)

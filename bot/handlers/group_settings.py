"""A group's daily question and settings: for admins, asked of Telegram at each press."""

from __future__ import annotations

from telegram import Update

from bot.db import Session
from bot.handlers.context import BotContext
from bot.handlers.presses import chat_id_of, data_of, place_of
from bot.handlers.replies import alert, redraw, reply
from bot.handlers.rights import is_admin
from bot.rendering import group_settings as screens
from bot.rendering.callback_data import BadData, GroupWish
from bot.rendering.screen import Screen
from bot.services import group_daily, zones
from bot.services.wishes import NotUnderstood, parse, pressed


async def subscribe(update: Update, context: BotContext) -> None:
    """Start or move the group's daily question, in the topic where it is asked for."""
    if not await _may(update, context):
        return
    words = " ".join(context.args or [])
    if not words:
        await reply(update, screens.how())
        return
    try:
        wish = parse(words)
    except NotUnderstood as fault:
        near = zones.near_places(fault.words) if fault.what == "place" else []
        await reply(update, screens.not_understood(fault, near))
        return
    async with context.transaction() as session:
        subscription = await group_daily.subscribe(
            session,
            place_of(update),
            minute=wish.minute,
            zone=wish.place.zone if wish.place else None,
            now=context.now(),
        )
    await reply(update, screens.subscribed(subscription, context.now()))


async def unsubscribe(update: Update, context: BotContext) -> None:
    """Stop the group's daily question."""
    if not await _may(update, context):
        return
    async with context.transaction() as session:
        was = await group_daily.unsubscribe(session, chat_id_of(update), now=context.now())
    await reply(update, screens.unsubscribed(was=was))


async def settings(update: Update, context: BotContext) -> None:
    """Show the group's settings; anyone may look."""
    async with context.transaction() as session:
        wishes = await _wishes(session, update, context)
    await reply(update, screens.settings("main", wishes, context.bank, context.now()))


async def wish(update: Update, context: BotContext) -> None:
    """Change one wish of the group, or turn to a page of them."""
    tap = GroupWish.parse(data_of(update))
    if not await _may(update, context):
        return
    async with context.transaction() as session:
        wishes = await _wishes(session, update, context)
        page = await _change(session, update, context, wishes, tap)
    await redraw(update, screens.settings(page, wishes, context.bank, context.now()))


async def _wishes(session: Session, update: Update, context: BotContext) -> screens.Wishes:
    chat_id = chat_id_of(update)
    group, subscription = await group_daily.of_group(session, chat_id, now=context.now())
    return screens.Wishes(group, subscription, await group_daily.agreed(session, chat_id))


async def _change(
    session: Session, update: Update, context: BotContext, wishes: screens.Wishes, tap: GroupWish
) -> str:
    """Change one wish; gives the page that follows: switches stay on theirs."""
    group, subscription, now = wishes.group, wishes.subscription, context.now()
    match tap.name, tap.value:
        case "page", page:
            return page
        case "mode", "quiz" | "card":
            group.mode = tap.value
        case "tidies", "on" | "off":
            group.tidies = tap.value == "on"
        case "code", "on" | "off":
            group.code_apart = tap.value == "on"
        case "daily", "off":
            await group_daily.unsubscribe(session, group.chat_id, now=now)
        case "daily", "on":
            await group_daily.subscribe(session, place_of(update), minute=None, zone=None, now=now)
            if subscription.time_zone == "UTC":  # nobody has said where they are
                return "zone"
        case (("time" | "zone" | "days" | "topics" | "level"), value):
            slugs = [topic.slug for topic in context.bank.topics]
            try:
                change = pressed(tap.name, value, subscription.topics, slugs)
            except ValueError as fault:
                raise BadData(f"{tap.name}:{value}") from fault
            await group_daily.change(session, subscription, change, now=now)
            return tap.name if tap.name in {"days", "topics"} else "main"
        case _:
            raise BadData(f"{tap.name}:{tap.value}")
    return "main"


async def _may(update: Update, context: BotContext) -> bool:
    if await is_admin(update, context):
        return True
    if update.callback_query is not None:
        await alert(update, screens.ADMINS_ONLY)
    else:
        await reply(update, Screen(screens.ADMINS_ONLY))
    return False

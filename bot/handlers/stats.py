"""/stats: how the user is doing, as a picture with its words."""

from __future__ import annotations

import asyncio

from telegram import InputMediaPhoto, Message, Update
from telegram.constants import ParseMode

from bot.api.markup import to_markup
from bot.handlers.context import BotContext
from bot.handlers.replies import alert, answer, reply
from bot.rendering import faults, picture
from bot.rendering import stats as screens
from bot.rendering.callback_data import BadData, Stats
from bot.rendering.screen import Keyboard
from bot.services import preferences, progress
from bot.services.progress import Progress

DRAWING = asyncio.Semaphore(1)
"""One picture at a time: each takes a share of a core, and answers come first."""


async def stats(update: Update, context: BotContext) -> None:
    """Show progress, of all topics or of one."""
    words = " ".join(context.args or [])
    topic = context.bank.find_topic(words) if words else None
    if words and topic is None:
        await reply(update, faults.stats_topic(words, context.bank.nearest_topics(words)))
        return
    await show(update, context, topic.slug if topic else None)


async def tap(update: Update, context: BotContext) -> None:
    """Show all topics, one of them, or the same picture in other colours."""
    pressed = Stats.parse(update.callback_query.data if update.callback_query else None)
    if pressed.view in {"dark", "light"}:
        async with context.rating() as session:
            on = pressed.view == "dark"
            await preferences.switch(session, context.user_id, "dark", on=on, now=context.now())
        await show(update, context, None, again=True)
    elif pressed.view == "all":
        await show(update, context, None)
    else:
        raise BadData(pressed.view)


async def show(update: Update, context: BotContext, topic: str | None, *, again: bool = False) -> None:
    """Send the picture with its text alternative, or put it in the place of the one pressed on."""
    async with context.rating() as session:
        user = await preferences.of_user(session, context.user_id, now=context.now())
        found = await progress.of_user(
            session, context.house.asking, context.user_id, now=context.now(), topic=topic
        )
    if not found.answers:
        if update.callback_query is not None:
            await alert(update, screens.NOTHING)
        else:
            await reply(update, screens.nothing())
        return
    if update.callback_query is not None:
        await answer(update.callback_query)
    caption = picture.caption_topic(found, topic) if topic else picture.caption(found)
    keyboard = screens.keyboard(topic, dark=user.dark)
    await _send(update, context, found, topic, caption, keyboard, dark=user.dark, again=again)


async def _send(
    update: Update,
    context: BotContext,
    found: Progress,
    topic: str | None,
    caption: str,
    keyboard: Keyboard,
    *,
    dark: bool,
    again: bool,
) -> None:
    """Send what Telegram has already by its id; draw only what has changed."""
    pictures = context.house.pictures
    key = f"{topic}:{picture.fingerprint(found, dark)}"
    photo = pictures.get(key) or await _drawn(found, topic, dark=dark)
    sent: Message | bool | None = None
    query = update.callback_query
    if again and query is not None and isinstance(query.message, Message):  # else it is out of reach
        media = InputMediaPhoto(photo, caption=caption, parse_mode=ParseMode.HTML)
        sent = await query.edit_message_media(media, reply_markup=to_markup(keyboard))
    elif update.effective_chat is not None:
        sent = await update.effective_chat.send_photo(
            photo, caption=caption, parse_mode=ParseMode.HTML, reply_markup=to_markup(keyboard)
        )
    if isinstance(sent, Message) and sent.photo:
        pictures.keep(key, sent.photo[-1].file_id)


async def _drawn(found: Progress, topic: str | None, *, dark: bool) -> bytes:
    async with DRAWING:
        if topic is not None:
            return await asyncio.to_thread(picture.draw_topic, found, topic, dark=dark)
        return await asyncio.to_thread(picture.draw, found, dark=dark)

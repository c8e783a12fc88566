"""Where an update of a group comes from, what was pressed, and the quiet answer to it."""

from __future__ import annotations

from telegram import Update

from bot.handlers.replies import answer
from bot.services.games import Place


def place_of(update: Update) -> Place:
    """Tell the chat and forum topic of an update; General has no thread id."""
    message = update.effective_message
    inside = message is not None and getattr(message, "is_topic_message", None)
    return Place(chat_id_of(update), (getattr(message, "message_thread_id", 0) or 0) if inside else 0)


async def answered(update: Update, text: str | None = None) -> None:
    """Answer a press, if it was one, silently or with a toast."""
    if update.callback_query is not None:
        await answer(update.callback_query, text)


def chat_id_of(update: Update) -> int:
    """Tell the chat; 0 without one."""
    return update.effective_chat.id if update.effective_chat else 0


def data_of(update: Update) -> str | None:
    """Give the pressed button's data."""
    return update.callback_query.data if update.callback_query else None

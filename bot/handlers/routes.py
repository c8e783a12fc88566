"""The routing table, on one screen: which handler works off which update."""

from __future__ import annotations

from typing import Any

from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.handlers import card, errors, info, membership, quiz, settings, start, subscribe
from bot.handlers.context import BotApplication
from bot.rendering import callback_data as taps

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]
"""What Telegram is asked to send, at every start: the list sticks there, so a new kind must be named."""

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE

COMMANDS: dict[str, Any] = {
    "start": start.start,
    "help": info.help_private,
    "subscribe": subscribe.subscribe,
    "unsubscribe": subscribe.unsubscribe,
    "pause": subscribe.pause,
    "resume": subscribe.resume,
    "quiz": quiz.quiz,
    "stop": quiz.stop,
    "topics": info.topics,
    "stats": info.stats,
    "settings": settings.settings,
    "privacy": info.privacy,
    "cancel": info.cancel,
}
"""Commands of a private chat; an edited message is not a command."""

TAPS: dict[type[taps.Tap], Any] = {
    taps.Reveal: card.reveal,
    taps.Hint: card.hint,
    taps.Why: card.why,
    taps.Rate: card.rate,
    taps.Change: card.change,
    taps.Correct: card.correct,
    taps.Keep: card.keep,
    taps.Next: card.next_question,
    taps.Try: quiz.trial,
    taps.Quiz: quiz.quiz_tap,
    taps.Setup: start.step,
    taps.Settings: settings.page,
    taps.Wish: settings.wish,
    taps.Pause: subscribe.pause_tap,
    taps.Resume: subscribe.resume,
    taps.Unsubscribe: subscribe.unsubscribe,
    taps.Place: subscribe.place,
}


def add_routes(application: BotApplication) -> None:
    """Put every handler into the application; the first that fits works an update off."""
    for command, handler in COMMANDS.items():
        application.add_handler(CommandHandler(command, handler, PRIVATE))
    application.add_handler(CommandHandler(["help", "start"], info.help_group, GROUP))
    for tap, handler in TAPS.items():
        application.add_handler(CallbackQueryHandler(handler, tap.pattern()))
    application.add_handler(CallbackQueryHandler(card.unknown))
    application.add_handler(membership.handler())
    application.add_handler(MessageHandler(PRIVATE & filters.COMMAND, info.unknown_command))
    application.add_handler(MessageHandler(PRIVATE & filters.LOCATION, info.location))
    application.add_handler(MessageHandler(PRIVATE & filters.TEXT, info.text))
    application.add_handler(MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, info.not_text))
    application.add_error_handler(errors.on_error)

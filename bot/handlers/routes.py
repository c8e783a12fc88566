"""The routing table, on one screen: which handler works off which update."""

from __future__ import annotations

from typing import Any

from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    PollAnswerHandler,
    PollHandler,
    filters,
)

from bot.handlers import (
    boards,
    card,
    errors,
    game_answers,
    game_cards,
    games,
    group_settings,
    groups,
    info,
    interview,
    membership,
    personal,
    quiz,
    settings,
    start,
    stats,
    subscribe,
)
from bot.handlers.context import BotApplication
from bot.rendering import callback_data as taps

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member", "chat_member", "poll_answer", "poll"]
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
    "stats": stats.stats,
    "settings": settings.settings,
    "interview": interview.interview,
    "privacy": info.privacy,
    "export": personal.export,
    "forget": personal.forget,
    "cancel": info.cancel,
}
"""Commands of a private chat; an edited message is not a command."""

GROUP_COMMANDS: dict[str, Any] = {
    "quiz": games.quiz,
    "stop": games.stop,
    "subscribe": group_settings.subscribe,
    "unsubscribe": group_settings.unsubscribe,
    "leaderboard": boards.leaderboard,
    "settings": group_settings.settings,
    "help": info.help_group,
    "start": groups.start,
}
"""Commands of a group; `start` comes with a link that brought the bot there."""

PRIVATE_ONLY = frozenset(COMMANDS) - frozenset(GROUP_COMMANDS) - {"cancel"}
"""Commands that a group is told to take to the private chat; its /cancel is some other bot's."""

TAPS: dict[type[taps.Tap], Any] = {
    taps.Reveal: card.reveal,
    taps.Hint: card.hint,
    taps.Why: card.why,
    taps.Rate: card.rate,
    taps.Change: card.change,
    taps.Correct: card.correct,
    taps.Keep: card.keep,
    taps.Deeper: card.follow_ups,
    taps.QuizMe: card.quiz_me,
    taps.Choose: card.choose,
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
    taps.Interview: interview.tap,
    taps.Stats: stats.tap,
    taps.GameOpen: games.open_tap,
    taps.GameJoin: games.join,
    taps.GameStart: games.start,
    taps.GameWish: games.wish,
    taps.GameStop: games.stop_tap,
    taps.GameAgain: games.again,
    taps.GameAnswer: game_answers.choose,
    taps.GroupReveal: game_cards.reveal,
    taps.GroupRate: game_cards.rate,
    taps.GroupBoard: boards.span_tap,
    taps.GroupMe: boards.me,
    taps.GroupWish: group_settings.wish,
}


def add_routes(application: BotApplication) -> None:
    """Put every handler into the application; the first that fits works an update off."""
    for command, handler in COMMANDS.items():
        application.add_handler(CommandHandler(command, info.closing_dialog(command, handler), PRIVATE))
    for command, handler in GROUP_COMMANDS.items():
        application.add_handler(CommandHandler(command, handler, GROUP))
    application.add_handler(CommandHandler(PRIVATE_ONLY, groups.private_only, GROUP))
    for tap, handler in TAPS.items():
        application.add_handler(CallbackQueryHandler(handler, tap.pattern()))
    application.add_handler(CallbackQueryHandler(card.unknown))
    application.add_handler(membership.handler())
    application.add_handler(PollAnswerHandler(game_answers.voted))
    application.add_handler(PollHandler(game_answers.poll_closed))
    application.add_handler(ChatMemberHandler(groups.member_changed, ChatMemberHandler.CHAT_MEMBER))
    application.add_handler(MessageHandler(GROUP & filters.StatusUpdate.MIGRATE, groups.migrated))
    application.add_handler(MessageHandler(GROUP & filters.StatusUpdate.LEFT_CHAT_MEMBER, groups.member_left))
    application.add_handler(MessageHandler(PRIVATE & filters.COMMAND, info.unknown_command))
    application.add_handler(MessageHandler(PRIVATE & filters.LOCATION, info.location))
    application.add_handler(MessageHandler(PRIVATE & filters.TEXT, info.text))
    application.add_handler(MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, info.not_text))
    application.add_error_handler(errors.on_error)

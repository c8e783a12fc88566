"""What Telegram shows about the bot: menus of commands by kind of chat, and its descriptions."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.rendering import help as words

MENUS: tuple[tuple[BotCommandScope, tuple[tuple[str, str], ...]], ...] = (
    (BotCommandScopeAllPrivateChats(), words.PRIVATE_COMMANDS),
    (BotCommandScopeAllGroupChats(), words.GROUP_COMMANDS),
    (BotCommandScopeAllChatAdministrators(), words.GROUP_ADMIN_COMMANDS),
)

log = logging.getLogger(__name__)


async def publish(bot: ExtBot[Any]) -> None:
    """Tell Telegram the menus and descriptions, where they differ from what it has.

    Setting them is limited to a few times a day, reading them is not. The bot works without them: what
    cannot be published is left for the next start, with a line in the log.
    """
    try:
        for scope, commands in MENUS:
            with _optional(f"the menu of {scope.type}"):
                await _publish_menu(bot, scope, commands)
        with _optional("the description"):
            if (await bot.get_my_description()).description != words.DESCRIPTION:
                await bot.set_my_description(words.DESCRIPTION)
        with _optional("the short description"):
            if (await bot.get_my_short_description()).short_description != words.SHORT_DESCRIPTION:
                await bot.set_my_short_description(words.SHORT_DESCRIPTION)
    except (NetworkError, RetryAfter) as error:
        log.warning("menus and descriptions wait for the next start: %s", error)


async def _publish_menu(
    bot: ExtBot[Any], scope: BotCommandScope, commands: tuple[tuple[str, str], ...]
) -> None:
    wanted = tuple(BotCommand(name, about) for name, about in commands)
    if tuple(await bot.get_my_commands(scope=scope)) != wanted:
        await bot.set_my_commands(wanted, scope=scope)


@contextmanager
def _optional(what: str) -> Iterator[None]:
    """Let a refusal pass: a server of one's own may be older than the method, and answers 404."""
    try:
        yield
    except TelegramError as error:
        if isinstance(error, RetryAfter) or (
            isinstance(error, NetworkError) and not isinstance(error, BadRequest)
        ):
            raise
        log.warning("%s could not be published: %s", what, error)

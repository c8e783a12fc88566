"""What Telegram shows about the bot: menus of commands by kind of chat, and its descriptions."""

from __future__ import annotations

from typing import Any

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.ext import ExtBot

from bot.rendering import help as words

MENUS: tuple[tuple[BotCommandScope, tuple[tuple[str, str], ...]], ...] = (
    (BotCommandScopeAllPrivateChats(), words.PRIVATE_COMMANDS),
    (BotCommandScopeAllGroupChats(), words.GROUP_COMMANDS),
    (BotCommandScopeAllChatAdministrators(), words.GROUP_ADMIN_COMMANDS),
)


async def publish(bot: ExtBot[Any]) -> None:
    """Tell Telegram the menus and descriptions, where they differ from what it has.

    Setting them is limited to a few times a day, reading them is not.
    """
    for scope, commands in MENUS:
        wanted = tuple(BotCommand(name, about) for name, about in commands)
        if tuple(await bot.get_my_commands(scope=scope)) != wanted:
            await bot.set_my_commands(wanted, scope=scope)
    if (await bot.get_my_description()).description != words.DESCRIPTION:
        await bot.set_my_description(words.DESCRIPTION)
    if (await bot.get_my_short_description()).short_description != words.SHORT_DESCRIPTION:
        await bot.set_my_short_description(words.SHORT_DESCRIPTION)

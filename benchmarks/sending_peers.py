"""One bare sending loop of another library, measured in a process of its own; run by `benchmarks.sending`.

It imports nothing of this project: it runs in the peers' environment.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from collections.abc import Awaitable, Callable

TOKEN = "1234567:benchmark"  # noqa: S105 - opens nothing
TEXT = "Databases · middle\n\n<b>" + "Why may a query that uses an index still be slow? " * 4 + "</b>"
ROWS = [
    [("👀 Show answer", "1:r:{}")],
    [("✅ Got it", "1:g:{}:3"), ("❌ Missed", "1:g:{}:1")],
    [("💡 Hint", "1:h:{}"), ("❔ Why this one?", "1:w:{}")],
]
WARM = 200

Send = Callable[[int], Awaitable[object]]


def cpu() -> float:
    """Seconds of this process, all threads, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def loop_over(send: Send, count: int, at_once: int) -> float:
    """Send so many with so many in flight; give the CPU seconds."""
    numbers = iter(range(WARM + count))

    async def work(most: int) -> None:
        for number in numbers:
            await send(number)
            if number >= most:
                return

    await asyncio.gather(*(work(WARM - at_once) for _ in range(at_once)))
    before = cpu()
    await asyncio.gather(*(work(WARM + count) for _ in range(at_once)))
    return cpu() - before


async def aiogram(root: str, count: int, at_once: int) -> float:
    """The library aiogram, as it comes."""
    from aiogram import Bot
    from aiogram.client.default import DefaultBotProperties
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

    session = AiohttpSession(api=TelegramAPIServer.from_base(root), limit=at_once)
    bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))

    async def send(number: int) -> object:
        rows = [
            [InlineKeyboardButton(text=text, callback_data=data.format(number)) for text, data in row]
            for row in ROWS
        ]
        return await bot.send_message(1001, TEXT, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))

    seconds = await loop_over(send, count, at_once)
    await bot.session.close()
    return seconds


async def telebot(root: str, count: int, at_once: int) -> float:
    """The library pyTelegramBotAPI, its asynchronous half."""
    from telebot import asyncio_helper
    from telebot.async_telebot import AsyncTeleBot
    from telebot.types import InlineKeyboardButton, InlineKeyboardMarkup

    asyncio_helper.API_URL = root + "/bot{0}/{1}"
    asyncio_helper.REQUEST_LIMIT = at_once
    bot = AsyncTeleBot(TOKEN, parse_mode="HTML")

    async def send(number: int) -> object:
        rows = [
            [InlineKeyboardButton(text, callback_data=data.format(number)) for text, data in row]
            for row in ROWS
        ]
        return await bot.send_message(1001, TEXT, reply_markup=InlineKeyboardMarkup(rows))

    seconds = await loop_over(send, count, at_once)
    await bot.close_session()
    return seconds


async def ptb(root: str, count: int, at_once: int) -> float:
    """python-telegram-bot with its own transport."""
    from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
    from telegram.request import HTTPXRequest

    request = HTTPXRequest(
        connection_pool_size=at_once, pool_timeout=600, read_timeout=600, connect_timeout=600
    )
    bot = Bot(TOKEN, base_url=f"{root}/bot", request=request)
    await request.initialize()

    async def send(number: int) -> object:
        rows = [
            [InlineKeyboardButton(text, callback_data=data.format(number)) for text, data in row]
            for row in ROWS
        ]
        return await bot.send_message(1001, TEXT, parse_mode="HTML", reply_markup=InlineKeyboardMarkup(rows))

    seconds = await loop_over(send, count, at_once)
    await request.shutdown()
    return seconds


PEERS = {"aiogram": aiogram, "pyTelegramBotAPI": telebot, "python-telegram-bot, stock": ptb}

if __name__ == "__main__":
    name, root, count, at_once = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    spent = asyncio.run(PEERS[name](root, count, at_once))
    print(json.dumps({"us": spent / count * 1e6}))

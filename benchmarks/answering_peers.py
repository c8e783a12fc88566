"""The same press in another library, for `benchmarks.answering`; it runs in the peers' environment.

Words: name, root, database URL, number of asks. One transaction of four SQLAlchemy Core statements (the ask
with its card, the review, the card, the learner), then the press is answered and the message edited.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.pressing import SECRET

TOKEN = "1234567:benchmark"  # noqa: S105 - opens nothing
TEXT = "Databases · middle\n\n<b>Why may a query that uses an index be slow?</b>\n\n" + "It reads much. " * 40

tables = sa.MetaData()
asks = sa.Table(
    "asks",
    tables,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("user_id", sa.BigInteger),
    sa.Column("question_id", sa.String(40)),
)
cards = sa.Table(
    "cards",
    tables,
    sa.Column("user_id", sa.BigInteger, primary_key=True),
    sa.Column("question_id", sa.String(40), primary_key=True),
    sa.Column("stability", sa.Float),
    sa.Column("misses", sa.Integer),
)
reviews = sa.Table(
    "reviews",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("ask_id", sa.BigInteger, unique=True),
    sa.Column("user_id", sa.BigInteger, index=True),
    sa.Column("rating", sa.Integer),
)
learners = sa.Table(
    "learners",
    tables,
    sa.Column("user_id", sa.BigInteger, primary_key=True),
    sa.Column("asks", sa.Integer),
)


def engine_of(url: str) -> AsyncEngine:
    """Open a database with the settings of our own bot.

    That is WAL and one BEGIN per transaction on SQLite; on PostgreSQL a look at each connection before it is
    used, and no statement caches, since a transaction pooler may stand between.
    """
    scheme, rest = url.split("://", 1)
    if scheme.startswith("postgres"):
        plain = {
            "statement_cache_size": 0,
            "prepared_statement_cache_size": 0,
            "prepared_statement_name_func": str,
        }
        return create_async_engine(
            f"postgresql+asyncpg://{rest}",
            connect_args=plain,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=10,
        )
    engine = create_async_engine(f"sqlite+aiosqlite://{rest}")

    @sa.event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


async def furnish(engine: AsyncEngine, count: int) -> None:
    """Make the rows."""
    users = range(1, count + 1)
    async with engine.begin() as connection:
        await connection.run_sync(tables.create_all)
        await connection.execute(
            asks.insert(), [{"id": user, "user_id": user, "question_id": f"q-{user % 50}"} for user in users]
        )
        seen = [
            {"user_id": user, "question_id": f"q-{n}", "stability": 3.0, "misses": 0}
            for user in users
            for n in range(20)
        ]
        await connection.execute(cards.insert(), seen)
        await connection.execute(learners.insert(), [{"user_id": user, "asks": 20} for user in users])


async def rate(engine: AsyncEngine, writers: Any, user: int, data: str) -> None:
    """The transaction."""
    _, _, ask_id, rating = data.split(":")
    async with writers, engine.begin() as connection:
        same = sa.and_(cards.c.user_id == asks.c.user_id, cards.c.question_id == asks.c.question_id)
        query = sa.select(asks, cards.c.stability).outerjoin(cards, same)
        query = query.where(asks.c.id == int(ask_id), asks.c.user_id == user)
        ask = (await connection.execute(query)).one()
        values = {"ask_id": ask.id, "user_id": user, "rating": int(rating)}
        await connection.execute(reviews.insert().values(values))
        if ask.stability is None:
            card = {"user_id": user, "question_id": ask.question_id, "stability": 3.0, "misses": 0}
            await connection.execute(cards.insert().values(card))
        else:
            mine = sa.and_(cards.c.user_id == user, cards.c.question_id == ask.question_id)
            await connection.execute(cards.update().where(mine).values(stability=ask.stability * 2))
        await connection.execute(
            learners.update().where(learners.c.user_id == user).values(asks=learners.c.asks + 1)
        )


async def aiogram(root: str, port: int, engine: AsyncEngine, writers: Any) -> None:
    """The library aiogram behind its own webhook."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.default import DefaultBotProperties
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from aiohttp import web

    session = AiohttpSession(api=TelegramAPIServer.from_base(root))
    bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await rate(engine, writers, query.from_user.id, query.data or "")
        await query.answer()
        row = [InlineKeyboardButton(text="Next question", callback_data="1:nx:1")]
        if isinstance(query.message, Message):
            await query.message.edit_text(TEXT, reply_markup=InlineKeyboardMarkup(inline_keyboard=[row]))

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path="/telegram")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()


async def ptb(root: str, port: int, engine: AsyncEngine, writers: Any) -> None:
    """python-telegram-bot as it comes, with concurrent updates, behind its own webhook."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.ext import Application, CallbackQueryHandler

    async def pressed(update: Update, _context: Any) -> None:
        query = update.callback_query
        assert query is not None
        await rate(engine, writers, query.from_user.id, query.data or "")
        await query.answer()
        row = [InlineKeyboardButton("Next question", callback_data="1:nx:1")]
        await query.edit_message_text(TEXT, parse_mode="HTML", reply_markup=InlineKeyboardMarkup([row]))

    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{root}/bot")
        .concurrent_updates(True)
        .job_queue(None)
        .build()
    )
    application.add_handler(CallbackQueryHandler(pressed))
    await application.initialize()
    await application.start()
    assert application.updater is not None
    await application.updater.start_webhook(
        "127.0.0.1", port, "telegram", secret_token=SECRET, webhook_url=f"http://127.0.0.1:{port}/telegram"
    )


PEERS = {"aiogram": aiogram, "python-telegram-bot, stock": ptb}


async def main(name: str, root: str, url: str, count: int) -> None:
    """Serve until the input ends."""
    engine = engine_of(url)
    await furnish(engine, count)
    # SQLite takes one writer at a time: waiting for each other here is what spares it from polling.
    writers: Any = asyncio.Lock() if engine.dialect.name == "sqlite" else asyncio.Semaphore(1000)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    await PEERS[name](root, port, engine, writers)
    print(json.dumps({"port": port, "pid": os.getpid()}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))

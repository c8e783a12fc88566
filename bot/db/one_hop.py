"""SQLite's driver with one turn of its thread for each statement.

aiosqlite takes four: a cursor, the statement, its rows, the cursor's end. Each wakes a thread and then the
event loop, which costs more than most statements of this bot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import aiosqlite
from sqlalchemy import URL

CHUNK = 64
"""Rows that aiosqlite's own cursors would fetch in a turn; ours fetch all."""


def creator(url: URL) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """Give what opens a connection to this URL's file, in the way that `create_async_engine` wants it."""
    given, named = url.get_dialect()().create_connect_args(url)
    # No isolation level: the driver begins no transactions of its own.
    open_file: Callable[[], sqlite3.Connection] = partial(
        sqlite3.connect, *given, **{**named, "isolation_level": None}
    )

    async def connect() -> aiosqlite.Connection:
        return await Connection(open_file, CHUNK)

    return connect


class Connection(aiosqlite.Connection):
    """A connection whose cursors take one turn."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # all that SQLAlchemy uses of one
        """Open a cursor; it needs no thread yet."""
        return Cursor(self)

    async def at_once(self, method: str, sql: str, parameters: Any) -> tuple[Any, int, int | None, list[Any]]:
        """Execute, fetch and close; give the cursor's description, counts and rows."""

        def work() -> tuple[Any, int, int | None, list[Any]]:
            cursor = getattr(self._conn, method)(sql, parameters)
            try:
                rows = cursor.fetchall() if cursor.description else []
                return cursor.description, cursor.rowcount, cursor.lastrowid, rows
            finally:
                cursor.close()

        done: tuple[Any, int, int | None, list[Any]] = await self._execute(work)  # type: ignore[no-untyped-call]
        return done


class Cursor:
    """What SQLAlchemy's adapter uses of a cursor: it holds the rows of the last statement."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1
        self._rows: list[Any] = []

    async def __aenter__(self) -> Cursor:
        """Open it; there is nothing to do."""
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Execute a statement and keep its rows."""
        return await self._work("execute", sql, parameters)

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Cursor:
        """Execute a statement for each of many parameters."""
        return await self._work("executemany", sql, parameters)

    async def fetchall(self) -> list[Any]:
        """Hand over the rows."""
        return self._rows

    async def close(self) -> None:
        """Forget the rows."""
        self._rows = []

    async def _work(self, method: str, sql: str, parameters: Any) -> Cursor:
        done = await self._connection.at_once(method, sql, parameters)
        self.description, self.rowcount, self.lastrowid, self._rows = done
        return self

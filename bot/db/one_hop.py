"""SQLite's driver with few turns of its thread: each wakes a thread and then the event loop, which costs more
than most statements of this bot.

aiosqlite takes four for a statement: a cursor, the statement, its rows, the cursor's end. This one takes one.
What brings nothing back (BEGIN, and whatever is executed with the option `later`) waits for the next
statement or for COMMIT and goes with it: an error of it is raised there, and all is rolled back as ever.
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

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        super().__init__(connector, iter_chunk_size)
        # As SQLAlchemy has it for connections that it opens itself: one that is never closed must not keep
        # the process from ending.
        self._thread.daemon = True
        self._later: list[tuple[str, Any]] = []
        self._is_untouched = True

    def later(self, sql: str, parameters: Any = ()) -> None:
        """Execute a statement in the next turn, before what that is for."""
        self._later.append((sql, parameters))

    async def commit(self) -> None:
        """Commit, unless nothing was done."""
        if self._is_untouched and len(self._later) < 2:  # a BEGIN at most
            self._later.clear()
            return
        await self._turn(self._conn.commit)
        self._is_untouched = True

    async def rollback(self) -> None:
        """Roll back, unless nothing was done."""
        self._later.clear()
        if not self._is_untouched:
            await super().rollback()
            self._is_untouched = True

    async def _turn(self, work: Callable[[], Any]) -> Any:
        """Take a turn: what waits, then the work."""
        waiting, self._later = self._later, []
        self._is_untouched = False

        def all_of_it() -> Any:
            for sql, parameters in waiting:
                self._conn.execute(sql, parameters).close()
            return work()

        return await self._execute(all_of_it)  # type: ignore[no-untyped-call]

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

        done: tuple[Any, int, int | None, list[Any]] = await self._turn(work)
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

"""One database: SQLite in a file by default, PostgreSQL by `DATABASE_URL`; transactions that mean it.

What is destroyed when: `Database.close` ends the connections, nothing else does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import orjson
from sqlalchemy import URL, event, text
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    IntegrityError,
    InterfaceError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import QueuePool

from bot.db import one_hop
from bot.db.urls import async_url

Session = AsyncSession
"""An open transaction; nothing else is called a session here."""

LONGEST_SILENCE = "10s"
"""Between two statements of a transaction that lets go: as PostgreSQL writes a span."""

_LET_GO = text("SELECT set_config('idle_in_transaction_session_timeout', :span, true)")

_READS_ONLY = text("SELECT current_setting('transaction_read_only')")

BUSY_TIMEOUT = 10_000
"""Milliseconds that a connection to SQLite waits for another process' write."""


TRUSTED_SECONDS = 5.0
"""A connection to PostgreSQL that was used so lately is taken for alive. If it is not, that transaction fails
and is tried again, as any that loses its connection."""

PASSING = ("08", "25006", "25P03", "40", "53", "55P03", "57", "58030")
"""PostgreSQL's codes of errors that pass, or the beginnings of their classes: connection, a server that only
reads (after a failover, say), a transaction that was silent for too long, rollback of one of two, resources,
a lock not to be had, an intervention or shutdown, input and output."""


class Unavailable(Exception):
    """The database cannot be reached, or not now: the work was not done and may be tried again."""


class Database:
    """The connections, and the two ways to use them: `transaction` to write, `reading` to look."""

    def __init__(self, url: str) -> None:
        """Prepare the connections; none is opened yet.

        Args:
            url: as `DATABASE_URL` has it.

        Raises:
            BadDatabaseUrl: when the URL is malformed.
        """
        self.url, arguments = async_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url, arguments)
        # SQLite takes one writer at a time: waiting here is fair and free, in the driver it is polling.
        self._writers: Any = asyncio.Lock() if self.is_sqlite else nullcontext()

    @asynccontextmanager
    async def transaction(self, *, lets_go: bool = False) -> AsyncIterator[Session]:
        """Open a transaction that writes: commits at the end, rolls back on any exception.

        Args:
            lets_go: PostgreSQL ends it once its process has been silent for LONGEST_SILENCE: for work that
                another process takes over, which would wait for the locks of a frozen one.

        Raises:
            Unavailable: when the database cannot be reached, is locked or full.
        """
        async with (
            reached(),
            self._writers,
            AsyncSession(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            if lets_go and not self.is_sqlite:
                await session.execute(_LET_GO, {"span": LONGEST_SILENCE})
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """Open a transaction that only reads; it waits for no writer on SQLite."""
        async with reached(), AsyncSession(self.engine, expire_on_commit=False) as session:
            await session.connection(execution_options={"reading": True})
            yield session

    async def takes_writes(self) -> bool:
        """Tell whether the server does not only read, as one does after a failover.

        Raises:
            Unavailable: when the database cannot be reached.
        """
        if self.is_sqlite:
            return True
        async with self.reading() as session:
            return str(await session.scalar(_READS_ONLY)) == "off"

    def connections(self) -> tuple[int, int]:
        """Tell how many connections are in use, and how many are open; for the metrics."""
        pool = self.engine.pool
        if not isinstance(pool, QueuePool):  # a database in memory has one
            return 0, 0
        return pool.checkedout(), pool.checkedout() + pool.checkedin()

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


@asynccontextmanager
async def reached() -> AsyncIterator[None]:
    """Turn the drivers' many words for "not now" into one."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout, OSError) as error:
        raise Unavailable(_reason(error)) from error
    except DBAPIError as error:
        # What is no SQLite file at all is no database to work with either.
        if error.connection_invalidated or _passes(error) or "not a database" in str(error.orig):
            raise Unavailable(_reason(error)) from error
        raise


def _passes(error: DBAPIError) -> bool:
    """Tell whether trying again may help: it failed to connect or to commit, or says so by its code.

    Source: PostgreSQL's documentation, appendix A, error codes.
    """
    if error.statement is None:
        return not isinstance(error, IntegrityError)  # one of SQLite's that came as late as with COMMIT
    code = str(getattr(error.orig, "sqlstate", None) or "")
    return code.startswith(PASSING)


def _reason(error: BaseException) -> str:
    """The driver's own words, without the statement and its values."""
    origin = getattr(error, "orig", None) or error
    return str(origin).splitlines()[0] if str(origin) else type(origin).__name__


def _sqlite_engine(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url, async_creator=one_hop.creator(url), hide_parameters=True, json_deserializer=orjson.loads
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        # The driver's own BEGIN comes late, after the first read: two transactions that read and
        # then write would lose an update.
        reading = connection.get_execution_options().get("reading")
        connection.connection.driver_connection.later("BEGIN" if reading else "BEGIN IMMEDIATE")

    @event.listens_for(engine.sync_engine, "do_execute")
    def execute(_cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
        waits = bool(context.execution_options.get("later"))
        if waits:
            context.root_connection.connection.driver_connection.later(statement, parameters)
        return waits

    return engine


def _postgres_engine(url: URL, arguments: dict[str, Any]) -> AsyncEngine:
    engine = create_async_engine(
        url,
        connect_args=arguments,
        hide_parameters=True,
        json_deserializer=orjson.loads,
        pool_size=10,
        max_overflow=10,
        pool_timeout=10,
    )
    dialect, pool = engine.sync_engine.dialect, engine.sync_engine.pool

    @event.listens_for(pool, "checkin")
    def rest(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    @event.listens_for(pool, "checkout")
    def look(connection: Any, record: Any, _proxy: Any) -> None:
        # A question to the server costs as much as a statement: only who has rested is asked.
        since = record.info.get("rests_since")
        if (
            since is not None
            and time.monotonic() - since > TRUSTED_SECONDS
            and not _answers(dialect, connection)
        ):
            raise DisconnectionError

    return engine


def _answers(dialect: Any, connection: Any) -> bool:
    try:
        answers: bool = dialect.do_ping(connection)
    except dialect.dbapi.Error as error:
        if not dialect.is_disconnect(error, connection, None):
            raise
        return False
    return answers

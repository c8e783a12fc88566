"""`DATABASE_URL` as hosts hand it out, in SQLAlchemy's and the drivers' words."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")

NEEDLESS = ("channel_binding", "gssencmode", "pgbouncer")
"""What hosts write for other drivers: asyncpg binds channels by itself and knows no GSS, and a pooler needs
no announcement."""

LONGEST_TIMEOUT = 600
"""Seconds for a connection to be made, at most."""


class BadDatabaseUrl(Exception):
    """`DATABASE_URL` cannot be understood; the text says why, without the password."""


def async_url(url: str) -> tuple[URL, dict[str, Any]]:
    """Turn a `DATABASE_URL` as hosts hand it out into SQLAlchemy's, with asyncpg's arguments.

    Beside SQLAlchemy's own forms these are libpq's: `sslmode` and what else stands behind the `?`, and the
    folder of a socket in the host's place (`%2Frun%2Fpostgresql`).

    Raises:
        BadDatabaseUrl: when it is malformed or names another engine.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise BadDatabaseUrl("is not a database URL") from None
    backend = parsed.drivername.partition("+")[0]
    if backend == "sqlite":
        if parsed.database in {None, "", ":memory:"} or parsed.query.get("mode") == "memory":
            raise BadDatabaseUrl("names no file")  # each connection would have a database of its own
        return parsed.set(drivername="sqlite+aiosqlite"), {}
    if backend not in {"postgres", "postgresql"}:
        raise BadDatabaseUrl(f"names {backend!r}, but SQLite and PostgreSQL are supported")
    if not parsed.database:
        raise BadDatabaseUrl("names no database")
    query = dict(parsed.query)
    if (folder := unquote(parsed.host or "")).startswith("/"):
        query["host"], parsed = folder, parsed.set(host="")
    arguments = _asyncpg_arguments(query)
    if unknown := sorted(query.keys() - {"host", "port"}):
        raise BadDatabaseUrl(f"has a parameter that is not understood ({unknown[0]})")
    return parsed.set(drivername="postgresql+asyncpg", query=query), arguments


def _asyncpg_arguments(query: dict[str, Any]) -> dict[str, Any]:
    """Take libpq's words out of a URL's query, and say them in asyncpg's.

    Raises:
        BadDatabaseUrl: when a value makes no sense.
    """
    # Hosted databases often stand behind a transaction pooler, where a prepared statement may meet
    # another server: no caches, and statements without a name.
    arguments: dict[str, Any] = {
        "statement_cache_size": 0,
        "prepared_statement_cache_size": 0,
        "prepared_statement_name_func": str,
    }
    if sslmode := query.pop("sslmode", None):
        if sslmode not in SSL_MODES:
            raise BadDatabaseUrl(f"has an sslmode other than {', '.join(SSL_MODES)}")
        arguments["ssl"] = sslmode
    if seconds := query.pop("connect_timeout", None):
        if not (str(seconds).isdecimal() and 0 < int(seconds) <= LONGEST_TIMEOUT):
            raise BadDatabaseUrl(f"has a connect_timeout that is not from 1 to {LONGEST_TIMEOUT}")
        arguments["timeout"] = int(seconds)
    settings = {name: query.pop(name) for name in ("application_name", "options") if query.get(name)}
    if settings:
        arguments["server_settings"] = settings
    for name in NEEDLESS:
        query.pop(name, None)
    return arguments

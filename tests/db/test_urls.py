"""URLs as hosts hand them out."""

from __future__ import annotations

import pytest

from bot.db import BadDatabaseUrl
from bot.db.urls import async_url


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("sqlite:///gotit.db", "sqlite+aiosqlite:///gotit.db"),
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:***@h/d"),
        (
            "postgresql://u:p@h:6543/d?sslmode=require&channel_binding=require",
            "postgresql+asyncpg://u:***@h:6543/d",
        ),
        ("postgresql+asyncpg://h/d", "postgresql+asyncpg://h/d"),
        ("postgresql+psycopg://h/d?application_name=x", "postgresql+asyncpg://h/d"),
        ("postgresql://h/d?pgbouncer=true&gssencmode=disable", "postgresql+asyncpg://h/d"),
        ("postgresql://u:p@%2Fvar%2Frun/d", "postgresql+asyncpg://u:***@/d?host=%2Fvar%2Frun"),
        ("postgresql://u:p@/d?host=/var/run", "postgresql+asyncpg://u:***@/d?host=%2Fvar%2Frun"),
    ],
)
def test_urls_as_hosts_hand_them_out(given: str, made: str) -> None:
    url, arguments = async_url(given)
    assert url.render_as_string() == made
    if "sslmode" in given:
        assert arguments["ssl"] == "require"


def test_what_hosts_add_is_said_in_the_driver_s_words() -> None:
    _, arguments = async_url(
        "postgresql://h/d?connect_timeout=7&options=endpoint%3Dquiet-sea-1&application_name=gotit"
    )
    assert arguments["timeout"] == 7
    assert arguments["server_settings"] == {"application_name": "gotit", "options": "endpoint=quiet-sea-1"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "gotit.db",
        "mysql://h/d",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:shop?mode=memory&uri=true",
        "postgresql://",
        "http://x",
        "://",
        "postgresql://h:port/d",
        "postgresql://h/d?foo=bar",
        "postgresql://h/d?sslmode=bogus",
        "postgresql://h/d?sslmode=require&sslmode=disable",
        "postgresql://h/d?connect_timeout=soon",
        "postgresql://h/d?connect_timeout=1&connect_timeout=2",
    ],
)
def test_malformed_urls_are_refused(url: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        async_url(url)

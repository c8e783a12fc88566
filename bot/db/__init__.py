"""The only SQL of the bot: one file per table, functions named as the questions they answer.

In:  a session (an open transaction) and plain values.
Out: rows as typed objects; moments are aware UTC, whatever the engine stores.
"""

from bot.db import group_tables, lease_table  # noqa: F401 - every table is known wherever one is
from bot.db.engine import Database, Session, Unavailable
from bot.db.urls import BadDatabaseUrl

__all__ = ["BadDatabaseUrl", "Database", "Session", "Unavailable"]

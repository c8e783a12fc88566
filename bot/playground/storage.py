"""What the playground keeps beside the bot's own tables, in the same SQLite file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


class Storage:
    """A few named values: the emulator's state and the clock's offset."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> bytes | None:
        """Give a value, or None."""
        with closing(self._open()) as connection:
            row = connection.execute("SELECT value FROM playground WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def write(self, name: str, value: bytes) -> None:
        """Keep a value."""
        with closing(self._open()) as connection, connection:
            connection.execute("INSERT OR REPLACE INTO playground VALUES (?, ?)", (name, value))

    def delete(self) -> None:
        """Delete everything, the bot's tables included: nobody may have the file open."""
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=10)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS playground (name TEXT PRIMARY KEY, value BLOB)")
        return connection

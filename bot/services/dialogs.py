"""What the bot waits to hear: the open question that a plain message answers."""

from __future__ import annotations

from datetime import datetime

from bot.db import Session, users


async def expect(session: Session, user_id: int, what: str | None, *, now: datetime) -> None:
    """Take the next plain message of a user as the answer to `what`; None expects nothing."""
    user = await users.lock(session, user_id, now)
    user.dialog = what


async def close(session: Session, user_id: int) -> None:
    """Expect nothing any more; someone unknown stays unknown."""
    await users.close_dialog(session, user_id)


async def expected(session: Session, user_id: int) -> str | None:
    """Tell what the bot waits for from a user."""
    user = await users.find(session, user_id)
    return user.dialog if user else None

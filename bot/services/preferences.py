"""Wishes about the bot itself: rating buttons, the weekly summary, dark pictures."""

from __future__ import annotations

from datetime import datetime

from bot.db import Session, subscriptions, users
from bot.db.tables import User
from bot.services import notices

NAMES = {"four": "four_buttons", "summary": "weekly_summary", "dark": "dark"}
"""Names in buttons -> columns."""


async def of_user(session: Session, user_id: int, *, now: datetime) -> User:
    """Read a user's wishes for a change."""
    return await users.lock(session, user_id, now)


async def switch(session: Session, user_id: int, name: str, *, on: bool, now: datetime) -> User:
    """Switch one wish on or off; the summary's plan follows."""
    user = await users.lock(session, user_id, now)
    setattr(user, NAMES[name], on)
    subscription = await subscriptions.of_chat(session, user_id)
    if name == "summary" and subscription is not None:
        await notices.plan_summary(session, subscription, now=now)
    return user

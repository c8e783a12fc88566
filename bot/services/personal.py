"""A person's rights in their data: to have it, and to have it deleted."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from bot.db import Session, personal

CONFIRMATION = "forget me"
"""What must be typed: a button is too easily pressed for something that cannot be undone."""


async def export(session: Session, user_id: int, *, now: datetime) -> bytes:
    """Write everything about a person as JSON."""
    document = {
        "exported_at": now.isoformat(),
        "user_id": user_id,
        **await personal.everything(session, user_id),
    }
    return json.dumps(document, default=_plain, ensure_ascii=False, indent=2).encode()


async def forget(session: Session, user_id: int) -> None:
    """Delete everything about a person; what others' rows say of them goes with it."""
    await personal.erase(session, user_id)


def is_confirmed(words: str) -> bool:
    """Tell whether the typed words confirm it, whatever their case and spaces."""
    return " ".join(words.split()).casefold() == CONFIRMATION


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")

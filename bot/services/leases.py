"""Who is on duty: one process at a time delivers, the others stand by."""

from __future__ import annotations

from datetime import timedelta

from bot.db import Session, leases

DELIVERY = "delivery"
SPAN = timedelta(seconds=15)
"""How long a lease holds; renewed three times in it."""


async def take_duty(session: Session, holder: str) -> bool:
    """Take over or keep the duty of delivering; False while another process has it."""
    return await leases.take(session, DELIVERY, holder, SPAN)


async def leave_duty(session: Session, holder: str) -> None:
    """Hand the duty to whoever asks next."""
    await leases.give_up(session, DELIVERY, holder)

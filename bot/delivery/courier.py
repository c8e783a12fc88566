"""Brings one parcel: draws it, sends it, follows a group that moved, and says what became of it."""

from __future__ import annotations

import logging

from bot.api.copies import Copy
from bot.api.sending import Outcome, Sender, Sent
from bot.bank import Bank
from bot.clock import Clock
from bot.delivery.copies import Copies
from bot.delivery.tally import Tally
from bot.rendering import notes
from bot.rendering.screen import Screen
from bot.services import deliveries
from bot.services.deliveries import Ending, Parcel

log = logging.getLogger(__name__)


class Courier:
    """Sends parcels.

    Args:
        tally: counts every try.
    """

    def __init__(self, sender: Sender, bank: Bank, clock: Clock, tally: Tally) -> None:
        self._sender = sender
        self._copies = Copies(bank)
        self._clock = clock
        self._tally = tally

    async def bring(self, parcel: Parcel) -> Ending:
        """Send a parcel; what goes wrong is its ending, never an exception."""
        try:
            message = self._message(parcel)
        except Exception:
            log.exception("delivery %d cannot be drawn", parcel.delivery_id)
            return Ending(parcel, "failed")
        sent = await self._sender.send(parcel.chat_id, message)
        self._tally.count(sent)
        if (moved_to := sent.new_chat_id) is not None:
            sent = await self._sender.send(moved_to, message)
            self._tally.count(sent)
        return self._ending(parcel, sent, moved_to)

    def _message(self, parcel: Parcel) -> Screen | Copy:
        if parcel.ask is None or parcel.question is None:
            return notes.long_silence(parcel.silent_days)
        return self._copies.of(parcel.ask, parcel.question, silent_days=parcel.silent_days, four=parcel.four)

    def _ending(self, parcel: Parcel, sent: Sent, moved_to: int | None) -> Ending:
        match sent.outcome:
            case Outcome.SENT:
                self._tally.late((self._clock() - parcel.due_at).total_seconds())
                return Ending(parcel, "sent", message_id=sent.message_id, moved_to=moved_to)
            case Outcome.BLOCKED | Outcome.GONE:
                return Ending(parcel, "blocked", moved_to=moved_to)
            case Outcome.LATER | Outcome.UNKNOWN:
                wait = sent.retry_after or deliveries.wait(parcel.attempts)
                log.info("delivery %d is put off by %.0f s: %s", parcel.delivery_id, wait, sent.description)
                return Ending(parcel, "later", wait=wait, moved_to=moved_to)
        log.warning("delivery %d refused: %s", parcel.delivery_id, sent.description)
        return Ending(parcel, "failed", moved_to=moved_to)

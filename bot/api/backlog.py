"""Which updates are in work, and up to where Telegram may forget them.

Asking Telegram for updates from an offset on confirms everything below it. The backlog
keeps the updates in the order of their arrival and lets the offset pass only what is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum


class State(Enum):
    """Where an update of the backlog stands."""

    OPEN = "in work"
    DONE = "done"
    SENT_BACK = "must come again"


class Backlog:
    """The updates from the first unfinished one on."""

    def __init__(self) -> None:
        self._states: dict[int, State] = {}
        self._offset: int | None = None

    def next_offset(self) -> int | None:
        """Return what to ask from now, None for whatever there is, and forget what that confirms.

        Only here: the answer to an earlier question may still bring what was finished meanwhile.
        Order is that of arrival, since after a quiet week Telegram's numbers start anew.
        """
        while self.can_move:
            update_id = next(iter(self._states))
            del self._states[update_id]
            self._offset = update_id + 1
        if self._states:
            self._offset = next(iter(self._states))
        return self._offset

    @property
    def can_move(self) -> bool:
        """Whether the next question would confirm something."""
        return next(iter(self._states.values()), None) is State.DONE

    def admit(self, update_id: int) -> bool:
        """Say whether an update that arrived is to be worked off: it is new, or was sent back."""
        if self._states.get(update_id) in {State.OPEN, State.DONE}:
            return False
        self._states[update_id] = State.OPEN
        return True

    def finish(self, update_id: int) -> None:
        """Mark an update as worked off."""
        self._states[update_id] = State.DONE

    def send_back(self, update_id: int) -> None:
        """Mark an update as one that must come again; Telegram still has it."""
        self._states[update_id] = State.SENT_BACK

    def told(self, update_ids: Sequence[int]) -> int:
        """Finish what must come again and never will: the offset would stay at it until a restart.

        Telegram tells in order what it has from the offset on, though maybe not all of it. What is missing
        before the last that it told was dropped after 24 hours, or confirmed by another process.

        Args:
            update_ids: of an answer, to a question from `next_offset` on.

        Returns:
            How many were finished.
        """
        kept, gone = set(update_ids), 0
        for update_id, state in self._states.items():
            if state is State.SENT_BACK and update_id not in kept:
                self._states[update_id] = State.DONE
                gone += 1
            if update_ids and update_id == update_ids[-1]:
                break
        return gone

    @property
    def open(self) -> int:
        """How many are in work."""
        return sum(state is State.OPEN for state in self._states.values())

    @property
    def sent_back(self) -> int:
        """How many must come again."""
        return sum(state is State.SENT_BACK for state in self._states.values())

"""Which updates are in work, and up to where Telegram may forget them.

Asking Telegram for updates from an offset on confirms everything below it. The backlog
keeps the updates in the order of their arrival and lets the offset pass only what is done.
"""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """Where an update of the backlog stands."""

    OPEN = "in work"
    DONE = "done"
    SENT_BACK = "must come again"


class Backlog:
    """The updates from the first unfinished one on."""

    def __init__(self) -> None:
        self.offset: int | None = None
        """What to ask from: None until something has arrived."""
        self._states: dict[int, State] = {}

    def admit(self, update_id: int) -> bool:
        """Say whether an update that arrived is to be worked off: it is new, or was sent back."""
        if self._states.get(update_id) in {State.OPEN, State.DONE}:
            return False
        self._states[update_id] = State.OPEN
        self._move_on()
        return True

    def finish(self, update_id: int) -> None:
        """Mark an update as worked off."""
        self._states[update_id] = State.DONE
        self._move_on()

    def send_back(self, update_id: int) -> None:
        """Mark an update as one that must come again; Telegram still has it."""
        self._states[update_id] = State.SENT_BACK

    @property
    def open(self) -> int:
        """How many are in work."""
        return sum(state is State.OPEN for state in self._states.values())

    @property
    def sent_back(self) -> int:
        """How many must come again."""
        return sum(state is State.SENT_BACK for state in self._states.values())

    def _move_on(self) -> None:
        """Drop what is done from the front, in the order of arrival: after a quiet week ids start anew."""
        for update_id, state in list(self._states.items()):
            if state is not State.DONE:
                self.offset = update_id
                return
            del self._states[update_id]
            self.offset = update_id + 1

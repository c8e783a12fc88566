"""Which pictures Telegram has already, by what they show: forgotten with the process."""

from __future__ import annotations

from collections import OrderedDict

KEPT = 1000
"""Pictures remembered; a file's id is a short text."""


class Pictures:
    """What is shown -> Telegram's id of the picture; the least recently used go first."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, str] = OrderedDict()

    def get(self, key: str) -> str | None:
        """Give the id of a picture that was sent before."""
        if key in self._ids:
            self._ids.move_to_end(key)
        return self._ids.get(key)

    def keep(self, key: str, file_id: str) -> None:
        """Remember a picture that was sent."""
        self._ids[key] = file_id
        if len(self._ids) > KEPT:
            self._ids.popitem(last=False)

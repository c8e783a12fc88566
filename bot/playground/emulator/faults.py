"""Trouble on demand: errors, time-outs and broken lines for tests."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.emulator.errors import ApiError, forbidden, too_many_requests


@dataclass
class Fault:
    """What goes wrong, how often still, and for which calls (None means all)."""

    kind: str
    times: int
    method: str | None = None
    chat_id: int | None = None
    error: ApiError | None = None
    seconds: float = 0.0

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is one of those."""
        if self.times <= 0 or (self.method is not None and self.method.lower() != method.lower()):
            return False
        return self.chat_id is None or self.chat_id == chat_id


REFUSED = "refused"
TIMED_OUT = "timed out"
CUT_OFF = "cut off"


class Faults:
    """The faults that wait for their calls; the oldest that fits a call strikes."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def refuse(
        self,
        code: int,
        description: str,
        *,
        times: int = 1,
        method: str | None = None,
        chat_id: int | None = None,
    ) -> None:
        """Answer the next calls with this error; they have no effect."""
        self._add(REFUSED, times, method, chat_id, ApiError(code, description))

    def flood(
        self, retry_after: int, *, times: int = 1, method: str | None = None, chat_id: int | None = None
    ) -> None:
        """Answer 429 with `retry_after` seconds."""
        self._add(REFUSED, times, method, chat_id, too_many_requests(retry_after))

    def server_error(
        self, code: int = 502, *, times: int = 1, method: str | None = None, chat_id: int | None = None
    ) -> None:
        """Answer with a 5xx."""
        words = {
            500: "Internal Server Error",
            502: "Bad Gateway",
            503: "Service Unavailable",
            504: "Gateway Timeout",
        }
        self._add(REFUSED, times, method, chat_id, ApiError(code, words.get(code, "Internal Server Error")))

    def blocked(self, *, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """Answer 403 as if the user had blocked the bot."""
        self._add(REFUSED, times, method, chat_id, forbidden("bot was blocked by the user"))

    def time_out(
        self, *, times: int = 1, method: str | None = None, chat_id: int | None = None, seconds: float = 0.0
    ) -> None:
        """Say nothing, do nothing: the call is lost after `seconds` without an effect."""
        self._add(TIMED_OUT, times, method, chat_id, None, seconds)

    def cut_line(self, *, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """Do what was asked and break the line before the answer."""
        self._add(CUT_OFF, times, method, chat_id, None)

    def clear(self) -> None:
        """Let everything go well again."""
        self._waiting.clear()

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """Take the fault that hits this call, if there is one."""
        for fault in self._waiting:
            if fault.fits(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def _add(
        self,
        kind: str,
        times: int,
        method: str | None,
        chat_id: int | None,
        error: ApiError | None,
        seconds: float = 0.0,
    ) -> None:
        self._waiting.append(Fault(kind, times, method, chat_id, error, seconds))

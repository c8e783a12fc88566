"""Who waits for a turn: one line for each lane, in which chats stand, not messages.

A chat stands in a line once, however much it has to say, so a chat with a hundred messages
delays its neighbour by one. A chat that may not be sent to yet waits aside until it may.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count

from bot.api.allowance import LONG_AGO, NEVER, Pace, Window

CHAT_RATE, CHAT_BURST = 1.0, 5
"""Messages a second in one chat, and how many may follow at once after a rest."""

CHAT_SLACK = (CHAT_BURST - 1) / CHAT_RATE

CHAT_SECONDS = CHAT_BURST / CHAT_RATE
"""How long a chat remembers a burst, if nothing holds it and it is no group."""

GROUP_MOST, GROUP_SECONDS = 20, 60.0
"""Messages in a group within a minute.

Source of both: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""


class Lane(IntEnum):
    """What is sent: answers go first."""

    ANSWER = 0
    BROADCAST = 1


@dataclass(slots=True)
class Waiter:
    """One message that waits for its turn, since a moment of the limiter's clock."""

    turn: asyncio.Future[None]
    since: float


class Chat(Pace):
    """What one chat may be sent, and what waits for it in each lane.

    As plain as can be, since a broadcast makes one for each message.
    """

    __slots__ = ("_waiting", "held_until", "in_line")

    def __init__(self) -> None:
        super().__init__(CHAT_RATE, CHAT_SLACK)
        self.held_until = LONG_AGO
        self.in_line = [False, False]
        self._waiting: tuple[deque[Waiter], deque[Waiter]] | None = None

    @property
    def waiting(self) -> tuple[deque[Waiter], deque[Waiter]]:
        """What waits in each lane. Made when something does: most chats of a broadcast never wait."""
        if self._waiting is None:
            self._waiting = deque(), deque()
        return self._waiting

    def hold(self, until: float) -> None:
        """Let nothing go before that moment."""
        self.held_until = max(self.held_until, until)
        self.opens_at = max(self.opens_at, until)

    def forgotten_at(self) -> float:
        """Return when the chat can be forgotten, as far as is known now; never while something waits."""
        return NEVER if any(self.in_line) else max(self.idle_at, self.held_until)


class Group(Chat):
    """A group or a channel: it has a limit a minute as well."""

    __slots__ = ("_minute",)

    def __init__(self) -> None:
        super().__init__()
        self._minute = Window(GROUP_MOST, GROUP_SECONDS)

    def take(self, now: float) -> None:
        """Count a message that goes out now."""
        super().take(now)
        self._minute.take(now)
        self.opens_at = max(self.opens_at, self._minute.opens_at)

    def forgotten_at(self) -> float:
        """Return when the group can be forgotten, as far as is known now."""
        return max(super().forgotten_at(), self._minute.idle_at)


class Line:
    """The chats that have something to say in one lane, first come first."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._ready: deque[Chat] = deque()
        self._aside: list[tuple[float, int, Chat]] = []
        self._order = count()

    def join(self, chat: Chat) -> None:
        """Put a chat at the end, unless it stands in the line already."""
        if not chat.in_line[self._lane]:
            chat.in_line[self._lane] = True
            self._ready.append(chat)

    def next_chat(self, now: float) -> Chat | None:
        """Return the first chat that may be sent to, or None; it stays in the line until `served`."""
        while self._aside and self._aside[0][0] <= now:
            self._ready.append(heappop(self._aside)[2])
        while self._ready:
            chat = self._ready[0]
            waiting = chat.waiting[self._lane]
            while waiting and waiting[0].turn.done():  # given up meanwhile
                waiting.popleft()
            if waiting and chat.opens_at <= now:
                return chat
            self._ready.popleft()
            self._stand_again(chat, now)
        return None

    def served(self, now: float) -> None:
        """Move the first chat, which had its turn, to the end; out of the line if nothing is left."""
        self._stand_again(self._ready.popleft(), now)

    def opens_at(self) -> float | None:
        """Return when the next chat may be sent to, or None if the line is empty."""
        if self._ready:
            return LONG_AGO
        return self._aside[0][0] if self._aside else None

    def _stand_again(self, chat: Chat, now: float) -> None:
        if not chat.waiting[self._lane]:
            chat.in_line[self._lane] = False
        elif (moment := chat.opens_at) <= now:
            self._ready.append(chat)
        else:
            heappush(self._aside, (moment, next(self._order), chat))

"""The rate limiter: who may send to Telegram now. Answers go before broadcasts.

Everything that counts with Telegram, messages and edits alike, first awaits `acquire`.
Whoever is allowed to go at once goes without a detour; the rest stands in two `lines`,
and one alarm wakes whoever's moment has come. A 429 holds one chat, or everyone.

Time is a monotonic clock and a sleep, both given, so that tests bring their own.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.api.allowance import LONG_AGO, Pace, Window
from bot.api.lines import CHAT_SECONDS, Chat, Group, Lane, Line, Waiter
from bot.precedence import Precedence

FREE_RATE = 30
"""Messages a second that Telegram sends for nothing; above it a broadcast is paid for."""

SECOND = 1.01
"""The span in which at most `rate` messages go out: a second, and 1 % for the jitter of the way."""

BROADCAST_SHARE = 0.97
"""The part of the rate that broadcasts pace themselves to: with all of it the overall limit would
be used up again and again."""

SPARE_SHARE = 0.02
"""The part of the overall limit that broadcasts leave free. Beside answers it would be used up for all their
pace, and the next answer would wait until it opens. Without answers it is not felt."""

LATE_SECONDS = 0.05
"""How much lateness of wake-ups broadcasts make up for, by going in a bunch."""

SHORTEST_SLEEP = (0.002, 0.01)
"""Waking oftener costs more than it gains; the pace allows what was missed in one go. By lane: nobody sees
whether a broadcast came a hundredth of a second later, and at a thousand a second ten go at each waking."""

HOLD_SECONDS = 5.0
"""How long a broadcast waits for a chat that Telegram holds, in a place of the window; it is told of a longer
hold at once, to be tried again later."""

NEW_CHATS = 16
"""After so many, old ones are looked through; for each of them alone it would cost as much as the rest."""

FLOOD_CHATS, FLOOD_SECONDS = 3, 2.0
"""429s for so many different chats within so many seconds mean the bot as a whole, not a chat.
Telegram does not say which of the two it is."""


class NoTurn(Exception):
    """There is no turn within the patience given; `seconds` is what it would take, at least."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no turn within {seconds:.1f} s")
        self.seconds = seconds


@dataclass(slots=True)
class Tally:
    """What the limiter did since the start, for the metrics; lists are indexed by lane."""

    granted: list[int] = field(default_factory=lambda: [0, 0])
    waited_seconds: list[float] = field(default_factory=lambda: [0.0, 0.0])
    gave_up: int = 0
    holds_of_a_chat: int = 0
    holds_of_all: int = 0


class Limiter:
    """Two lanes before one gate.

    Args:
        rate: messages a second overall, answers included.
        monotonic: the clock, in seconds.
        sleep: waits for so many seconds of that clock.
    """

    def __init__(
        self,
        rate: int = FREE_RATE,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.rate = rate
        self.tally = Tally()
        self.precedence = Precedence()
        """Whose work goes first in this process: who broadcasts gives way, when it is its turn."""
        self._monotonic = monotonic
        self._sleep = sleep
        self._overall = Window(rate, SECOND, spare=int(rate * SPARE_SHARE))
        self._broadcasts = Pace(rate * BROADCAST_SHARE, LATE_SECONDS)
        self._held_until = LONG_AGO
        self._chats: OrderedDict[int | str, Chat] = OrderedDict()
        self._new_chats = 0
        self._lines = {lane: Line(lane) for lane in Lane}
        self._waiting = [0, 0]
        self._floods: deque[tuple[float, int | str]] = deque(maxlen=4 * FLOOD_CHATS)
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = LONG_AGO
        self._is_ending = False

    @property
    def is_paid(self) -> bool:
        """Say whether broadcasts must be sent as paid ones."""
        return self.rate > FREE_RATE

    @property
    def chats(self) -> int:
        """How many chats are remembered: those that were sent to a moment ago."""
        return len(self._chats)

    def waiting(self, lane: Lane) -> int:
        """Return how many wait for a turn in a lane."""
        return self._waiting[lane]

    async def acquire(self, chat_id: int | str, lane: Lane, *, patience: float | None = None) -> None:
        """Wait until one message may go to a chat.

        Args:
            chat_id: negative for groups and channels, whose limit is lower.
            lane: answers overtake broadcasts.
            patience: seconds to wait at most; None waits as long as it takes.

        Raises:
            NoTurn: patience ended, or cannot suffice; or a broadcast meets a long hold of its chat,
                or would wait while the process ends.
        """
        now = self._monotonic()
        chat = self._chat(chat_id, now)
        is_broadcast = lane is Lane.BROADCAST
        if is_broadcast and chat.held_until - now > HOLD_SECONDS:
            raise NoTurn(chat.held_until - now)
        if patience is not None and (least := max(chat.opens_at, self._gate(lane)) - now) > patience:
            self.tally.gave_up += 1
            raise NoTurn(least)
        if is_broadcast and not self._waiting[lane]:
            self._broadcasts.begin(now)
        if not any(self._waiting) and self._gate(lane) <= now and chat.opens_at <= now:
            self._grant(lane, chat, now, now)
            return
        if is_broadcast and self._is_ending:
            raise NoTurn(self._seconds_to(chat, lane, now))
        waiter = Waiter(asyncio.get_running_loop().create_future(), now)
        chat.waiting[lane].append(waiter)
        self._lines[lane].join(chat)
        if not is_broadcast or not self._rings_by(now + SHORTEST_SLEEP[lane]):
            self._serve()
        if waiter.turn.done():
            return
        self._waiting[lane] += 1
        try:
            await (waiter.turn if patience is None else self._at_most(patience, waiter.turn))
        finally:
            self._waiting[lane] -= 1
            waiter.turn.cancel()  # without effect on one that had its turn

    def hold(self, chat_id: int | str | None, seconds: float) -> None:
        """Send nothing to a chat, or to anyone (None), for so long. A longer hold stays."""
        now = self._monotonic()
        if chat_id is None:
            self._held_until = max(self._held_until, now + seconds)
            self.tally.holds_of_all += 1
        else:
            chat = self._chat(chat_id, now)
            chat.hold(now + seconds)
            self.tally.holds_of_a_chat += 1
            if seconds > HOLD_SECONDS:
                for waiter in chat.waiting[Lane.BROADCAST]:
                    if not waiter.turn.done():
                        waiter.turn.set_exception(NoTurn(seconds))

    def flooded(self, chat_id: int | str, seconds: float) -> None:
        """Take a 429 for a message to a chat: hold the chat, or everyone if it looks general."""
        now = self._monotonic()
        self._floods.append((now, chat_id))
        lately = {chat for moment, chat in self._floods if moment > now - FLOOD_SECONDS}
        self.hold(chat_id, seconds)
        if len(lately) >= FLOOD_CHATS:
            self.hold(None, seconds)

    def end_broadcasts(self) -> None:
        """Let no broadcast wait any more, since the process ends: NoTurn for those that do or would."""
        self._is_ending = True
        now = self._monotonic()
        for chat in self._chats.values():
            for waiter in chat.waiting[Lane.BROADCAST]:
                if not waiter.turn.done():
                    waiter.turn.set_exception(NoTurn(self._seconds_to(chat, Lane.BROADCAST, now)))

    def _seconds_to(self, chat: Chat, lane: Lane, now: float) -> float:
        """Tell what a turn will take, at least."""
        return max(chat.opens_at, self._gate(lane), now) - now

    def _chat(self, chat_id: int | str, now: float) -> Chat:
        """Find a chat, the latest used from now on."""
        chat = self._chats.get(chat_id)
        if chat is not None:
            self._chats.move_to_end(chat_id)
            return chat
        self._new_chats += 1
        if self._new_chats >= NEW_CHATS:
            self._new_chats = 0
            self._forget(now)
        chat = self._chats[chat_id] = Group() if isinstance(chat_id, str) or chat_id < 0 else Chat()
        return chat

    def _forget(self, now: float) -> None:
        """Forget the longest unused, at most two for each new one: memory follows the traffic."""
        for _ in range(min(2 * NEW_CHATS, len(self._chats))):
            chat_id, chat = next(iter(self._chats.items()))
            forgotten_at = chat.forgotten_at()
            if forgotten_at <= now:
                del self._chats[chat_id]
            elif forgotten_at <= now + CHAT_SECONDS:  # those behind it were used later
                return
            else:  # a long hold must not hide the idle ones behind it
                self._chats.move_to_end(chat_id)

    def _gate(self, lane: Lane) -> float:
        """Return from when on the lane as a whole may send."""
        if lane is Lane.ANSWER:
            return max(self._held_until, self._overall.opens_at)
        return max(self._held_until, self._overall.roomy_at, self._broadcasts.opens_at)

    def _serve(self) -> None:
        """Give a turn to everyone who may go now, and set the alarm for the next."""
        now = self._monotonic()
        for lane, line in self._lines.items():
            while self._gate(lane) <= now and (chat := line.next_chat(now)):
                waiter = chat.waiting[lane].popleft()
                self._grant(lane, chat, waiter.since, now)
                waiter.turn.set_result(None)
                line.served(now)
        moments = [
            max(self._gate(lane), opens, now + SHORTEST_SLEEP[lane])
            for lane, line in self._lines.items()
            if (opens := line.opens_at()) is not None
        ]
        if moments:
            self._set_alarm(min(moments), now)

    def _grant(self, lane: Lane, chat: Chat, since: float, now: float) -> None:
        """Count a message that goes out now and has waited since then."""
        chat.take(now)
        self._overall.take(now)
        if lane is Lane.BROADCAST:
            self._broadcasts.take(now)
        self.tally.granted[lane] += 1
        self.tally.waited_seconds[lane] += now - since

    def _rings_by(self, moment: float) -> bool:
        return self._alarm is not None and not self._alarm.done() and self._alarm_at <= moment

    def _set_alarm(self, moment: float, now: float) -> None:
        if self._rings_by(moment):
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm_at = moment
        self._alarm = asyncio.create_task(self._ring(moment - now))

    async def _ring(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._alarm = None
        self._serve()

    async def _at_most(self, patience: float, turn: asyncio.Future[None]) -> None:
        timer = asyncio.ensure_future(self._sleep(patience))
        try:
            await asyncio.wait({turn, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
        if not turn.done():
            self.tally.gave_up += 1
            raise NoTurn(patience)

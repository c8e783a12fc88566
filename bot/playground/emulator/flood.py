"""Telegram's sending limits, for tests that ask for them.

Source: Telegram's bots FAQ, "My bot is hitting limits": about one message a second in a chat
(short bursts pass), 20 a minute in a group, 30 a second overall. Times are the emulator's.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque

from bot.playground.emulator.errors import too_many_requests

_COUNTED = (
    "sendmessage sendphoto senddocument sendsticker sendpoll sendlocation forwardmessage copymessage"
    " editmessagetext editmessagecaption editmessagereplymarkup editmessagemedia"
)
COUNTED = frozenset(_COUNTED.split())
"""Methods that count; Telegram counts edits in groups like messages."""

OVERALL = (30, 1.0)
GROUP = (20, 60.0)
PRIVATE = (5, 5.0)
"""A limit: so many messages in so many seconds. One a second with a burst of five in a private chat."""


class FloodLimits:
    """Sliding windows of what was sent: overall and for each chat."""

    def __init__(self) -> None:
        self._overall: deque[float] = deque()
        self._chats: defaultdict[int, deque[float]] = defaultdict(deque)

    def count(self, method: str, chat_id: int, now: float) -> None:
        """Count a call, or refuse it with 429."""
        if method.lower() not in COUNTED:
            return
        windows = [(self._overall, OVERALL), (self._chats[chat_id], PRIVATE if chat_id > 0 else GROUP)]
        for window, (most, seconds) in windows:
            while window and window[0] <= now - seconds:
                window.popleft()
            if len(window) >= most:
                raise too_many_requests(max(1, math.ceil(window[0] + seconds - now)))
        for window, _ in windows:
            window.append(now)

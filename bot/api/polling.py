"""Long polling: asks Telegram for updates and confirms them when they are worked off.

The library's Updater confirms a batch before anyone has read it. Here the offset passes an
update only when its work is done, so a crash loses none. A slow update does not stop the
others: up to a hundred are looked at beyond it (Telegram gives no more at once).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot import stopping
from bot.api.backlog import Backlog
from bot.api.errors import is_refusal, seconds_of
from bot.api.in_order import InOrder, has_id
from bot.api.transport import post_plain

LONG_POLL = 30
"""Seconds that Telegram waits for an update before it answers with none."""

ANSWER_SECONDS = 10.0
"""Seconds that the answer may take beyond the wait."""

LOOK_AGAIN = 0.6
"""Seconds between two looks from the same offset while an update is in work: within half a
second Telegram answers with one update at most (`process_get_updates_query` of its server)."""

BREAK_OFF_SECONDS, CONFIRM_SECONDS = 0.5, 1.5
WORK_SECONDS = stopping.WIND_DOWN_SECONDS - BREAK_OFF_SECONDS - CONFIRM_SECONDS
"""At the end: for what is in work, for breaking it off, and for the last confirmation."""

DATABASE = "updates wait: the database cannot be reached"
TELEGRAM = "Telegram cannot be reached"
CONFLICT = "another process polls with this token"
FLOOD = "Telegram asks to wait"

T = TypeVar("T")
log = logging.getLogger(__name__)


def pause_after(failures: int) -> float:
    """Return the seconds to wait after so many failures in a row: 0.6, 1.2, 2.4 … at most 10."""
    return min(10.0, LOOK_AGAIN * 2.0 ** (failures - 1)) if failures < 10 else 10.0


async def poll(
    bot: Bot,
    lanes: InOrder,
    *,
    allowed_updates: Sequence[str],
    stop: asyncio.Event,
    pause: Callable[[int], float] = pause_after,
    long_poll: int = LONG_POLL,
) -> None:
    """Receive updates until `stop` is set, then finish within `stopping.WIND_DOWN_SECONDS`.

    A webhook that was left is deleted first; updates that wait at Telegram stay there.
    When Telegram or the database cannot be reached, or another process polls, this waits
    and tries again, with one log line when it begins and one when it is over.

    Args:
        bot: initialized; its `request` carries the calls.
        lanes: works the updates off.
        allowed_updates: the kinds to receive; sent every time.
        stop: ends the polling.
        pause: failures in a row -> seconds until the next try.
        long_poll: seconds that Telegram waits for an update.

    Raises:
        InvalidToken: Telegram refuses the token.
    """
    poller = _Poller(bot, lanes, allowed_updates, stop, pause, long_poll)
    try:
        await poller.run()
    except asyncio.CancelledError:
        poller.cancel()
        raise
    finally:
        await poller.finish()


class _Poller:
    def __init__(
        self,
        bot: Bot,
        lanes: InOrder,
        allowed_updates: Sequence[str],
        stop: asyncio.Event,
        pause: Callable[[int], float],
        long_poll: int,
    ) -> None:
        self._bot = bot
        self._lanes = lanes
        self._allowed_updates = list(allowed_updates)
        self._stop = stop
        self._pause = pause
        self._long_poll = long_poll
        self._backlog = Backlog()
        self._work: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._is_webhook_gone = False
        self._trouble = ""
        self._failures = 0

    async def run(self) -> None:
        while not self._stop.is_set():
            try:
                updates = await self._or_stop(self._ask())
            except InvalidToken as error:
                if is_refusal(error):
                    raise
                await self._wait_out(TELEGRAM, str(error))
            except Conflict as error:
                await self._wait_out(CONFLICT, str(error))
            except RetryAfter as error:
                await self._wait_out(FLOOD, str(error), at_least=seconds_of(error))
            except TelegramError as error:
                await self._wait_out(TELEGRAM, str(error))
            else:
                self._begin(updates or ())
                await self._settle()

    async def finish(self) -> None:
        """Let what is in work end, break off what does not, and confirm what is done."""
        if self._work:
            await asyncio.wait(self._work, timeout=WORK_SECONDS)
        self.cancel()
        if self._work:
            await asyncio.wait(self._work, timeout=BREAK_OFF_SECONDS)
        if self._stop.is_set() and self._backlog.can_move:
            try:
                async with asyncio.timeout(CONFIRM_SECONDS):
                    await self._get_updates(limit=1, seconds=0)
            except (TelegramError, TimeoutError) as error:
                log.info("the last updates were not confirmed and come again: %s", error)

    def cancel(self) -> None:
        """Break off what is in work; its updates are not confirmed."""
        for task in self._work:
            task.cancel()

    async def _ask(self) -> Sequence[dict[str, Any]]:
        if not self._is_webhook_gone:
            await self._delete_webhook()
        # While one is unfinished Telegram has it to offer, and answers at once.
        updates = await self._get_updates(limit=100, seconds=self._long_poll)
        if self._trouble != DATABASE:
            self._over()
        return updates

    async def _delete_webhook(self) -> None:
        try:
            await self._bot.delete_webhook()
        except (BadRequest, InvalidToken) as error:
            # A server without webhooks answers 404. A token that is refused hears it with the updates.
            if isinstance(error, InvalidToken) and not is_refusal(error):
                raise
        self._is_webhook_gone = True

    async def _get_updates(self, *, limit: int, seconds: int) -> Sequence[dict[str, Any]]:
        self._news.clear()
        fields = {"limit": limit, "timeout": seconds, "allowed_updates": self._allowed_updates}
        if (offset := self._backlog.next_offset()) is not None:
            fields["offset"] = offset
        answer = await post_plain(
            self._bot.request,
            f"{self._bot.base_url}/getUpdates",
            fields,
            read_timeout=seconds + ANSWER_SECONDS,
        )
        if not isinstance(answer, list):
            raise TelegramError("Invalid server response")
        # One without a number can be neither worked off nor confirmed; the others must not wait for it.
        updates = [raw for raw in answer if has_id(raw)]
        self._lanes.worked.unreadable += len(answer) - len(updates)
        if answer and not updates:
            raise TelegramError("Updates without a number")
        if gone := self._backlog.told([raw["update_id"] for raw in updates]):
            log.warning("passed over, since Telegram no longer has them: %d updates sent back before", gone)
        return updates

    def _begin(self, updates: Sequence[dict[str, Any]]) -> None:
        """Start work on what is new; in the order given, which is the order of each user."""
        for raw in updates:
            if self._backlog.admit(raw["update_id"]):
                task = asyncio.create_task(self._work_off(raw))
                self._work.add(task)
                task.add_done_callback(self._work.discard)

    async def _work_off(self, raw: dict[str, Any]) -> None:
        update = self._lanes.read(raw, self._bot)
        if update and not await self._lanes.settle(update):
            self._backlog.send_back(raw["update_id"])
            self._news.set()
            return
        self._backlog.finish(raw["update_id"])
        if self._backlog.can_move:
            self._news.set()
        if update and self._trouble == DATABASE and not self._backlog.sent_back:
            self._over()

    async def _settle(self) -> None:
        """Wait for news while updates are in work: the offset can move, or one was sent back."""
        if self._backlog.open:
            await self._or_stop(asyncio.wait_for(self._news.wait(), LOOK_AGAIN))
        if self._backlog.sent_back:
            await self._wait_out(DATABASE)

    async def _wait_out(self, trouble: str, detail: str = "", *, at_least: float = 0.0) -> None:
        """Say once what is wrong, and wait longer each time."""
        if trouble != self._trouble:
            log.warning("%s%s; trying again until it works", trouble, f" ({detail})" if detail else "")
            self._trouble = trouble
        self._failures += 1
        await self._or_stop(asyncio.sleep(max(at_least, self._pause(self._failures))))

    def _over(self) -> None:
        if self._trouble:
            log.info("updates flow again")
        self._trouble, self._failures = "", 0

    async def _or_stop(self, waiting: Awaitable[T]) -> T | None:
        """Wait, but not beyond the stop: then what was waited for is broken off; None."""
        ours = asyncio.ensure_future(waiting)
        stop = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({ours, stop}, return_when=asyncio.FIRST_COMPLETED)
            return ours.result() if ours.done() else None
        except TimeoutError:
            return None
        finally:
            for task in (ours, stop):
                task.cancel()
            await asyncio.gather(ours, stop, return_exceptions=True)

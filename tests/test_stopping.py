"""The end of a process: in order, and in time."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot import stopping
from bot.api import polling
from bot.scheduler import timer


async def test_what_does_not_close_keeps_nothing_else_from_closing(caplog: pytest.LogCaptureFixture) -> None:
    closed = []

    async def first() -> None:
        closed.append("first")

    async def last() -> None:
        closed.append("last")

    closings = {"the first": first, "the second": lambda: asyncio.sleep(3600), "the last": last}
    async with asyncio.timeout(30):
        await stopping.close_in_order(closings, by=time.monotonic() + 0.05)
    assert closed == ["first", "last"]
    assert [record.getMessage() for record in caplog.records] == ["the second could not be closed in time"]


def test_all_parts_share_one_time_well_below_ten_seconds() -> None:
    updates = polling.WORK_SECONDS + polling.BREAK_OFF_SECONDS + polling.CONFIRM_SECONDS
    assert updates <= stopping.WIND_DOWN_SECONDS
    assert timer.STOP_SECONDS + timer.LAST_SECONDS <= stopping.WIND_DOWN_SECONDS
    assert stopping.WIND_DOWN_SECONDS < stopping.SECONDS <= 9

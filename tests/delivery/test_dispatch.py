"""Parcels are handed out in order, as long as the window has places, and nobody waits for nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.delivery.dispatch import Dispatch
from bot.services.deliveries import Parcel
from tests.support.stage import MONDAY


def parcels(count: int) -> list[Parcel]:
    """Make some, numbered from 0."""
    return [Parcel(number, number, number, MONDAY, 0, None, None) for number in range(count)]


async def ready(work: asyncio.Task[Any]) -> bool:
    """Tell whether a task ends without anything else happening."""
    for _ in range(3):
        await asyncio.sleep(0)
    return work.done()


async def test_what_waits_is_handed_out_in_order() -> None:
    dispatch, made = Dispatch(places=9), parcels(3)
    dispatch.offer(made)
    assert [await dispatch.take() for _ in made] == made


async def test_who_came_first_is_served_first() -> None:
    dispatch, made = Dispatch(places=9), parcels(3)
    senders = [asyncio.create_task(dispatch.take()) for _ in made]
    await asyncio.sleep(0)
    dispatch.offer(made)
    assert await asyncio.gather(*senders) == made


async def test_a_full_window_holds_back_until_places_are_released() -> None:
    dispatch = Dispatch(places=2)
    dispatch.offer(parcels(5))
    for _ in range(2):
        await dispatch.take()
    senders = [asyncio.create_task(dispatch.take()) for _ in range(3)]
    assert not await ready(senders[0])
    dispatch.release(2)
    assert [await ready(sender) for sender in senders] == [True, True, False]
    dispatch.release(1)
    assert await ready(senders[2])


async def test_one_that_was_broken_off_takes_nothing_with_it() -> None:
    dispatch, made = Dispatch(places=1), parcels(1)
    gone, there = (asyncio.create_task(dispatch.take()) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    dispatch.offer(made)
    assert await there == made[0]


@pytest.mark.parametrize("places", [0, 2])
async def test_closed_it_still_hands_out_what_waits_and_then_sends_everyone_home(places: int) -> None:
    dispatch, made = Dispatch(places), parcels(2)
    senders = [asyncio.create_task(dispatch.take()) for _ in range(3)]
    await asyncio.sleep(0)
    dispatch.offer(made)
    dispatch.close()
    if not places:
        assert not await ready(senders[2]), "two parcels still wait for a place"
        dispatch.release(2)
    assert await asyncio.gather(*senders) == [*made, None]
    assert await dispatch.take() is None


async def test_there_is_room_once_so_few_wait() -> None:
    dispatch = Dispatch(places=9)
    await dispatch.room(0)
    dispatch.offer(parcels(4))
    room = asyncio.create_task(dispatch.room(2))
    assert not await ready(room)
    await dispatch.take()
    assert not await ready(room)
    await dispatch.take()
    assert await ready(room)
    await dispatch.room(2)


async def test_it_is_still_once_everything_taken_is_done() -> None:
    dispatch = Dispatch(places=9)
    assert await dispatch.still(0.01)
    dispatch.offer(parcels(2))
    assert not await dispatch.still(0.01)
    for _ in range(2):
        await dispatch.take()
    still = asyncio.create_task(dispatch.still(30))
    dispatch.done()
    assert not await ready(still)
    dispatch.done()
    assert await still

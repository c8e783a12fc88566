"""getUpdates: offsets, limits, waiting, and who is thrown out."""

from __future__ import annotations

import asyncio

import pytest

TOKEN = "7000000001:secret"


async def test_updates_wait_until_they_are_confirmed(ada, api):
    await ada.send("one")
    await ada.send("two")
    first = await api("getUpdates")
    assert [one["message"]["text"] for one in first] == ["/start", "one", "two"]
    assert await api("getUpdates") == first
    assert await api("getUpdates", limit=1) == first[:1]
    rest = await api("getUpdates", offset=first[0]["update_id"] + 1)
    assert rest == first[1:]
    assert await api("getUpdates", offset=-1) == first[2:]
    assert await api("getUpdates", offset=first[2]["update_id"] + 1) == []


async def test_a_waiting_poll_wakes_up(ada, api, updates):
    await updates()
    poll = asyncio.create_task(api("getUpdates", offset=2, timeout=30))
    await asyncio.sleep(0)
    await ada.send("here")
    (update,) = await asyncio.wait_for(poll, 5)
    assert update["message"]["text"] == "here"


async def test_the_second_poll_ends_the_first(telegram, ada, updates):
    await updates()
    first = asyncio.create_task(telegram.call(TOKEN, "getUpdates", {"offset": 2, "timeout": 30}))
    await asyncio.sleep(0)
    second = asyncio.create_task(telegram.call(TOKEN, "getUpdates", {"offset": 2, "timeout": 30}))
    status, body = await asyncio.wait_for(first, 5)
    assert status == 409
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await ada.send("x")
    status, body = await asyncio.wait_for(second, 5)
    assert (status, len(body["result"])) == (200, 1)


async def test_only_wanted_kinds_come(ada, api, updates):
    await updates()
    await api("getUpdates", allowed_updates=["callback_query", "nonsense"])
    await ada.send("not wanted")
    assert await updates() == []
    await api("getUpdates", allowed_updates=[])
    await ada.send("wanted")
    assert [kind for kind, _ in await updates()] == ["message"]


@pytest.mark.parametrize(("asked", "kinds"), [(None, []), (["chat_member"], ["chat_member"])])
async def test_chat_member_comes_on_demand_to_admins(telegram, ada, api, updates, asked, kinds):
    group = telegram.add_group("Study", [ada])
    await group.promote_bot()
    eve = telegram.add_person("Eve")
    await updates()
    await api("getUpdates", allowed_updates=asked)
    await group.add(eve)
    got = [kind for kind, _ in await updates()]
    assert got == (kinds or ["message"])


async def test_an_edit_is_an_update(ada, updates):
    sent = await ada.send("/quiz djagno")
    await updates()
    await ada.edit(sent, "/quiz django")
    ((kind, message),) = await updates()
    assert (kind, message["text"]) == ("edited_message", "/quiz django")
    assert message["edit_date"] == message["date"]

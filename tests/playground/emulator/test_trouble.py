"""Faults and floods: errors on demand, calls that are lost, Telegram's limits."""

from __future__ import annotations

import pytest

from bot.playground.emulator import ConnectionLost, Telegram

TOKEN = "7000000001:secret"


async def test_refusals_for_some_calls_only(telegram, ada, api, refusal):
    telegram.faults.flood(7, method="sendMessage", times=2)
    telegram.faults.server_error(chat_id=ada.id, method="sendChatAction")
    status, body = await telegram.call(TOKEN, "sendMessage", {"chat_id": ada.id, "text": "x"})
    assert (status, body["description"], body["parameters"]) == (
        429,
        "Too Many Requests: retry after 7",
        {"retry_after": 7},
    )
    assert await refusal("sendMessage", chat_id=ada.id, text="x") == "Too Many Requests: retry after 7"
    await api("sendMessage", chat_id=ada.id, text="x")
    assert await refusal("sendChatAction", chat_id=ada.id, action="typing") == "Bad Gateway"
    telegram.faults.blocked()
    assert await refusal("getMe") == "Forbidden: bot was blocked by the user"
    telegram.faults.refuse(400, "Bad Request: whatever")
    assert await refusal("getMe") == "Bad Request: whatever"
    telegram.faults.blocked()
    telegram.faults.clear()
    await api("getMe")


async def test_a_line_cut_after_the_effect(telegram, ada, api):
    telegram.faults.cut_line()
    with pytest.raises(ConnectionLost) as caught:
        await api("sendMessage", chat_id=ada.id, text="did it arrive?")
    assert not isinstance(caught.value, TimeoutError)
    assert ada.last.text == "did it arrive?"
    assert (telegram.calls[-1].status, telegram.calls[-1].description) == (
        0,
        "the line was cut before the answer",
    )


async def test_a_time_out_before_the_effect(telegram, ada, api):
    telegram.faults.time_out()
    with pytest.raises(TimeoutError) as caught:
        await api("sendMessage", chat_id=ada.id, text="never")
    assert isinstance(caught.value, ConnectionLost)
    assert [seen.text for seen in ada.messages()] == ["/start"]


@pytest.fixture
def strict(clock):
    telegram = Telegram(now=clock, flood=True)
    telegram.add_bot(TOKEN, "gotit_bot", "Gotit")
    return telegram


async def count(telegram, chat_id, times):
    """How many messages of these pass."""
    sent = 0
    for _ in range(times):
        status, body = await telegram.call(TOKEN, "sendMessage", {"chat_id": chat_id, "text": "x"})
        if status == 429:
            return sent, body["parameters"]["retry_after"]
        sent += 1
    return sent, None


async def test_twenty_a_minute_in_a_group(strict, clock):
    group = strict.add_group("Study", [strict.add_person("Ada")])
    assert await count(strict, group.id, 30) == (20, 60)
    clock.move(seconds=60)
    assert await count(strict, group.id, 1) == (1, None)


async def test_thirty_a_second_overall(strict, clock):
    people = [strict.add_person(f"P{number}") for number in range(31)]
    for person in people:
        await person.start()
    sent = [await count(strict, person.id, 1) for person in people]
    assert sent == [(1, None)] * 30 + [(0, 1)]


async def test_a_burst_of_five_in_a_private_chat(strict):
    person = strict.add_person("Ada")
    await person.start()
    assert await count(strict, person.id, 9) == (5, 5)


async def test_the_record_of_calls(telegram, ada, api, clock):
    await api("sendMessage", chat_id=ada.id, text="x")
    call = telegram.calls[-1]
    assert (call.method, call.ok, call.status, call.parameters) == (
        "sendMessage",
        True,
        200,
        {"chat_id": ada.id, "text": "x"},
    )
    assert call.time == clock.time.timestamp()
    assert TOKEN not in repr(call.plain())
    before = len(telegram.calls)
    await api("getUpdates", offset=2)
    assert len(telegram.calls) == before

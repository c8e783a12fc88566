"""The page's event stream: live, resumed, and never somebody else's."""

from __future__ import annotations

import asyncio

from bot.playground.emulator import updates as updates_module
from bot.playground.emulator.events import KEPT, EventHub

MARKUP = {
    "inline_keyboard": [
        [
            {"text": "Show answer", "callback_data": "s", "style": "primary"},
            {"text": "Docs", "url": "https://docs.python.org/3/"},
        ]
    ]
}


async def test_a_conversation_by_events(listen, act, ada, api):
    stream = await listen(ada)
    await act("send", text="/quiz")
    _, data = await stream.next("message")
    assert (data["message"]["text"], data["message"]["mine"]) == ("/quiz", True)
    sent = await api("sendMessage", chat_id=ada.id, text="Q", reply_markup=MARKUP)
    await stream.next("message")
    pressed = await act("press", message=sent["message_id"], row=0, column=0)
    await api("answerCallbackQuery", callback_query_id=pressed["query"], text="Look", show_alert=True)
    _, answer = await stream.next("answer")
    assert answer == {
        "query": pressed["query"],
        "chat": ada.chat.key,
        "message": sent["message_id"],
        "text": "Look",
        "alert": True,
        "url": None,
    }
    await api("editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="A")
    _, data = await stream.next("edit")
    assert (data["message"]["text"], data["message"]["buttons"]) == ("A", [])
    await api("sendChatAction", chat_id=ada.id, action="typing")
    _, data = await stream.next("action")
    assert (data["action"], data["seconds"]) == ("typing", 5)
    await api("deleteMessage", chat_id=ada.id, message_id=sent["message_id"])
    _, data = await stream.next("delete")
    assert data == {"chat": ada.chat.key, "messages": [sent["message_id"]]}
    _, data = await stream.next("call")
    assert data["call"]["method"] == "deleteMessage"


async def test_a_page_that_comes_back_misses_nothing(listen, act, ada, page):
    state = await (await page.get("/api/state", params={"person": ada.id})).json()
    await act("send", text="one")
    stream = await listen(ada, params={"after": state["last_event"]})
    _, data = await stream.next("message")
    assert data["message"]["text"] == "one"
    name = stream.last_id
    await act("send", text="two")
    again = await listen(ada, headers={"Last-Event-ID": name})
    _, data = await again.next("message")
    assert data["message"]["text"] == "two"
    lost = await listen(ada, headers={"Last-Event-ID": "other-7"})
    lost.response.close()


async def test_a_page_of_another_run_starts_afresh(page, ada, stream_of):
    response = await page.get("/api/events", params={"person": ada.id}, headers={"Last-Event-ID": "other-7"})
    assert await stream_of(response).next() == ("reset", {})
    response.close()


async def test_nobody_gets_other_peoples_events(listen, telegram, ada, api):
    eve = telegram.add_person("Eve")
    await eve.start()
    stream = await listen(eve)
    await api("sendMessage", chat_id=ada.id, text="for Ada alone")
    await api("sendMessage", chat_id=eve.id, text="for Eve")
    _, data = await stream.next("message")
    assert data["message"]["text"] == "for Eve"


async def test_a_press_that_nobody_answers(listen, act, ada, api, clock):
    sent = await api("sendMessage", chat_id=ada.id, text="Q", reply_markup=MARKUP)
    stream = await listen(ada)
    pressed = await act("press", message=sent["message_id"], row=0, column=0)
    clock.move(seconds=16)
    _, data = await stream.next("expired")
    assert data["query"] == pressed["query"]


async def test_a_bot_that_comes_and_goes(listen, page, ada, monkeypatch, api):
    monkeypatch.setattr(updates_module, "ONLINE_SECONDS", 0.05)
    stream = await listen(ada)
    poll = asyncio.create_task(
        page.get("/bot7000000001:secret/getUpdates", params={"offset": 2, "timeout": 30})
    )
    _, data = await stream.next("bot")
    assert data["bot"]["online"] is True
    poll.cancel()
    _, data = await stream.next("bot")
    assert data["bot"]["online"] is False


async def test_what_groups_look_like_to_a_newcomer(listen, telegram, ada):
    eve = telegram.add_person("Eve")
    stream = await listen(eve)
    group = telegram.add_group("Study", [ada])
    await group.add(eve)
    _, data = await stream.next("chat")
    assert (data["chat"]["id"], data["chat"]["kind"]) == (group.key, "supergroup")
    await eve.leave(group)
    _, data = await stream.next("gone")
    assert data == {"chat": group.key}


async def test_a_person_who_is_gone_hears_of_the_reset_only(listen, telegram, ada):
    stream = await listen(ada)
    telegram.world.state = type(telegram)(now=telegram.world.now).world.state
    telegram.add_bot("7000000001:secret", "gotit_bot", "Gotit")
    telegram.events.publish("reset", {})
    assert await stream.next() == ("reset", {})


async def test_a_newcomer_who_is_gone_again_is_not_told_of(listen, telegram, ada):
    stream = await listen(ada)
    eve = telegram.add_person("Eve")
    del telegram.world.state.people[eve.id]
    telegram.events.publish("reset", {})
    assert await stream.next() == ("reset", {})


async def test_events_can_be_listened_to_in_a_test(telegram, ada):
    async def first():
        async for event in telegram.events.listen(ada.id):
            return event.kind, event.data
        raise AssertionError("the stream never ends by itself")

    waiting = asyncio.create_task(first())
    await asyncio.sleep(0)
    sent = await ada.send("x")
    assert await asyncio.wait_for(waiting, 5) == (
        "message",
        {"chat": ada.chat.key, "message": sent.message_id},
    )


def test_events_that_are_too_old_cannot_be_resumed():
    hub = EventHub()
    first = hub.last_id
    for _ in range(KEPT):
        hub.publish("bot", {})
    assert len(hub.since(first) or []) == KEPT
    hub.publish("bot", {})
    assert hub.since(first) is None
    assert hub.since(hub.last_id) == []
    assert hub.since(hub.id_of(KEPT + 2)) is None
    assert hub.since("nonsense") is None


async def test_a_hidden_question_is_not_shown_again(listen, telegram, ada, api):
    group = telegram.add_group("Study", [telegram.add_person("Eve")], [ada])
    sent = await api("sendMessage", chat_id=group.id, text="Q", reply_markup=MARKUP)
    press = await ada.press("Show answer", chat=group)
    parameters = {
        "receiver_user_id": ada.id,
        "callback_query_id": press.id,
        "replace_callback_query_message": True,
    }
    streams = [await listen(person) for person in telegram.people]
    await api("sendMessage", chat_id=group.id, text="A", ephemeral_message_parameters=parameters)
    await api("editMessageText", chat_id=group.id, message_id=sent["message_id"], text="Q?")
    await api("sendMessage", chat_id=group.id, text="next")
    got = []
    for stream in streams:
        texts = []
        while not texts or texts[-1] != "next":
            kind, data = await stream.next()
            if kind in ("message", "edit"):
                texts.append(data["message"]["text"])
        got.append(texts)
    assert got == [["A", "next"], ["Q?", "next"]]

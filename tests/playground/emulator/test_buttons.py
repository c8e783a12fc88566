"""Buttons: pressed, forged, gone; alerts and toasts; reply keyboards."""

from __future__ import annotations

import pytest


async def test_buttons_are_found_by_their_words(ada, api):
    markup = {
        "inline_keyboard": [
            [{"text": "✅ Got it", "callback_data": "g"}],
            [{"text": "❌ Missed", "callback_data": "m"}],
        ]
    }
    await api("sendMessage", chat_id=ada.id, text="q", reply_markup=markup)
    press = await ada.press("Missed")
    assert press.data == "m"
    with pytest.raises(LookupError) as caught:
        await ada.press("Hint")
    assert str(caught.value) == "no button 'Hint'; there are: '✅ Got it', '❌ Missed'"


async def test_alerts_toasts_and_forged_data(ada, api, updates):
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    await api("sendMessage", chat_id=ada.id, text="q", reply_markup=markup)
    await updates()
    first = await ada.press_data(ada.last, "forged")
    ((kind, query),) = await updates()
    assert (kind, query["id"], query["data"]) == ("callback_query", first.id, "forged")
    assert query["message"]["text"] == "q"
    second = await ada.press("x")
    await api("answerCallbackQuery", callback_query_id=first.id, text="No", show_alert=True)
    await api("answerCallbackQuery", callback_query_id=second.id, text="Noted")
    assert (ada.alerts, ada.toasts) == (["No"], ["Noted"])


async def test_a_press_on_a_deleted_message(ada, api, updates):
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    sent = await api("sendMessage", chat_id=ada.id, text="q", reply_markup=markup)
    seen = ada.last
    await api("deleteMessage", chat_id=ada.id, message_id=sent["message_id"])
    await updates()
    await ada.press_data(seen, "x")
    ((_, query),) = await updates()
    assert query["message"] == {"chat": sent["chat"], "message_id": sent["message_id"], "date": 0}


async def test_a_reply_keyboard(telegram, ada, api):
    keyboard = [[{"text": "My place", "request_location": True}, "Berlin"]]
    await api(
        "sendMessage",
        chat_id=ada.id,
        text="Where?",
        reply_markup={"keyboard": keyboard, "one_time_keyboard": True},
    )
    shown = telegram.view(ada.id)["chats"][0]["reply_keyboard"]
    assert [button["text"] for button in shown["rows"][0]] == ["My place", "Berlin"]
    sent = await ada.send_location(52.5, 13.4)
    assert sent.json["location"] == {"latitude": 52.5, "longitude": 13.4}
    assert telegram.view(ada.id)["chats"][0]["reply_keyboard"] is None


async def test_button_kinds(telegram, ada, api):
    rows = [
        [
            {"text": "copy", "copy_text": {"text": "abc"}},
            {"text": "app", "web_app": {"url": "https://x.org"}},
        ],
        [{"text": "switch", "switch_inline_query": ""}, {"text": "me", "url": f"tg://user?id={ada.id}"}],
    ]
    await api("sendMessage", chat_id=ada.id, text="x", reply_markup={"inline_keyboard": rows})
    shown = telegram.view(ada.id)["chats"][0]["messages"][-1]["buttons"]
    assert [[one["kind"] for one in row] for row in shown] == [
        ["copy", "unsupported"],
        ["unsupported", "url"],
    ]
    assert shown[0][0]["copy"] == "abc"


async def test_removing_a_reply_keyboard_and_forcing_a_reply(ada, api):
    await api("sendMessage", chat_id=ada.id, text="x", reply_markup={"keyboard": [["a"]]})
    assert ada.chat.keyboard is not None
    await api("sendMessage", chat_id=ada.id, text="x", reply_markup={"force_reply": True})
    assert ada.chat.keyboard is not None
    await api("sendMessage", chat_id=ada.id, text="x", reply_markup={"remove_keyboard": True})
    assert ada.chat.keyboard is None


async def test_answers_to_presses(ada, api, refusal, clock):
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await api(
        "sendMessage",
        chat_id=ada.id,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]},
    )
    assert await refusal("answerCallbackQuery", callback_query_id="5") == too_old
    press = await ada.press("x")
    assert (
        await refusal("answerCallbackQuery", callback_query_id=press.id, text="x" * 201)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    assert (
        await refusal("answerCallbackQuery", callback_query_id=press.id, url="https://x.org")
        == "Bad Request: URL_INVALID"
    )
    assert await api(
        "answerCallbackQuery", callback_query_id=press.id, url="https://t.me/gotit_bot?start=q_1"
    )
    assert await refusal("answerCallbackQuery", callback_query_id=press.id) == too_old
    press = await ada.press("x")
    clock.move(seconds=16)
    assert await refusal("answerCallbackQuery", callback_query_id=press.id) == too_old

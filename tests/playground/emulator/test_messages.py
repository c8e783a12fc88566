"""What messages look like to the bot and to the person: text, replies, copies, pins, reactions."""

from __future__ import annotations

import pytest

from bot.playground.emulator import NotPossible


async def test_a_sent_message(ada, api, clock):
    sent = await api("sendMessage", chat_id=ada.id, text="<b>Hi</b> Ada", parse_mode="HTML")
    assert sent == {
        "message_id": 2,
        "from": {"id": 7000000001, "is_bot": True, "first_name": "Gotit", "username": "gotit_bot"},
        "chat": {
            "id": ada.id,
            "first_name": "Ada",
            "last_name": "Lovelace",
            "username": "ada_l",
            "type": "private",
        },
        "date": int(clock.time.timestamp()),
        "text": "Hi Ada",
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
    }
    assert ada.last.html == "<b>Hi</b> Ada"


async def test_editing_in_place(ada, api, clock):
    sent = await api("sendMessage", chat_id=ada.id, text="What is a GIL?")
    seen = ada.last
    clock.move(minutes=1)
    markup = {"inline_keyboard": [[{"text": "Got it", "callback_data": "g"}]]}
    edited = await api(
        "editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="A lock.", reply_markup=markup
    )
    assert edited["edit_date"] == sent["date"] + 60
    assert (seen.text, seen.buttons) == ("A lock.", [["Got it"]])
    await api("editMessageReplyMarkup", chat_id=ada.id, message_id=sent["message_id"])
    assert seen.buttons == []


async def test_replies_and_quotes(ada, api, updates, refusal):
    question = await api("sendMessage", chat_id=ada.id, text="One two three")
    await updates()
    await ada.send("why?", reply_to=ada.last)
    ((_, asked),) = await updates()
    assert asked["reply_to_message"]["text"] == "One two three"
    reply = {"message_id": question["message_id"], "quote": "two"}
    sent = await api("sendMessage", chat_id=ada.id, text="this", reply_parameters=reply)
    assert sent["quote"] == {"text": "two", "position": 4, "is_manual": True}
    words = await refusal(
        "sendMessage", chat_id=ada.id, text="x", reply_parameters={**reply, "quote": "four"}
    )
    assert words == "Bad Request: QUOTE_TEXT_INVALID"
    lost = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api("sendMessage", chat_id=ada.id, text="x", reply_parameters=lost)


async def test_deleting(ada, api):
    ids = [(await api("sendMessage", chat_id=ada.id, text=text))["message_id"] for text in "abc"]
    await api("deleteMessage", chat_id=ada.id, message_id=ids[0])
    await api("deleteMessages", chat_id=ada.id, message_ids=[ids[1], 99])
    assert [seen.text for seen in ada.messages()] == ["/start", "c"]


async def test_forwarding_and_copying(ada, api, refusal):
    said = await ada.send("my words")
    where = {"chat_id": ada.id, "from_chat_id": ada.id, "message_id": said.message_id}
    forwarded = await api("forwardMessage", **where)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Ada"
    copied = await api("copyMessage", **where)
    assert list(copied) == ["message_id"]
    assert ada.last.text == "my words"
    assert "forward_origin" not in ada.last.json
    assert (
        await refusal("copyMessage", **{**where, "message_id": 99})
        == "Bad Request: message to copy not found"
    )


async def test_pins(ada, api, updates, refusal):
    sent = await api("sendMessage", chat_id=ada.id, text="pin me")
    await updates()
    await api("pinChatMessage", chat_id=ada.id, message_id=sent["message_id"])
    ((kind, service),) = await updates()
    assert (kind, service["pinned_message"]["text"]) == ("message", "pin me")
    assert (await api("getChat", chat_id=ada.id))["pinned_message"]["text"] == "pin me"
    await api("unpinChatMessage", chat_id=ada.id)
    assert await refusal("unpinChatMessage", chat_id=ada.id) == "Bad Request: message to unpin not found"


async def test_reactions(ada, api, refusal):
    said = await ada.send("/quiz")
    where = {"chat_id": ada.id, "message_id": said.message_id}
    await api("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
    words = await refusal("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "x"}])
    assert words == "Bad Request: REACTION_INVALID"


async def test_long_messages_of_people_are_sent_in_pieces(ada, updates):
    await updates()
    await ada.send("x" * 5000)
    assert [len(message["text"]) for _, message in await updates()] == [4096, 904]


async def test_a_mention_shows_the_user_it_means(ada, api):
    text = f'<a href="tg://user?id={ada.id}">you</a> and <a href="tg://user?id=99">nobody</a>'
    sent = await api("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")
    (entity,) = sent["entities"]
    assert entity["user"]["first_name"] == "Ada"


async def test_link_previews(ada, api):
    sent = await api("sendMessage", chat_id=ada.id, text="x.org", link_preview_options={"is_disabled": True})
    assert sent["link_preview_options"] == {"is_disabled": True}
    options = {"url": "https://x.org", "show_above_text": True}
    sent = await api("sendMessage", chat_id=ada.id, text="x", link_preview_options=options)
    assert sent["link_preview_options"] == options
    sent = await api("sendMessage", chat_id=ada.id, text="x", disable_web_page_preview="true")
    assert sent["link_preview_options"] == {"is_disabled": True}


async def test_a_place(ada, api, refusal):
    sent = await api("sendLocation", chat_id=ada.id, latitude=52.5, longitude="13.4")
    assert sent["location"] == {"latitude": 52.5, "longitude": 13.4}
    assert await refusal("sendLocation", chat_id=ada.id, latitude=1) == "Bad Request: longitude is empty"
    words = await refusal("sendLocation", chat_id=ada.id, latitude=91, longitude=0)
    assert words == "Bad Request: wrong location specified"


async def test_protected_and_silent(telegram, ada, api, refusal):
    sent = await api(
        "sendMessage", chat_id=ada.id, text="x", protect_content=True, disable_notification="true"
    )
    assert sent["has_protected_content"] is True
    assert telegram.view(ada.id)["chats"][0]["messages"][-1]["silent"] is True
    where = {"chat_id": ada.id, "from_chat_id": ada.id, "message_id": sent["message_id"]}
    assert await refusal("forwardMessage", **where) == "Bad Request: the message can't be forwarded"
    assert await refusal("copyMessage", **where) == "Bad Request: the message can't be copied"


async def test_all_pins_go(ada, api):
    for text in "ab":
        sent = await api("sendMessage", chat_id=ada.id, text=text)
        await api("pinChatMessage", chat_id=ada.id, message_id=sent["message_id"])
    await api("unpinChatMessage", chat_id=ada.id, message_id=sent["message_id"])
    assert (await api("getChat", chat_id=ada.id))["pinned_message"]["text"] == "a"
    await api("unpinAllChatMessages", chat_id=ada.id)
    assert "pinned_message" not in await api("getChat", chat_id=ada.id)


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ([], "message identifiers are not specified"),
        (None, "message identifiers are not specified"),
        (5, "expected an Array of message identifiers"),
        (list(range(1, 102)), "too many message identifiers specified"),
        ([[]], "message identifier must be a Number"),
        (["x"], "can't parse message identifier as a Number"),
    ],
)
async def test_wrong_lists_of_messages(ada, refusal, ids, words):
    assert await refusal("deleteMessages", chat_id=ada.id, message_ids=ids) == f"Bad Request: {words}"


async def test_answers_of_people(ada, telegram, api):
    sent = await api("sendMessage", chat_id=ada.id, text="x")
    seen = ada.last
    await ada.react(seen, "👍")
    (message,) = [
        one for one in telegram.view(ada.id)["chats"][0]["messages"] if one["id"] == sent["message_id"]
    ]
    assert message["reactions"] == [{"emoji": "👍", "count": 1, "mine": True}]
    await ada.react(seen, None)
    await ada.delete_messages(seen)
    assert seen.deleted
    assert "Ada" in repr(ada)
    assert "'x'" in repr(seen)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
async def test_people_cannot_send_nothing(ada, text):
    with pytest.raises(NotPossible, match="empty"):
        await ada.send(text)

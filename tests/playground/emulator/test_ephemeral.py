"""Ephemeral messages: seen by one member, unknown to older servers."""

from __future__ import annotations

import pytest

from bot.playground.emulator import Telegram

TOKEN = "7000000001:secret"
MARKUP = {"inline_keyboard": [[{"text": "Show answer", "callback_data": "s"}]]}


@pytest.fixture
async def group(telegram, ada, api):
    made = telegram.add_group("Study", [telegram.add_person("Eve")], [ada])
    await api("sendMessage", chat_id=made.id, text="What is a GIL?", reply_markup=MARKUP)
    return made


def wish(person, press, **more):
    return {"receiver_user_id": person.id, "callback_query_id": press.id, **more}


async def test_only_the_receiver_sees_it_in_place_of_the_question(telegram, group, ada, api, updates):
    eve = telegram.people[1]
    press = await ada.press("Show answer", chat=group)
    parameters = wish(ada, press, replace_callback_query_message=True)
    sent = await api(
        "sendMessage",
        chat_id=group.id,
        text="A lock.",
        reply_markup=MARKUP,
        ephemeral_message_parameters=parameters,
    )
    assert (sent["message_id"], sent["ephemeral_message_id"]) == (0, 1)
    assert ada.messages(group)[-1].text == "A lock."
    assert eve.messages(group)[-1].text == "What is a GIL?"
    await updates()
    await ada.press("Show answer", chat=group)
    ((_, query),) = await updates()
    assert query["message"]["ephemeral_message_id"] == 1
    where = {"chat_id": group.id, "receiver_user_id": ada.id, "ephemeral_message_id": 1}
    assert await api("editEphemeralMessageText", **where, text="A global lock.") is True
    assert (ada.messages(group)[-1].text, ada.messages(group)[-1].buttons) == ("A global lock.", [])
    assert await api("deleteEphemeralMessage", **where) is True
    assert ada.messages(group)[-1].text == "What is a GIL?"


async def test_it_must_answer_a_press_in_time(group, ada, refusal, clock):
    press = await ada.press("Show answer", chat=group)
    clock.move(seconds=16)
    words = await refusal(
        "sendMessage", chat_id=group.id, text="x", ephemeral_message_parameters=wish(ada, press)
    )
    assert words == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_unknown_ones(group, ada, refusal):
    where = {"chat_id": group.id, "receiver_user_id": ada.id, "ephemeral_message_id": 0}
    assert await refusal("deleteEphemeralMessage", **where) == "Bad Request: message to delete not found"
    assert (
        await refusal("editEphemeralMessageText", **where, text="x")
        == "Bad Request: message to edit not found"
    )


async def test_an_older_server_posts_it_to_everyone(clock):
    telegram = Telegram(now=clock, api_version="10.1")
    telegram.add_bot(TOKEN, "gotit_bot", "Gotit")
    ada = telegram.add_person("Ada")
    group = telegram.add_group("Study", [ada])
    status, body = await telegram.call(TOKEN, "deleteEphemeralMessage", {"chat_id": group.id})
    assert (status, body["description"]) == (404, "Not Found: method not found")
    parameters = {"receiver_user_id": ada.id, "callback_query_id": "5"}
    _, body = await telegram.call(
        TOKEN, "sendMessage", {"chat_id": group.id, "text": "x", "ephemeral_message_parameters": parameters}
    )
    assert "ephemeral_message_id" not in body["result"]
    assert telegram.calls[-1].doubts == ["sendMessage has no parameter ephemeral_message_parameters"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (5, "object expected as ephemeral message parameters"),
        ({}, 'can\'t find field "receiver_user_id"'),
        ({"receiver_user_id": 5}, "PARTICIPANT_ID_INVALID"),
    ],
)
async def test_wrong_parameters(group, ada, refusal, wrong, words):
    answer = await refusal("sendMessage", chat_id=group.id, text="x", ephemeral_message_parameters=wrong)
    assert answer == f"Bad Request: {words}"


async def test_its_buttons_change(group, ada, api, refusal):
    press = await ada.press("Show answer", chat=group)
    await api("sendMessage", chat_id=group.id, text="x", ephemeral_message_parameters=wish(ada, press))
    where = {"chat_id": group.id, "receiver_user_id": ada.id, "ephemeral_message_id": 1}
    await api("editEphemeralMessageReplyMarkup", **where, reply_markup=MARKUP)
    assert ada.last_in(group).buttons == [["Show answer"]]
    assert ada.last_in(group).ephemeral
    assert await refusal("editEphemeralMessageText", **where) == "Bad Request: message text is empty"
    press = await ada.press("Show answer", chat=group)
    parameters = wish(ada, press, replace_callback_query_message=True)
    words = await refusal("sendMessage", chat_id=group.id, text="y", ephemeral_message_parameters=parameters)
    assert words == "Bad Request: MESSAGE_ID_INVALID"

"""Refusals in private chats, in Telegram's words."""

from __future__ import annotations

import pytest

from bot.playground.emulator import Telegram

BUTTON = {"text": "x", "callback_data": "x"}


def keyboard(button):
    return {"inline_keyboard": [[button]]}


async def test_a_wrong_token_and_an_unknown_method(telegram, api, refusal):
    assert await telegram.call("1:wrong", "getMe", {}) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    assert await refusal("getMee") == "Not Found: method not found"


async def test_a_method_that_is_not_modelled_says_so(telegram):
    status, body = await telegram.call("7000000001:secret", "sendDice", {"chat_id": 1})
    assert status == 501
    assert "does not model the method sendDice" in body["description"]


async def test_methods_are_found_in_any_spelling(api):
    assert (await api("GETME"))["username"] == "gotit_bot"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "   \n"}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x" * 40_000}, "text is too long"),
        ({"text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
        (
            {"text": "<i>x", "parse_mode": "html"},
            "can't parse entities: Can't find end tag corresponding to start tag \"i\"",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"text": "x", "reply_parameters": []}, "object expected as reply parameters"),
        ({"text": "x", "message_thread_id": 7}, "message thread not found"),
        ({"text": "x", "link_preview_options": 5}, "object expected as link preview options"),
    ],
)
async def test_send_message(ada, refusal, parameters, words):
    assert await refusal("sendMessage", chat_id=ada.id, **parameters) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("nonsense", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [BUTTON]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (keyboard("x"), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (keyboard({"callback_data": "x"}), "can't parse inline keyboard button: Can't find field \"text\""),
        (
            keyboard({"text": "x"}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            keyboard({"text": "x", "callback_data": ""}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            keyboard({**BUTTON, "style": "pink"}),
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (keyboard({"text": "x", "callback_data": "é" * 33}), "BUTTON_DATA_INVALID"),
        (
            keyboard({"text": "x", "url": "localhost"}),
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        (
            keyboard({"text": "x", "url": "ftp://a.org"}),
            "inline keyboard button URL 'ftp://a.org' is invalid: Unsupported URL protocol",
        ),
        ({"inline_keyboard": [[BUTTON]] * 101}, "reply markup is too long"),
        (
            {"keyboard": [["x", 5]]},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
    ],
)
async def test_reply_markup(ada, refusal, markup, words):
    assert (
        await refusal("sendMessage", chat_id=ada.id, text="x", reply_markup=markup) == f"Bad Request: {words}"
    )


async def test_buttons_at_the_limits_are_taken(ada, api):
    markup = {
        "inline_keyboard": [
            [{"text": "x", "callback_data": "é" * 32}],
            [{"text": "", "callback_data": "y"}],
            [],
        ]
    }
    sent = await api("sendMessage", chat_id=ada.id, text="x" * 4096, reply_markup=markup)
    assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 32}]]}


async def test_a_link_is_completed_as_telegram_does(ada, api):
    markup = keyboard({"text": "x", "url": "T.me/gotit_bot?start=q"})
    sent = await api("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    assert sent["reply_markup"]["inline_keyboard"][0][0]["url"] == "http://t.me/gotit_bot?start=q"


@pytest.mark.parametrize(
    ("chat_id", "words"),
    [
        (None, "chat_id is empty"),
        ("", "chat_id is empty"),
        (999, "chat not found"),
        (-100999, "chat not found"),
        ("@nobody", "chat not found"),
        ("abc", "chat not found"),
    ],
)
async def test_where_to(ada, refusal, chat_id, words):
    assert await refusal("sendMessage", chat_id=chat_id, text="x") == f"Bad Request: {words}"


async def test_nobody_is_written_to_unasked(telegram, refusal):
    stranger = telegram.add_person("Eve")
    assert await refusal("sendMessage", chat_id=stranger.id, text="x") == "Bad Request: chat not found"
    telegram.add_group("Study", [stranger])
    words = "Forbidden: bot can't initiate conversation with a user"
    assert await refusal("sendMessage", chat_id=stranger.id, text="x") == words


async def test_who_blocked_the_bot_is_left_alone(ada, api, refusal, updates):
    sent = await api("sendMessage", chat_id=ada.id, text="x")
    await updates()
    await ada.block_bot()
    words = "Forbidden: bot was blocked by the user"
    assert await refusal("sendMessage", chat_id=ada.id, text="x") == words
    assert await refusal("sendChatAction", chat_id=ada.id, action="typing") == words
    assert await refusal("editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="y") == words
    ((kind, change),) = await updates()
    assert kind == "my_chat_member"
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    await ada.start()
    assert [kind for kind, _ in await updates()] == ["my_chat_member", "message"]
    await api("sendMessage", chat_id=ada.id, text="welcome back")


async def test_edits(ada, api, refusal):
    markup = keyboard(BUTTON)
    sent = await api("sendMessage", chat_id=ada.id, text="<b>x</b>", parse_mode="HTML", reply_markup=markup)
    where = {"chat_id": ada.id, "message_id": sent["message_id"]}
    same = await refusal("editMessageText", **where, text="<b>x</b> ", parse_mode="HTML", reply_markup=markup)
    assert same == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly"
        " the same as a current content and reply markup of the message"
    )
    assert "not modified" in await refusal("editMessageReplyMarkup", **where, reply_markup=markup)
    assert (
        await refusal("editMessageText", chat_id=ada.id, message_id=99, text="y")
        == "Bad Request: message to edit not found"
    )
    assert await refusal("editMessageText", text="y") == "Bad Request: message identifier is not specified"
    assert await refusal("editMessageText", **where) == "Bad Request: message text is empty"
    assert await refusal("editMessageText", **where, text="y" * 4097) == "Bad Request: message is too long"
    assert (
        await refusal("editMessageText", **where, text="y", reply_markup={"keyboard": [["z"]]})
        == "Bad Request: inline keyboard expected"
    )
    assert (
        await refusal("editMessageCaption", **where, caption="y")
        == "Bad Request: there is no caption in the message to edit"
    )
    own = ada.messages()[0]
    assert (
        await refusal("editMessageText", chat_id=ada.id, message_id=own.message_id, text="y")
        == "Bad Request: message can't be edited"
    )


async def test_a_message_with_a_reply_keyboard_stays_as_it_is(ada, api, refusal):
    sent = await api("sendMessage", chat_id=ada.id, text="x", reply_markup={"keyboard": [["yes", "no"]]})
    assert "reply_markup" not in sent
    words = await refusal("editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="y")
    assert words == "Bad Request: message can't be edited"


async def test_deletions(ada, api, refusal, clock):
    sent = await api("sendMessage", chat_id=ada.id, text="x")
    assert (
        await refusal("deleteMessage", chat_id=ada.id, message_id=99)
        == "Bad Request: message to delete not found"
    )
    assert (
        await refusal("deleteMessage", chat_id=ada.id) == "Bad Request: message identifier is not specified"
    )
    assert (
        await refusal("deleteMessages", chat_id=ada.id, message_ids=[0])
        == "Bad Request: invalid message identifier specified"
    )
    clock.move(hours=48, seconds=1)
    words = await refusal("deleteMessage", chat_id=ada.id, message_id=sent["message_id"])
    assert words == "Bad Request: message can't be deleted for everyone"


async def test_chat_actions(ada, refusal, api):
    assert await api("sendChatAction", chat_id=ada.id, action="typing") is True
    words = await refusal("sendChatAction", chat_id=ada.id, action="thinking")
    assert words == "Bad Request: wrong parameter action in request"


async def test_log_out_and_close_are_refused(refusal):
    assert "does not model the method logOut" in await refusal("logOut")
    assert await refusal("close") == "Too Many Requests: retry after 600"


async def test_what_the_server_swallows_is_on_record(telegram: Telegram, ada, api):
    await api("sendMessage", chat_id=str(ada.id), text="x", parse_mood="HTML", disable_notification="maybe")
    assert telegram.calls[-1].doubts == [
        "sendMessage has no parameter parse_mood",
        "sendMessage: disable_notification should be of type bool",
    ]

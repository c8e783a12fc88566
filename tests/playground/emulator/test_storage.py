"""The state survives a restart: chats, ids, polls, files, updates that nobody has fetched."""

from __future__ import annotations

import pytest

from bot.playground.emulator import Telegram, UploadedFile
from bot.playground.emulator.pictures import grey_png

TOKEN = "7000000001:secret"


async def test_everything_comes_back(telegram, ada, api, clock):
    group = telegram.add_group("Study", [], [ada], forum=True)
    await group.open_topic("Django")
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    await api("sendMessage", chat_id=ada.id, text="<b>x</b>", parse_mode="HTML", reply_markup=markup)
    await ada.press("x")
    await api(
        "sendPoll", chat_id=group.id, question="q", options=["a", "b"], is_anonymous=False, open_period=60
    )
    await ada.vote(group.messages[-1], 1)
    await api("sendPhoto", files={"photo": UploadedFile("a.png", grey_png(), "image/png")}, chat_id=ada.id)
    await api("setMyCommands", commands=[{"command": "quiz", "description": "Ask"}])
    waiting = await api("getUpdates")

    restarted = Telegram.load(telegram.dump(), now=clock)
    assert restarted.dump() == telegram.dump()
    assert restarted.view(ada.id)["chats"] == telegram.view(ada.id)["chats"]
    _, body = await restarted.call(TOKEN, "getUpdates", {})
    assert body["result"] == waiting
    _, body = await restarted.call(TOKEN, "sendMessage", {"chat_id": ada.id, "text": "still here"})
    before = await api("sendMessage", chat_id=ada.id, text="still here")
    assert body["result"]["message_id"] == before["message_id"]
    clock.move(seconds=60)
    restarted.tick()
    assert restarted.groups[0].messages[-1].poll["is_closed"] is True


def test_something_else_is_not_a_state(clock):
    with pytest.raises(ValueError, match="not a state"):
        Telegram.load(b"[]", now=clock)

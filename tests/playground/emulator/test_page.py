"""The page's interface over HTTP: state, events and everything that people can do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import orjson
import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.playground.emulator import updates as updates_module
from bot.playground.emulator.events import KEPT, EventHub
from bot.playground.emulator.page_actions import ACTIONS
from bot.playground.emulator.pictures import grey_png
from bot.playground.emulator.web import application

MARKUP = {
    "inline_keyboard": [
        [
            {"text": "Show answer", "callback_data": "s", "style": "primary"},
            {"text": "Docs", "url": "https://docs.python.org/3/"},
        ]
    ]
}


@pytest.fixture
async def page(telegram):
    async with TestClient(TestServer(application(telegram))) as client:
        yield client


@pytest.fixture
def act(page, ada):
    async def post(route, status=200, **body):
        body.setdefault("person", ada.id)
        body.setdefault("chat", ada.chat.key)
        answer = await page.post(f"/api/{route}", json=body)
        read = await answer.json()
        assert answer.status == status, read
        return read

    return post


class Stream:
    """Server-sent events, read one by one."""

    def __init__(self, response):
        self.response = response
        self.last_id = None

    async def next(self, kind=None):
        """The next event, or the next of a kind: its data."""
        while True:
            fields = {}
            while line := (await asyncio.wait_for(self.response.content.readline(), 5)).decode().strip():
                name, _, value = line.partition(": ")
                fields[name] = value
            if "event" not in fields:
                continue
            self.last_id = fields["id"]
            if kind in (None, fields["event"]):
                return fields["event"], orjson.loads(fields["data"])


@pytest.fixture
async def listen(page, telegram):
    opened = []

    async def start(person, **more):
        response = await page.get(
            "/api/events", params={"person": person.id, **more.pop("params", {})}, **more
        )
        assert response.status == 200
        stream = Stream(response)
        await response.content.readline()
        opened.append(response)
        return stream

    yield start
    for response in opened:
        response.close()


async def test_the_state_of_a_person(page, ada, api, telegram):
    eve = telegram.add_person("Eve")
    await api("sendMessage", chat_id=ada.id, text="<b>Q</b>", parse_mode="HTML", reply_markup=MARKUP)
    state = await (await page.get("/api/state", params={"person": ada.id})).json()
    assert (state["me"]["name"], state["api_version"]) == ("Ada Lovelace", "10.3")
    assert [one["name"] for one in state["people"]] == ["Ada Lovelace", "Eve"]
    (chat,) = state["chats"]
    assert (chat["kind"], chat["title"], chat["started"], chat["blocked"]) == (
        "private",
        "Gotit",
        True,
        False,
    )
    message = chat["messages"][-1]
    assert message["html"] == "<b>Q</b>"
    assert message["buttons"] == [
        [
            {"text": "Show answer", "kind": "callback", "style": "primary"},
            {"text": "Docs", "kind": "url", "style": None, "url": "https://docs.python.org/3/"},
        ]
    ]
    other = await (await page.get("/api/state", params={"person": eve.id})).json()
    assert other["chats"][0]["messages"] == []
    nobody = await (await page.get("/api/state")).json()
    assert "chats" not in nobody
    assert (await page.get("/api/state", params={"person": 5})).status == 404


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


async def test_a_page_of_another_run_starts_afresh(page, ada):
    response = await page.get("/api/events", params={"person": ada.id}, headers={"Last-Event-ID": "other-7"})
    assert await Stream(response).next() == ("reset", {})
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


async def test_everything_in_a_private_chat(act, ada, api, updates, telegram):
    added = await act("person", first_name="Eve", language_code="de")
    assert added["person"]["name"] == "Eve"
    sent = await act("send", text="hi")
    await act("edit", message=sent["message"], text="hello")
    await act("react", message=sent["message"], emoji="👍")
    await act("typing")
    await act("location", latitude=52.5, longitude=13)
    await act("photo")
    await act("sticker", emoji="🙂")
    await act("block", blocked=True)
    await act("send", text="no", status=400)
    await act("start", payload="quiz_django")
    kinds = [
        (kind, next(iter(set(content) & {"text", "location", "photo", "sticker"}), ""))
        for kind, content in await updates()
    ]
    assert kinds == [
        ("message", "text"),
        ("message", "text"),
        ("edited_message", "text"),
        ("message", "location"),
        ("message", "photo"),
        ("message", "sticker"),
        ("my_chat_member", ""),
        ("my_chat_member", ""),
        ("message", "text"),
    ]
    await act("delete", messages=[sent["message"]])


async def test_uploads_and_downloads(page, ada, act):
    for route, name, data in (("photo", "a.png", grey_png()), ("document", "a.html", b"<script>")):
        form = aiohttp.FormData({"person": str(ada.id), "chat": ada.chat.key, "caption": "look"})
        form.add_field("file", data, filename=name)
        assert (await page.post(f"/api/{route}", data=form)).status == 200
    photo = ada.messages()[-2]
    assert photo.text == "look"
    state = await (await page.get("/api/state", params={"person": ada.id})).json()
    messages = state["chats"][0]["messages"][-2:]
    picture = await page.get(messages[0]["photo"]["url"])
    assert (await picture.read(), picture.content_type) == (grey_png(), "image/png")
    file = await page.get(messages[1]["document"]["url"])
    assert file.content_type == "application/octet-stream"
    assert file.headers["Content-Disposition"] == 'attachment; filename="a.html"'
    assert (await page.get("/api/file/none")).status == 404
    await act("document", status=400)


async def test_groups(act, page, telegram, ada, api):
    eve = telegram.add_person("Eve")
    bot_id = telegram.bot.user.id
    made = await act("group", title="Study", members=[eve.id, bot_id], supergroup=False)
    key = made["chat"]
    group = {"chat": key}
    await act("send", **group, text="/quiz", anonymous=True)
    await act("group/promote", **group, member=eve.id, rights={"can_delete_messages": False})
    await act("group/demote", **group, member=eve.id)
    await act("group/restrict", **group, member=eve.id, permissions={"can_send_messages": False})
    await act("send", **group, person=eve.id, text="x", status=400)
    await act("group/restrict", **group, member=eve.id, permissions={})
    await act("group/title", **group, title="Study group")
    await act("group/leave", **group, person=eve.id)
    await act("group/join", **group, person=eve.id)
    await act("group/remove", **group, member=eve.id)
    await act("group/join", **group, person=eve.id, status=400)
    await act("group/add", **group, member=eve.id)
    moved = await act("group/migrate", **group)
    state = await (await page.get("/api/state", params={"person": ada.id})).json()
    chats = {chat["id"]: chat for chat in state["chats"]}
    assert chats[key]["migrated_to"] == moved["chat"]
    assert chats[key]["can_send"] is False
    assert [one["name"] for one in chats[moved["chat"]]["members"]] == ["Ada Lovelace", "Eve", "Gotit"]


async def test_a_forum_and_a_poll(act, telegram, ada, api):
    made = await act("group", title="Forum", members=[telegram.bot.user.id], forum=True)
    key = made["chat"]
    opened = await act("group/topic", chat=key, title="Django")
    await act("send", chat=key, text="/quiz", topic=opened["topic"])
    sent = await api(
        "sendPoll", chat_id=int(key), question="q", options=["a", "b"], message_thread_id=opened["topic"]
    )
    await act("vote", chat=key, message=sent["message_id"], options=[1])
    await act("vote", chat=key, message=sent["message_id"], options=[])
    await act("vote", chat=key, message=sent["message_id"], options=[7], status=400)


@pytest.mark.parametrize(
    ("route", "body", "status", "words"),
    [
        ("send", {"text": 5}, 400, "text must be a string"),
        ("send", {"text": "  "}, 400, "an empty message cannot be sent"),
        ("send", {"text": "x", "person": 5}, 404, "there is no person 5"),
        ("send", {"text": "x", "chat": "none"}, 404, "there is no chat 'none'"),
        ("send", {"text": "x", "reply_to": 99}, 404, "there is no message 99 to reply to"),
        ("press", {"message": 1, "row": 0, "column": 0}, 400, "this button is not there any more"),
        ("press", {"message": "x", "row": 0, "column": 0}, 400, "message must be a whole number"),
        ("vote", {"message": 1, "options": [0]}, 400, "this message is no poll"),
        ("start", {"payload": "not allowed!"}, 400, "a payload has up to 64 of A-Z, a-z, 0-9, _ and -"),
        ("edit", {"message": 99, "text": "x"}, 404, "there is no message 99 in this chat"),
        (
            "location",
            {"latitude": 91, "longitude": 0},
            400,
            "latitude is within 90, longitude within 180 degrees",
        ),
        ("block", {"blocked": "yes"}, 400, "blocked must be true or false"),
        ("delete", {"messages": "1"}, 400, "messages must be a list of whole numbers"),
        ("person", {"first_name": " "}, 400, "a person needs a first name"),
        ("group", {"title": "", "members": []}, 400, "a group needs a title"),
        ("group/topic", {"title": "x"}, 400, "this is not a group"),
    ],
)
async def test_what_cannot_be_done_is_explained(act, route, body, status, words):
    assert (await act(route, status=status, **body))["error"] == words


async def test_other_peoples_chats_are_out_of_reach(act, telegram, ada):
    eve = telegram.add_person("Eve")
    await eve.start()
    answer = await act("send", chat=eve.chat.key, text="x", status=404)
    assert answer["error"] == "there is no such chat for this person"


async def test_the_calls_are_shown(page, ada, api):
    await api("sendMessage", chat_id=ada.id, text="x" * 4000)
    calls = (await (await page.get("/api/calls", params={"limit": 1})).json())["calls"]
    assert (calls[0]["method"], calls[0]["ok"], len(calls)) == ("sendMessage", True, 1)
    assert calls[0]["result"].endswith("…")


async def test_a_body_that_is_no_object(page):
    answer = await page.post("/api/send", data=b"[]", headers={"Content-Type": "application/json"})
    assert (answer.status, await answer.json()) == (400, {"error": "the body must be a JSON object"})


def test_every_action_is_documented():
    text = (Path(__file__).parents[3] / "docs" / "playground.md").read_text(encoding="utf-8")
    assert [name for name in ACTIONS if f"`/api/{name}`" not in text] == []


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


async def test_service_messages_are_sentences(telegram, ada, api):
    eve = telegram.add_person("Eve")
    group = telegram.add_group("Study", [], [ada], forum=True)
    topic = await group.open_topic("ORM")
    await group.promote_bot(can_manage_topics=True)
    where = {"chat_id": group.id, "message_thread_id": topic}
    await api("editForumTopic", **where, name="Django ORM")
    await api("closeForumTopic", **where)
    await eve.join(group)
    await eve.leave(group)
    await group.add(eve)
    await group.remove(eve)
    await group.retitle("Learn")
    (chat,) = [one for one in telegram.view(ada.id)["chats"] if one["id"] == group.key]
    assert [one["service"] for one in chat["messages"]] == [
        "Ada Lovelace created the group",
        "Ada Lovelace added Gotit",
        "Ada Lovelace opened the topic “ORM”",
        "Gotit renamed the topic",
        "Gotit closed the topic",
        "Eve joined",
        "Eve left",
        "Ada Lovelace added Eve",
        "Ada Lovelace removed Eve",
        "Ada Lovelace changed the title to “Learn”",
    ]
    assert chat["topics"] == [{"id": None, "title": "General"}, {"id": topic, "title": "Django ORM"}]


async def test_replies_and_forwards_are_shown(telegram, ada, api):
    said = await ada.send("why?")
    reply = {"message_id": said.message_id}
    await api("sendMessage", chat_id=ada.id, text="because", reply_parameters=reply)
    await api("forwardMessage", chat_id=ada.id, from_chat_id=ada.id, message_id=said.message_id)
    answered, forwarded = telegram.view(ada.id)["chats"][0]["messages"][-2:]
    assert answered["reply_to"] == {"id": said.message_id, "name": "Ada Lovelace", "text": "why?"}
    assert forwarded["forwarded_from"] == "Ada Lovelace"


async def test_only_administrators_change_a_group(act, telegram, ada):
    eve = telegram.add_person("Eve")
    group = telegram.add_group("Study", [eve], [ada])
    for route, body in (
        ("promote", {"member": eve.id}),
        ("remove", {"member": ada.id}),
        ("title", {"title": "x"}),
        ("migrate", {}),
    ):
        answer = await act(f"group/{route}", person=eve.id, chat=group.key, status=400, **body)
        assert answer["error"] == "only administrators can do this"
    answer = await act("group/remove", chat=group.key, member=ada.id, status=400)
    assert answer["error"] == "the owner stays the owner"
    assert (await act("group/migrate", chat=group.key, status=400))["error"] == "this is a supergroup already"
    assert (await act("group/topic", chat=group.key, title="x", status=400))[
        "error"
    ] == "this group has no topics"
    await act("group/promote", chat=group.key, member=ada.id, anonymous=True)
    assert group.chat.member(ada.id).anonymous is True
    await act("group/restrict", chat=group.key, permissions={"can_send_polls": False})
    assert group.chat.permissions == {"can_send_polls": False}
    await act("group/leave", person=eve.id, chat=group.key)
    assert (await act("group/leave", person=eve.id, chat=group.key, status=400))[
        "error"
    ] == "you are not in this group"


async def test_a_link_that_brings_the_bot_into_a_group(act, telegram, ada):
    group = telegram.add_group("Study", [ada], bot=False)
    await act("group/add", chat=group.key, member=telegram.bot.user.id, payload="quiz_django")
    assert group.messages[-1].text == "/start@gotit_bot quiz_django"


async def test_other_sites_are_kept_out(page, ada):
    headers = {"Sec-Fetch-Site": "cross-site"}
    body = {"person": ada.id, "chat": ada.chat.key, "text": "x"}
    assert (await page.post("/api/send", json=body, headers=headers)).status == 403


async def test_a_person_who_is_gone_hears_of_the_reset_only(listen, telegram, ada):
    stream = await listen(ada)
    telegram.world.state = type(telegram)(now=telegram.world.now).world.state
    telegram.add_bot("7000000001:secret", "gotit_bot", "Gotit")
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

"""The page's interface over HTTP: state, events and everything that people can do."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from bot.playground.emulator.page_actions import ACTIONS
from bot.playground.emulator.pictures import grey_png

MARKUP = {
    "inline_keyboard": [
        [
            {"text": "Show answer", "callback_data": "s", "style": "primary"},
            {"text": "Docs", "url": "https://docs.python.org/3/"},
        ]
    ]
}


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


async def test_a_new_persons_chat_is_there_before_anyone_looks(act, telegram):
    for route, body in (("start", {}), ("send", {"text": "Hi"})):
        new = (await act("person", first_name="New"))["person"]["id"]
        sent = await act(route, person=new, chat=f"{new}:{telegram.bot.user.id}", **body)
        assert [one.message_id for one in telegram.person(new).messages()] == [sent["message"]]


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


async def test_other_sites_are_kept_out(page, ada):
    headers = {"Sec-Fetch-Site": "cross-site"}
    body = {"person": ada.id, "chat": ada.chat.key, "text": "x"}
    assert (await page.post("/api/send", json=body, headers=headers)).status == 403

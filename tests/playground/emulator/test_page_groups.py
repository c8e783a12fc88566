"""Groups on the page: making one, members, rights, topics, migration."""

from __future__ import annotations


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

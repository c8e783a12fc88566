"""Groups: privacy, rights, admins, topics, leaving, migration."""

from __future__ import annotations

import pytest

from bot.playground.emulator import NotPossible


@pytest.fixture
async def eve(telegram):
    return telegram.add_person("Eve")


@pytest.fixture
async def group(telegram, ada, eve, updates):
    made = telegram.add_group("Study", [eve], [ada])
    await updates()
    return made


async def texts(updates):
    return [content["text"] for kind, content in await updates() if kind == "message" and "text" in content]


async def test_privacy_mode(telegram, group, ada, api, updates):
    await api("sendMessage", chat_id=group.id, text="Who is in?")
    question = group.messages[-1]
    await ada.send("me!", group)
    await ada.send("/quiz security", group)
    await ada.send("/quiz@other_bot", group)
    await ada.send("/quiz@gotit_bot", group)
    await ada.send("hey @gotit_bot", group)
    await ada.send("me too", group, reply_to=question)
    assert await texts(updates) == ["/quiz security", "/quiz@gotit_bot", "hey @gotit_bot", "me too"]
    await group.promote_bot()
    await updates()
    await ada.send("now you hear me", group)
    assert await texts(updates) == ["now you hear me"]


async def test_without_privacy_mode_the_bot_hears_all(telegram, group, ada, updates):
    telegram.bot.privacy = False
    await ada.send("hello", group)
    assert await texts(updates) == ["hello"]


async def test_administrators(group, ada, eve, api, refusal):
    admins = await api("getChatAdministrators", chat_id=group.id)
    assert [(one["user"]["id"], one["status"]) for one in admins] == [(ada.id, "creator")]
    await group.promote(eve, can_delete_messages=False)
    member = await api("getChatMember", chat_id=group.id, user_id=eve.id)
    assert (member["status"], member["can_delete_messages"], member["can_pin_messages"]) == (
        "administrator",
        False,
        True,
    )
    assert await api("getChatMemberCount", chat_id=group.id) == 3
    words = "Bad Request: there are no administrators in the private chat"
    assert await refusal("getChatAdministrators", chat_id=ada.id) == words
    assert (
        await refusal("getChatMember", chat_id=group.id, user_id=5) == "Bad Request: PARTICIPANT_ID_INVALID"
    )
    assert await refusal("getChatMember", chat_id=group.id) == "Bad Request: invalid user_id specified"


async def test_an_anonymous_administrator(group, ada, updates):
    await ada.send("/quiz", group, anonymous=True)
    ((_, message),) = await updates()
    assert (message["from"]["id"], message["sender_chat"]["id"]) == (1087968824, group.id)


async def test_only_administrators_are_anonymous(group, eve):
    with pytest.raises(NotPossible, match="only administrators"):
        await eve.send("/quiz", group, anonymous=True)


async def test_a_restricted_bot(group, api, refusal):
    await group.restrict_bot(can_send_polls=False)
    poll = {"question": "q", "options": ["a", "b"]}
    words = "Bad Request: not enough rights to send polls to the chat"
    assert await refusal("sendPoll", chat_id=group.id, **poll) == words
    await api("sendMessage", chat_id=group.id, text="text is fine")
    await group.restrict_bot(can_send_messages=False)
    words = "Bad Request: not enough rights to send text messages to the chat"
    assert await refusal("sendMessage", chat_id=group.id, text="x") == words
    await group.restrict_bot()
    await api("sendPoll", chat_id=group.id, **poll)


async def test_deleting_others_messages_needs_a_right(group, ada, api, refusal):
    said = await ada.send("/quiz", group)
    where = {"chat_id": group.id, "message_id": said.message_id}
    assert await refusal("deleteMessage", **where) == "Bad Request: message can't be deleted"
    await group.promote_bot()
    await api("deleteMessage", **where)
    assert said.deleted


async def test_pinning_needs_a_right(group, api, refusal):
    sent = await api("sendMessage", chat_id=group.id, text="x")
    where = {"chat_id": group.id, "message_id": sent["message_id"]}
    words = "Bad Request: not enough rights to manage pinned messages in the chat"
    assert await refusal("pinChatMessage", **where) == words
    await group.promote_bot()
    await api("pinChatMessage", **where)


async def test_requests_by_keyboard_are_for_private_chats(group, refusal):
    keyboard = {"keyboard": [[{"text": "Where?", "request_location": True}]]}
    words = "Bad Request: location can be requested in private chats only"
    assert await refusal("sendMessage", chat_id=group.id, text="x", reply_markup=keyboard) == words


async def test_ids_count_by_chat_in_supergroups_only(telegram, ada, api):
    group = telegram.add_group("Study", [ada])
    other = telegram.add_group("Other", [ada])
    first = await api("sendMessage", chat_id=group.id, text="x")
    second = await api("sendMessage", chat_id=other.id, text="x")
    assert first["message_id"] == second["message_id"]


async def test_nobody_sees_other_peoples_chats(telegram, ada, eve, group, api):
    await api("sendMessage", chat_id=ada.id, text="for Ada")
    for person in (ada, eve):
        keys = {chat["id"] for chat in telegram.view(person.id)["chats"]}
        assert keys == {person.chat.key, group.key}


async def test_default_permissions(group, ada, eve, api, refusal):
    await group.set_permissions(can_send_polls=False)
    words = "Bad Request: not enough rights to send polls to the chat"
    assert await refusal("sendPoll", chat_id=group.id, question="q", options=["a"]) == words
    await group.set_permissions(can_send_messages=False)
    with pytest.raises(NotPossible, match="may not send"):
        await eve.send("/quiz", group)
    await ada.send("/quiz", group)
    assert (await api("getChat", chat_id=group.id))["permissions"]["can_send_polls"] is False


async def test_an_anonymous_vote(group, ada, api, updates):
    await group.promote(ada, anonymous=True)
    await api("sendPoll", chat_id=group.id, question="q", options=["a", "b"], is_anonymous=False)
    await updates()
    await ada.vote(group.messages[-1], "a")
    (_, answer), _ = await updates()
    assert (answer["voter_chat"]["id"], answer["user"]["id"]) == (group.id, 136817688)


async def test_two_bots_in_a_group(telegram, group, ada, api, updates):
    other = telegram.add_bot("8000000000:other", "other_bot", "Other")
    group.change(other.user.id, "member")
    await updates()
    await telegram.call(other.token, "sendMessage", {"chat_id": group.id, "text": "I spoke last"})
    await ada.send("/quiz", group)
    assert await texts(updates) == []
    await api("sendMessage", chat_id=group.id, text="now I did")
    await ada.send("/quiz", group)
    assert await texts(updates) == ["/quiz"]
    admins = await api("getChatAdministrators", chat_id=group.id, return_bots=True)
    assert [one["user"]["id"] for one in admins] == [ada.id]


async def test_members_of_a_private_chat(ada, api, refusal):
    assert (await api("getChatMember", chat_id=ada.id, user_id=ada.id))["status"] == "member"
    assert await api("getChatMemberCount", chat_id=ada.id) == 2
    assert await refusal("getChatMember", chat_id=ada.id, user_id=5) == "Bad Request: user not found"
    assert "private chats" in await refusal("leaveChat", chat_id=ada.id)


async def test_a_public_group_by_its_name(group, api):
    group.chat.username = "study_group"
    assert (await api("getChat", chat_id="@Study_Group"))["active_usernames"] == ["study_group"]


async def test_what_groups_cannot_do(telegram, group):
    with pytest.raises(NotPossible, match="only a plain group"):
        await group.migrate()
    with pytest.raises(NotPossible, match="at least one person"):
        telegram.add_group("Empty")
    with pytest.raises(NotPossible, match="bot with this token"):
        telegram.add_bot("7000000001:secret", "x_bot", "X")
    with pytest.raises(NotPossible, match="no person 5"):
        telegram.person(5)

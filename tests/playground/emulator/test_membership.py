"""Who comes and goes in groups, the bot included; groups that become supergroups."""

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


async def test_arriving(telegram, ada, updates, api):
    await updates()
    group = telegram.add_group("Study", [ada])
    (first, change), (second, message) = await updates()
    assert (first, second) == ("my_chat_member", "message")
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")
    assert change["chat"] == {"id": group.id, "title": "Study", "type": "supergroup"}
    assert message["new_chat_members"][0]["username"] == "gotit_bot"
    assert group.id < -1_000_000_000_000


async def test_a_start_payload_for_groups(telegram, ada, updates):
    group = telegram.add_group("Study", [ada], bot=False)
    await updates()
    await group.add_bot(payload="quiz_django")
    assert await texts(updates) == ["/start@gotit_bot quiz_django"]


async def test_somebody_leaves_and_comes_back(group, eve, updates, api):
    await eve.leave(group)
    ((_, message),) = await updates()
    assert message["left_chat_member"]["id"] == eve.id
    assert (await api("getChatMember", chat_id=group.id, user_id=eve.id))["status"] == "left"
    with pytest.raises(NotPossible, match="not in this group"):
        await eve.send("/quiz", group)
    await eve.join(group)
    ((_, message),) = await updates()
    assert message["new_chat_members"][0]["id"] == eve.id


@pytest.mark.parametrize(("supergroup", "noun"), [(True, "supergroup"), (False, "group")])
async def test_the_bot_is_thrown_out(telegram, ada, updates, refusal, supergroup, noun):
    group = telegram.add_group("Study", [ada], supergroup=supergroup)
    await updates()
    await group.remove_bot()
    ((kind, change),) = await updates()
    assert (kind, change["new_chat_member"]["status"]) == ("my_chat_member", "kicked")
    words = f"Forbidden: bot was kicked from the {noun} chat"
    assert await refusal("sendMessage", chat_id=group.id, text="x") == words
    assert await refusal("getChatAdministrators", chat_id=group.id) == words


async def test_the_bot_leaves(group, api, refusal, updates):
    await api("leaveChat", chat_id=group.id)
    assert [kind for kind, _ in await updates()] == ["my_chat_member"]
    words = "Forbidden: bot is not a member of the supergroup chat"
    assert await refusal("sendMessage", chat_id=group.id, text="x") == words


async def test_migration(telegram, ada, eve, api, updates):
    old = telegram.add_group("Study", [eve], [ada], supergroup=False)
    await updates()
    new = await old.migrate()
    (_, first), (_, second) = await updates()
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (old.id, new.id)
    assert (second["chat"]["id"], second["migrate_from_chat_id"]) == (new.id, old.id)
    status, body = await telegram.call("7000000001:secret", "sendMessage", {"chat_id": old.id, "text": "x"})
    assert (status, body) == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new.id},
        },
    )
    await api("sendMessage", chat_id=new.id, text="here we are")
    assert [one.id for one in telegram.groups] == [old.id, new.id]
    with pytest.raises(NotPossible, match="became a supergroup"):
        await ada.send("/quiz", old)
    await ada.send("/quiz", new)


async def test_chat_member_updates_tell_who_came(telegram, group, eve, api, updates):
    await group.promote_bot()
    await updates()
    await api("getUpdates", allowed_updates=["chat_member"])
    await group.restrict(eve, can_send_messages=False)
    await group.restrict(eve)
    await group.promote(eve)
    await group.demote(eve)
    await group.remove(eve)
    changes = [change["new_chat_member"]["status"] for _, change in await updates()]
    assert changes == ["restricted", "member", "administrator", "member", "kicked"]


async def test_a_bot_that_is_no_admin_hears_of_no_changes(group, eve, api, updates):
    await api("getUpdates", allowed_updates=["chat_member"])
    await group.promote(eve)
    assert await updates() == []


async def test_a_new_title(group, updates):
    await group.retitle("Study group")
    ((_, message),) = await updates()
    assert (message["new_chat_title"], message["chat"]["title"]) == ("Study group", "Study group")

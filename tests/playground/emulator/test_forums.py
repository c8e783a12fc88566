"""Forums: topics that people and bots open, close and write in."""

from __future__ import annotations

import pytest

from bot.playground.emulator import NotPossible


async def test_topics(telegram, ada, api, updates, refusal):
    group = telegram.add_group("Forum", [], [ada], forum=True)
    topic = await group.open_topic("Django")
    await updates()
    await ada.send("/quiz", group, thread=topic)
    await ada.send("/quiz", group)
    (_, inside), (_, general) = await updates()
    assert (inside["message_thread_id"], inside["is_topic_message"]) == (topic, True)
    assert "message_thread_id" not in general
    sent = await api("sendMessage", chat_id=group.id, text="x", message_thread_id=topic)
    assert sent["message_thread_id"] == topic
    reply = {"message_id": sent["message_id"]}
    answered = await api("sendMessage", chat_id=group.id, text="y", reply_parameters=reply)
    assert answered["message_thread_id"] == topic
    for wrong in (1, 999):
        words = await refusal("sendMessage", chat_id=group.id, text="x", message_thread_id=wrong)
        assert words == "Bad Request: message thread not found"
    assert (await api("getChat", chat_id=group.id))["is_forum"] is True


async def test_topics_of_the_bots_own(telegram, ada, api, refusal):
    group = telegram.add_group("Forum", [], [ada], forum=True)
    assert "not enough rights" in await refusal("createForumTopic", chat_id=group.id, name="Django")
    await group.promote_bot(can_manage_topics=True)
    topic = await api("createForumTopic", chat_id=group.id, name="Django")
    where = {"chat_id": group.id, "message_thread_id": topic["message_thread_id"]}
    await api("editForumTopic", **where, name="Django ORM")
    await api("closeForumTopic", **where)
    assert await refusal("closeForumTopic", **where) == "Bad Request: TOPIC_NOT_MODIFIED"
    await api("deleteForumTopic", **where)
    assert group.chat.topics == {}


async def test_closed_topics(telegram, ada, api, refusal):
    eve = telegram.add_person("Eve")
    group = telegram.add_group("Forum", [eve], [ada], forum=True)
    await group.promote_bot(can_manage_topics=True)
    topic = await group.open_topic("Django")
    where = {"chat_id": group.id, "message_thread_id": topic}
    await api("closeForumTopic", **where)
    with pytest.raises(NotPossible, match="closed"):
        await eve.send("/quiz", group, thread=topic)
    await group.demote_bot()
    assert await refusal("sendMessage", **where, text="x") == "Bad Request: TOPIC_CLOSED"
    await group.promote_bot(can_manage_topics=True)
    await api("reopenForumTopic", **where)
    await eve.send("/quiz", group, thread=topic)
    with pytest.raises(NotPossible, match="no topic 999"):
        await eve.send("/quiz", group, thread=999)
    plain = telegram.add_group("Plain", [ada])
    assert (
        await refusal("createForumTopic", chat_id=plain.id, name="x")
        == "Bad Request: the chat is not a forum"
    )
    with pytest.raises(NotPossible, match="no topics"):
        await plain.open_topic("x")

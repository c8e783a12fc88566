"""State as the Bot API writes it: users, chats, messages, polls, updates' parts.

Fields that the real server adds for old libraries and the reference no longer names
(`correct_option_id`, `new_chat_member` …) are left out.
"""

from __future__ import annotations

from bot.playground.emulator.rights import permissions_json
from bot.playground.emulator.state import ANONYMOUS_ADMIN_ID, SUPERGROUP, Chat, Json, Message, Poll, User
from bot.playground.emulator.world import World

ANONYMOUS_ADMIN: Json = {
    "id": ANONYMOUS_ADMIN_ID,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


CHANNEL_BOT: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
"""In the place of a voter who votes as a chat."""


def user_json(user: User) -> Json:
    """User."""
    result: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    for name in ("last_name", "username", "language_code"):
        value = getattr(user, name)
        if value and not (user.is_bot and name == "language_code"):
            result[name] = value
    return result


def chat_json(world: World, chat: Chat) -> Json:
    """Chat, as the bot sees it."""
    if chat.is_private:
        user = user_json(world.user(chat.person_id))
        names = ("first_name", "last_name", "username")
        return {"id": chat.id, **{name: user[name] for name in names if name in user}, "type": chat.kind}
    result: Json = {"id": chat.id, "title": chat.title}
    if chat.username:
        result["username"] = chat.username
    if chat.forum:
        result["is_forum"] = True
    return {**result, "type": chat.kind}


def full_chat_json(world: World, chat: Chat) -> Json:
    """ChatFullInfo."""
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    result = chat_json(world, chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, chat.is_private),
    }
    if chat.username:
        result["active_usernames"] = [chat.username]
    if not chat.is_private:
        result["permissions"] = permissions_json(chat)
        result["join_to_send_messages"] = chat.kind == SUPERGROUP
    if chat.pinned:
        pinned = chat.messages.get(chat.pinned[-1])
        if pinned is not None:
            result["pinned_message"] = message_json(world, pinned, with_reply=False)
    return result


def message_json(world: World, message: Message, *, with_reply: bool = True) -> Json:
    """Message; the message it replies to is shown one level deep."""
    chat = world.state.chats[message.chat]
    result: Json = {"message_id": max(0, message.id)}
    if message.as_chat:
        result |= {"from": ANONYMOUS_ADMIN, "sender_chat": chat_json(world, chat)}
    else:
        result["from"] = user_json(world.user(message.sender))
    result |= {"chat": chat_json(world, chat), "date": message.date}
    if message.receiver is not None:
        result |= {
            "ephemeral_message_id": message.ephemeral_id,
            "receiver_user": user_json(world.user(message.receiver)),
        }
    if message.edit_date is not None:
        result["edit_date"] = message.edit_date
    if message.thread is not None:
        result |= {"message_thread_id": message.thread, "is_topic_message": True}
    if message.forward is not None:
        result["forward_origin"] = message.forward
    if with_reply:
        result |= _reply_json(world, chat, message)
    result |= _content_json(world, message)
    if message.link_preview is not None:
        result["link_preview_options"] = message.link_preview
    if message.protected:
        result["has_protected_content"] = True
    if message.markup is not None:
        result["reply_markup"] = message.markup
    return result


def _reply_json(world: World, chat: Chat, message: Message) -> Json:
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    result: Json = {}
    if replied is not None:
        result["reply_to_message"] = message_json(world, replied, with_reply=False)
    if message.quote is not None:
        result["quote"] = message.quote
    return result


def _content_json(world: World, message: Message) -> Json:
    content = dict(message.content)
    poll_id = content.pop("poll_id", None)
    if poll_id is not None:
        poll = world.state.polls[poll_id]
        content["poll"] = poll_json(poll)
    for name in ("entities", "caption_entities"):
        if name in content:
            content[name] = entities_json(world, content[name])
            if not content[name]:
                del content[name]
    pinned = content.get("pinned_message")
    if isinstance(pinned, int):
        content["pinned_message"] = maybe_message(world, message.chat, pinned)
    return content


def entities_json(world: World, entities: list[Json]) -> list[Json]:
    """Entities; a mention of a user shows the whole user, and is dropped when nobody has that id."""
    result = []
    for entity in entities:
        if entity["type"] != "text_mention":
            result.append(entity)
            continue
        user_id = entity["user"]["id"]
        if user_id in world.state.people or user_id in world.state.bots:
            result.append({**entity, "user": user_json(world.user(user_id))})
    return result


def maybe_message(world: World, chat_key: str, message_id: int) -> Json:
    """MaybeInaccessibleMessage: a deleted one has only its id and the date 0."""
    chat = world.state.chats[chat_key]
    message = chat.messages.get(message_id)
    if message is not None:
        return message_json(world, message)
    return {"chat": chat_json(world, chat), "message_id": max(0, message_id), "date": 0}


def poll_json(poll: Poll) -> Json:
    """Poll, as the bot that sent it sees it: with the right answer and the counts."""
    counts = [sum(index in chosen for chosen in poll.votes.values()) for index in range(len(poll.options))]
    result: Json = {"id": poll.id, "question": poll.question["text"]}
    if poll.question["entities"]:
        result["question_entities"] = poll.question["entities"]
    result["options"] = [
        {"persistent_id": option["persistent_id"], "text": option["text"], "voter_count": count}
        | ({"text_entities": option["entities"]} if option["entities"] else {})
        for option, count in zip(poll.options, counts, strict=True)
    ]
    result["total_voter_count"] = sum(1 for chosen in poll.votes.values() if chosen)
    if poll.open_period and poll.close_date:
        result |= {"open_period": poll.open_period, "close_date": poll.close_date}
    result |= {
        "is_closed": poll.closed,
        "is_anonymous": poll.anonymous,
        "allows_multiple_answers": poll.multiple,
        "allows_revoting": poll.revoting,
        "members_only": False,
        "type": "quiz" if poll.quiz else "regular",
    }
    if poll.quiz:
        result["correct_option_ids"] = poll.correct
        if poll.explanation and poll.explanation["text"]:
            result["explanation"] = poll.explanation["text"]
            result["explanation_entities"] = poll.explanation["entities"]
    if poll.description and poll.description["text"]:
        result["description"] = poll.description["text"]
        if poll.description["entities"]:
            result["description_entities"] = poll.description["entities"]
    return result

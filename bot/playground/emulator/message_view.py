"""A message as the chat page shows it to one person."""

from __future__ import annotations

from bot.playground.emulator.html_output import to_html
from bot.playground.emulator.render import entities_json
from bot.playground.emulator.state import Chat, Json, Message, Poll, User
from bot.playground.emulator.world import World

QUOTED = 100
_KINDS = ("photo", "document", "location", "sticker")


def message_view(world: World, message: Message, person_id: int) -> Json:
    """The message's data for the page (docs/playground.md, `Message`)."""
    chat = world.state.chats[message.chat]
    content = message.content
    text = str(content.get("text") or content.get("caption") or "")
    entities = entities_json(world, content.get("entities") or content.get("caption_entities") or [])
    by_bot = message.sender in world.state.bots
    poll = world.state.polls.get(str(content.get("poll_id")))
    return {
        "chat": message.chat,
        "id": message.id,
        "topic": message.thread,
        "date": message.date,
        "edited": None if by_bot and message.markup else message.edit_date,
        "from": _sender(world, chat, message),
        "mine": message.sender == person_id and not message.as_chat,
        "kind": _kind(message),
        "text": text,
        "entities": entities,
        "html": to_html(text, entities),
        "link_preview": message.link_preview,
        "reply_to": _reply(world, chat, message),
        "forwarded_from": _forwarded(message),
        "buttons": _buttons(message),
        **_media(content),
        "poll": poll_view(poll, person_id) if poll is not None else None,
        "service": service_words(world, message) if message.service else None,
        "ephemeral": message.receiver is not None,
        "replaces": message.hides,
        "silent": message.silent,
        "reactions": _reactions(message, person_id),
    }


def _kind(message: Message) -> str:
    if message.service:
        return "service"
    if "poll_id" in message.content:
        return "poll"
    return next((kind for kind in _KINDS if kind in message.content), "text")


def _sender(world: World, chat: Chat, message: Message) -> Json:
    if message.as_chat:
        return {"id": chat.id, "name": chat.title, "username": chat.username, "is_bot": False}
    user = world.user(message.sender)
    return {"id": user.id, "name": user.name, "username": user.username, "is_bot": user.is_bot}


def _reply(world: World, chat: Chat, message: Message) -> Json | None:
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    if replied is None:
        return None
    words = message.quote["text"] if message.quote else None
    text = words or replied.content.get("text") or replied.content.get("caption") or _kind(replied)
    return {"id": replied.id, "name": _sender(world, chat, replied)["name"], "text": str(text)[:QUOTED]}


def _forwarded(message: Message) -> str | None:
    if message.forward is None:
        return None
    user = message.forward["sender_user"]
    return f"{user['first_name']} {user.get('last_name', '')}".strip()


def _buttons(message: Message) -> list[list[Json]]:
    rows = message.markup["inline_keyboard"] if message.markup else []
    return [[_button(button) for button in row] for row in rows]


def _button(button: Json) -> Json:
    result: Json = {"text": button["text"], "kind": "unsupported", "style": button.get("style")}
    if "callback_data" in button:
        result["kind"] = "callback"
    elif "url" in button:
        result |= {"kind": "url", "url": button["url"]}
    elif "copy_text" in button:
        result |= {"kind": "copy", "copy": button["copy_text"]["text"]}
    return result


def _media(content: Json) -> Json:
    photo = content.get("photo")
    document = content.get("document")
    sticker = content.get("sticker")
    return {
        "photo": photo and {**_file(photo[-1]), "width": photo[-1]["width"], "height": photo[-1]["height"]},
        "document": document
        and {
            **_file(document),
            "file_name": document["file_name"],
            "mime_type": document["mime_type"],
            "size": document["file_size"],
        },
        "location": content.get("location"),
        "sticker": sticker and {"emoji": sticker["emoji"]},
    }


def _file(described: Json) -> Json:
    return {"url": f"/api/file/{described['file_id']}"}


def _reactions(message: Message, person_id: int) -> list[Json]:
    counts: dict[str, list[int]] = {}
    for user_id, emoji in message.reactions.items():
        for one in emoji:
            counts.setdefault(one, []).append(int(user_id))
    return [{"emoji": one, "count": len(ids), "mine": person_id in ids} for one, ids in counts.items()]


def poll_view(poll: Poll, person_id: int) -> Json:
    """The poll as the person sees it: results and the right answer only after their vote or the end."""
    mine = poll.votes.get(person_id, [])
    open_to_see = poll.closed or (bool(mine) and not poll.hides_results)
    total = sum(1 for chosen in poll.votes.values() if chosen)
    options = []
    for index, option in enumerate(poll.options):
        voters = sum(index in chosen for chosen in poll.votes.values())
        percent = round(100 * voters / total) if total else 0
        options.append(
            {
                "text": option["text"],
                "voters": voters if open_to_see else None,
                "percent": percent if open_to_see else None,
                "chosen": index in mine,
                "correct": index in poll.correct if poll.quiz and (open_to_see or mine) else None,
            }
        )
    told = poll.explanation if poll.quiz and poll.explanation and (mine or poll.closed) else None
    description = poll.description or {"text": "", "entities": []}
    return {
        "id": poll.id,
        "question": poll.question["text"],
        "description": description["text"],
        "description_entities": description["entities"],
        "options": options,
        "total": total,
        "closed": poll.closed,
        "anonymous": poll.anonymous,
        "quiz": poll.quiz,
        "multiple": poll.multiple,
        "explanation": told["text"] if told else None,
        "explanation_entities": told["entities"] if told else [],
        "closes_at": poll.close_date,
        "open_period": poll.open_period,
        "can_vote": not poll.closed and (not mine or poll.revoting),
        "can_retract": not poll.closed and bool(mine) and poll.revoting,
    }


def service_words(world: World, message: Message) -> str:
    """What a service message says."""
    content = message.content
    who = world.user(message.sender).name
    if "new_chat_members" in content:
        return _joined(who, message.sender, content["new_chat_members"][0])
    if "left_chat_member" in content:
        user: Json = content["left_chat_member"]
        return f"{who} left" if user["id"] == message.sender else f"{who} removed {_name(user)}"
    if "new_chat_title" in content:
        return f"{who} changed the title to “{content['new_chat_title']}”"
    if "forum_topic_created" in content:
        return f"{who} opened the topic “{content['forum_topic_created']['name']}”"
    simple = {
        "supergroup_chat_created": f"{who} created the group",
        "group_chat_created": f"{who} created the group",
        "pinned_message": f"{who} pinned a message",
        "migrate_to_chat_id": "This group became a supergroup",
        "migrate_from_chat_id": "This supergroup was made of a group",
        "forum_topic_edited": f"{who} renamed the topic",
        "forum_topic_closed": f"{who} closed the topic",
        "forum_topic_reopened": f"{who} reopened the topic",
    }
    return next((words for name, words in simple.items() if name in content), "Something changed")


def _joined(who: str, actor: int, user: Json) -> str:
    return f"{who} joined" if user["id"] == actor else f"{who} added {_name(user)}"


def _name(user: Json) -> str:
    return User(user["id"], user["first_name"], user.get("last_name")).name

"""Methods that ask about chats and their members, and forum topics."""

from __future__ import annotations

from bot.playground.emulator.access import MEMBERS, READ, WRITE, chat_of
from bot.playground.emulator.errors import bad_request
from bot.playground.emulator.membership import set_member
from bot.playground.emulator.posting import post_service
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.render import full_chat_json, user_json
from bot.playground.emulator.rights import member_json, private_member_json, right
from bot.playground.emulator.state import CREATOR, LEFT, SUPERGROUP, Chat, Json, Topic
from bot.playground.emulator.world import World


@method("getChat")
def get_chat(request: Request) -> Json:
    """All about a chat."""
    return full_chat_json(request.world, chat_of(request, READ))


@method("getChatMemberCount")
def get_chat_member_count(request: Request) -> int:
    """How many are in the chat, bots included."""
    chat = chat_of(request, MEMBERS)
    return 2 if chat.is_private else sum(member.present for member in chat.members.values())


@method("getChatAdministrators")
def get_chat_administrators(request: Request) -> list[Json]:
    """Owner and administrators; other bots only with `return_bots`."""
    chat = chat_of(request, MEMBERS)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    bots = request.world.state.bots
    hidden = set() if request.args.flag("return_bots") else set(bots) - {request.bot.user.id}
    admins = [one for one in chat.members.values() if one.is_admin and one.user_id not in hidden]
    admins.sort(key=lambda one: one.status != CREATOR)
    return [member_json(one, user_json(request.world.user(one.user_id)), chat) for one in admins]


@method("getChatMember")
def get_chat_member(request: Request) -> Json:
    """One member, also one who left or never was there."""
    user_id = request.args.user_id()
    chat = chat_of(request, MEMBERS)
    state = request.world.state
    if user_id not in state.people and user_id not in state.bots:
        raise bad_request("PARTICIPANT_ID_INVALID" if not chat.is_private else "user not found")
    user = request.world.user(user_id)
    if chat.is_private:
        if user_id not in (chat.person_id, chat.bot_id):
            raise bad_request("user not found")
        return private_member_json(user, user_json(user), blocked=chat.blocked)
    return member_json(chat.member(user_id), user_json(user), chat)


@method("leaveChat")
def leave_chat(request: Request) -> bool:
    """The bot leaves a group."""
    chat = chat_of(request, READ)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    if not chat.member(request.bot.user.id).present:
        raise bad_request("bot is not a member of the chat")
    set_member(request.world, chat, request.bot.user.id, request.bot.user.id, LEFT)
    return True


def _forum(request: Request) -> Chat:
    chat = chat_of(request, WRITE)
    if chat.kind != SUPERGROUP or not chat.forum:
        raise bad_request("the chat is not a forum")
    if not right(chat, request.bot.user.id, "can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    return chat


def open_topic(world: World, chat: Chat, title: str, opener: int) -> Topic:
    """A new topic; its id is that of the service message which opens it."""
    content = {"forum_topic_created": {"name": title, "icon_color": 7322096}}
    message = post_service(world, chat, opener, content, thread=chat.next_message_id)
    topic = Topic(message.id, title)
    chat.topics[topic.id] = topic
    world.tell_chat(chat)
    return topic


@method("createForumTopic")
def create_forum_topic(request: Request) -> Json:
    """A new topic."""
    title = request.args.text("name")
    chat = _forum(request)
    if not 1 <= len(title) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY" if not title else "TOPIC_TITLE_TOO_LONG")
    topic = open_topic(request.world, chat, title, request.bot.user.id)
    return {"message_thread_id": topic.id, "name": title, "icon_color": 7322096}


def _topic(request: Request) -> tuple[Chat, Topic]:
    chat = _forum(request)
    topic = chat.topics.get(request.args.integer("message_thread_id"))
    if topic is None:
        raise bad_request("message thread not found")
    return chat, topic


@method("editForumTopic")
def edit_forum_topic(request: Request) -> bool:
    """Another title."""
    chat, topic = _topic(request)
    name = request.args.text("name")
    if name and name != topic.title:
        topic.title = name
        post_service(
            request.world, chat, request.bot.user.id, {"forum_topic_edited": {"name": name}}, thread=topic.id
        )
        request.world.tell_chat(chat)
    return True


@method("closeForumTopic")
def close_forum_topic(request: Request) -> bool:
    """Only administrators may write there from now on."""
    return _set_closed(request, closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(request: Request) -> bool:
    """Everyone may write there again."""
    return _set_closed(request, closed=False)


def _set_closed(request: Request, *, closed: bool) -> bool:
    chat, topic = _topic(request)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    name = "forum_topic_closed" if closed else "forum_topic_reopened"
    post_service(request.world, chat, request.bot.user.id, {name: {}}, thread=topic.id)
    return True


@method("deleteForumTopic")
def delete_forum_topic(request: Request) -> bool:
    """The topic goes with all its messages."""
    chat, topic = _topic(request)
    gone = [message.id for message in chat.messages.values() if message.thread == topic.id]
    for number in gone:
        del chat.messages[number]
    del chat.topics[topic.id]
    request.world.events.publish(
        "delete", {"chat": chat.key, "messages": gone}, request.world.people_in(chat)
    )
    request.world.tell_chat(chat)
    return True

"""What members may do: rights of administrators, permissions of everyone else."""

from __future__ import annotations

from bot.playground.emulator.state import CREATOR, MEMBER, RESTRICTED, Chat, Json, Member, User

RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_pin_messages", "can_manage_topics", "can_manage_tags",
)  # fmt: skip
"""Rights of an administrator of a group, in the Bot API's order."""

PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info",
    "can_invite_users", "can_pin_messages", "can_manage_topics",
)  # fmt: skip
"""What everyone may do unless the group or a restriction says otherwise."""

USUALLY_OFF = frozenset(("can_change_info", "can_pin_messages", "can_manage_topics", "can_edit_tag"))
NOT_GIVEN = frozenset(("can_promote_members", "can_manage_tags"))


def permission(chat: Chat, user_id: int, name: str) -> bool:
    """Whether the member may do this now."""
    member = chat.member(user_id)
    if member.is_admin:
        return True
    if not member.present:
        return False
    allowed = chat.permissions.get(name, name not in USUALLY_OFF)
    return allowed and (member.status != RESTRICTED or member.permissions.get(name, True))


def right(chat: Chat, user_id: int, name: str) -> bool:
    """Whether the administrator has this right; the owner has all."""
    member = chat.member(user_id)
    if member.status == CREATOR:
        return True
    return member.is_admin and member.rights.get(name, name not in NOT_GIVEN)


def member_json(member: Member, user: Json, chat: Chat) -> Json:
    """ChatMember of the Bot API."""
    result: Json = {"user": user, "status": member.status}
    if member.is_admin:
        result["is_anonymous"] = member.anonymous
        if member.title:
            result["custom_title"] = member.title
    if member.status == "administrator":
        result["can_be_edited"] = False
        result |= {name: right(chat, member.user_id, name) for name in RIGHTS}
    if member.status == RESTRICTED:
        result |= {name: permission(chat, member.user_id, name) for name in PERMISSIONS}
        result |= {"is_member": True, "until_date": 0}
    if member.status == "kicked":
        result["until_date"] = 0
    return result


def private_member_json(user: User, user_json: Json, *, blocked: bool) -> Json:
    """ChatMember in a private chat: everyone is a member; a bot that was blocked is kicked."""
    status = "kicked" if blocked and user.is_bot else MEMBER
    result: Json = {"user": user_json, "status": status}
    return result | ({"until_date": 0} if status == "kicked" else {})


def permissions_json(chat: Chat) -> Json:
    """ChatPermissions: the group's default."""
    return {name: chat.permissions.get(name, name not in USUALLY_OFF) for name in PERMISSIONS}

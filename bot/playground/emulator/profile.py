"""The bot itself: who it is, its name and descriptions, its wished rights."""

from __future__ import annotations

from bot.playground.emulator.commands import by_language, tell_everyone
from bot.playground.emulator.errors import ApiError, bad_request, not_modelled
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.render import user_json
from bot.playground.emulator.rights import RIGHTS
from bot.playground.emulator.state import Json

LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120


@method("getMe")
def get_me(request: Request) -> Json:
    """The bot as a user, with what it is allowed to do."""
    return user_json(request.bot.user) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not request.bot.privacy,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


@method("logOut")
def log_out(request: Request) -> bool:
    """Not modelled: it would close the door for ten minutes."""
    raise not_modelled("the method logOut")


@method("close")
def close(request: Request) -> bool:
    """Refused as Telegram refuses it in the first ten minutes after a start."""
    raise ApiError(429, "Too Many Requests: retry after 600", {"retry_after": 600})


def _set(request: Request, texts: dict[str, str], name: str, longest: int, refusal: str) -> bool:
    text = request.args.text(name).strip()
    if len(text) > longest:
        raise bad_request(refusal)
    texts[_language(request)] = text
    tell_everyone(request)
    return True


def _language(request: Request) -> str:
    language = request.args.text("language_code")
    if language and not (len(language) == 2 and language.isalpha() and language.islower()):
        raise bad_request("LANG_CODE_INVALID")
    return language


@method("setMyName")
def set_my_name(request: Request) -> bool:
    """The name above the chat."""
    result = _set(request, request.bot.names, "name", LONGEST_NAME, "BOT_TITLE_INVALID")
    if not _language(request) and request.bot.names[""]:
        request.bot.user.first_name = request.bot.names[""]
    return result


@method("getMyName")
def get_my_name(request: Request) -> Json:
    """The name in a language."""
    return {"name": by_language(request.bot.names, _language(request)) or request.bot.user.first_name}


@method("setMyDescription")
def set_my_description(request: Request) -> bool:
    """What an empty chat shows."""
    refusal = "BOT_DESCRIPTION_TOO_LONG"
    return _set(request, request.bot.descriptions, "description", LONGEST_DESCRIPTION, refusal)


@method("getMyDescription")
def get_my_description(request: Request) -> Json:
    """The description in a language."""
    return {"description": by_language(request.bot.descriptions, _language(request))}


@method("setMyShortDescription")
def set_my_short_description(request: Request) -> bool:
    """What the bot's profile and links show."""
    refusal = "BOT_ABOUT_TOO_LONG"
    texts = request.bot.short_descriptions
    return _set(request, texts, "short_description", LONGEST_SHORT_DESCRIPTION, refusal)


@method("getMyShortDescription")
def get_my_short_description(request: Request) -> Json:
    """The short description in a language."""
    return {"short_description": by_language(request.bot.short_descriptions, _language(request))}


@method("setMyDefaultAdministratorRights")
def set_my_default_administrator_rights(request: Request) -> bool:
    """The rights that the bot asks for when it is made an administrator."""
    rights = request.args.decoded("rights", "Can't parse chat administrator rights JSON object")
    if rights is not None and not isinstance(rights, dict):
        raise bad_request("Object expected as chat administrator rights")
    request.bot.administrator_rights[_audience(request)] = rights or {}
    return True


@method("getMyDefaultAdministratorRights")
def get_my_default_administrator_rights(request: Request) -> Json:
    """Those rights; nothing is asked for by default."""
    wished = request.bot.administrator_rights.get(_audience(request), {})
    return {name: bool(wished.get(name)) for name in ("is_anonymous", *RIGHTS)}


def _audience(request: Request) -> str:
    return "channels" if request.args.flag("for_channels") else "groups"

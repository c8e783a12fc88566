"""Reply markup: inline keyboards and reply keyboards, checked.

Sources: `Client::get_reply_markup` for the form, TDLib's `ReplyMarkup.cpp` for texts and links; the
server itself refuses data of more than 64 bytes and more than 100 buttons.
"""

from __future__ import annotations

from typing import Any

from bot.playground.emulator.errors import ApiError, bad_request
from bot.playground.emulator.links import checked_link, user_of_link
from bot.playground.emulator.parameters import Arguments, flag_field, object_field, text_field
from bot.playground.emulator.state import Json

LONGEST_DATA = 64
MOST_BUTTONS = 100
MOST_IN_ROW = 12
STYLES = ("primary", "danger", "success")
_SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat")
_REQUESTS = (
    "request_contact",
    "request_location",
    "request_poll",
    "request_users",
    "request_chat",
    "web_app",
)


def markup_of(arguments: Arguments, *, private: bool) -> Json | None:
    """The call's reply markup, checked and tidied; None when there is none.

    An inline keyboard has `inline_keyboard`, a reply keyboard `keyboard`, others
    `remove_keyboard` or `force_reply`.
    """
    value = arguments.decoded("reply_markup", "Can't parse reply keyboard markup JSON object")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply markup")
    keyboard = _rows(value, "keyboard", 'Field "keyboard" must be an Array of Arrays')
    inline = _rows(
        value,
        "inline_keyboard",
        'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    )
    if keyboard:
        return _reply_keyboard(value, keyboard, private=private)
    if inline:
        return _inline_keyboard(inline)
    if flag_field(value, "remove_keyboard"):
        return {"remove_keyboard": True}
    if flag_field(value, "force_reply"):
        return {"force_reply": True, "input_field_placeholder": text_field(value, "input_field_placeholder")}
    return None


def inline_only(arguments: Arguments, *, private: bool) -> Json | None:
    """The inline keyboard of an edit; another kind of markup is refused."""
    markup = markup_of(arguments, private=private)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("Inline keyboard expected")
    return markup


def _rows(value: Json, name: str, failure: str) -> list[list[Any]]:
    rows = value.get(name, [])
    if not isinstance(rows, list):
        raise bad_request(f'Field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(failure)
    return rows


def _inline_keyboard(rows: list[list[Any]]) -> Json | None:
    read = []
    for row in rows:
        buttons = []
        for button in row:
            try:
                buttons.append(_inline_button(button))
            except ApiError as error:
                raise bad_request(f"Can't parse inline keyboard button: {error.words}") from None
        read.append([_checked(button) for button in buttons if button["text"]][:MOST_IN_ROW])
    kept = [row for row in read if row]
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _inline_button(button: Any) -> Json:
    """Form only: fields and their types."""
    if not isinstance(button, dict):
        raise bad_request("InlineKeyboardButton must be an Object")
    result: Json = {"text": text_field(button, "text", required=True)}
    style = text_field(button, "style").lower()
    if style in STYLES:
        result["style"] = style
    elif style not in ("", "default"):
        raise bad_request("invalid button style specified")
    icon = text_field(button, "icon_custom_emoji_id")
    if icon:
        result["icon_custom_emoji_id"] = icon
    return result | _button_action(button)


def _button_action(button: Json) -> Json:
    """What the button does; the first of its fields counts, in the server's order."""
    for name in ("url", "callback_data"):
        if text_field(button, name):
            return {name: text_field(button, name)}
    for name in ("callback_game", "pay"):
        if name in button:
            return {name: button[name]}
    for name in _SWITCHES:
        if name in button:
            return {name: text_field(button, name)}
    if "login_url" in button:
        return {"url": text_field(object_field(button, "login_url"), "url", required=True)}
    if "web_app" in button:
        return {"web_app": {"url": text_field(object_field(button, "web_app"), "url", required=True)}}
    if "copy_text" in button:
        return {"copy_text": {"text": text_field(object_field(button, "copy_text"), "text", required=True)}}
    raise bad_request("Text buttons are unallowed in the inline keyboard")


def _checked(button: Json) -> Json:
    """Contents: links must be links, data must fit."""
    if "url" in button and not user_of_link(button["url"]):
        try:
            button["url"] = checked_link(button["url"])
        except ApiError as error:
            raise bad_request(f"Inline keyboard button {error.words}") from None
    if len(button.get("callback_data", "").encode()) > LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button


def _reply_keyboard(value: Json, rows: list[list[Any]], *, private: bool) -> Json | None:
    kept = []
    for row in rows:
        try:
            buttons = [_keyboard_button(button) for button in row]
        except ApiError as error:
            raise bad_request(f"Can't parse keyboard button: {error.words}") from None
        buttons = [button for button in buttons if button["text"]][:MOST_IN_ROW]
        for button in buttons:
            _check_request(button, private=private)
        if buttons:
            kept.append(buttons)
    if not kept:
        return None
    return {
        "keyboard": kept,
        "one_time_keyboard": flag_field(value, "one_time_keyboard"),
        "is_persistent": flag_field(value, "is_persistent"),
        "resize_keyboard": flag_field(value, "resize_keyboard"),
        "selective": flag_field(value, "selective"),
        "input_field_placeholder": text_field(value, "input_field_placeholder"),
    }


def _keyboard_button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad_request("KeyboardButton must be a String or an Object")
    result: Json = {"text": text_field(button, "text", required=True)}
    for name in _REQUESTS:
        if button.get(name):
            result[name] = button[name]
    return result


def _check_request(button: Json, *, private: bool) -> None:
    words = {
        "request_contact": "Phone number can be requested in private chats only",
        "request_location": "Location can be requested in private chats only",
        "request_poll": "Poll can be requested in private chats only",
        "request_users": "Users can be requested in private chats only",
        "request_chat": "Chats can be requested in private chats only",
        "web_app": "Web App buttons can be used in private chats only",
    }
    for name, refusal in words.items():
        if name in button and not private:
            raise bad_request(refusal)

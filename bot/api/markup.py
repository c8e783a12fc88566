"""A Screen in the words of the Bot API: as plain dictionaries, and as the library's objects for handlers."""

from __future__ import annotations

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.rendering.screen import Button, Keyboard, Screen


def payload(screen: Screen) -> dict[str, Any]:
    """Return a screen as the fields of `sendMessage` or `editMessageText`, the chat's aside."""
    fields: dict[str, Any] = {
        "text": screen.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if screen.keyboard:
        fields["reply_markup"] = markup(screen.keyboard)
    return fields


def markup(keyboard: Keyboard) -> dict[str, Any]:
    """Return a keyboard as the Bot API's InlineKeyboardMarkup; an empty one takes the buttons away."""
    return {"inline_keyboard": [[_plain(button) for button in row] for row in keyboard]}


def to_markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Return a keyboard as the library's object, for handlers; None for an empty one.

    The library would write an empty one as `{}`, which is no InlineKeyboardMarkup; an edit without
    a keyboard takes the buttons away too.
    """
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    button.text, callback_data=button.data, url=button.url, style=button.style
                )
                for button in row
            ]
            for row in keyboard
        ]
    )


def _plain(button: Button) -> dict[str, str]:
    fields = {"text": button.text, "callback_data": button.data, "url": button.url, "style": button.style}
    return {name: value for name, value in fields.items() if value is not None}

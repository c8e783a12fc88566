"""TDLib's own text parser, when the package `tdjson` is installed (a development dependency)."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import orjson

from bot.playground.emulator.errors import bad_request
from bot.playground.emulator.state import Json

AVAILABLE = find_spec("tdjson") is not None

_MODES: dict[str, Json] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
_KINDS = {
    "textEntityTypeMention": "mention",
    "textEntityTypeHashtag": "hashtag",
    "textEntityTypeCashtag": "cashtag",
    "textEntityTypeBotCommand": "bot_command",
    "textEntityTypeUrl": "url",
    "textEntityTypeEmailAddress": "email",
    "textEntityTypePhoneNumber": "phone_number",
    "textEntityTypeBankCardNumber": "bank_card_number",
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeStrikethrough": "strikethrough",
    "textEntityTypeSpoiler": "spoiler",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypePreCode": "pre",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeMentionName": "text_mention",
    "textEntityTypeCustomEmoji": "custom_emoji",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
    "textEntityTypeDateTime": "date_time",
}


def parse(text: str, mode: str) -> tuple[str, list[Json]]:
    """Text without its markup, and entities; TDLib's error otherwise. `mode` is lower case."""
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": _MODES[mode]})
    if answer["@type"] == "error":
        raise bad_request(str(answer["message"]))
    return str(answer["text"]), _bot_api(answer["entities"])


def find_entities(text: str) -> list[Json]:
    """What TDLib finds in a plain text: commands, links, mentions, hashtags …"""
    return _bot_api(_execute({"@type": "getTextEntities", "text": text})["entities"])


def _bot_api(entities: list[Json]) -> list[Json]:
    converted = []
    for entity in entities:
        detail = entity["type"]
        kind = _KINDS.get(detail["@type"])
        if kind is None:
            continue
        result: Json = {"type": kind, "offset": entity["offset"], "length": entity["length"]}
        if detail.get("language"):
            result["language"] = detail["language"]
        if kind == "text_link":
            result["url"] = detail["url"]
        if kind == "text_mention":
            result["user"] = {"id": detail["user_id"]}
        if kind == "custom_emoji":
            result["custom_emoji_id"] = str(detail["custom_emoji_id"])
        if kind == "date_time":
            result["unix_time"] = detail["unix_time"]
            result["date_time_format"] = _date_format(detail.get("formatting_type"))
        converted.append(result)
    return converted


def _date_format(formatting: Json | None) -> str:
    """The format letters of a date, from TDLib's description of it."""
    if not formatting:
        return ""
    if formatting["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    letters = "w" if formatting.get("show_day_of_week") else ""
    for part, small in (("date_precision", "d"), ("time_precision", "t")):
        precision = formatting[part]["@type"]
        if precision.endswith("Short"):
            letters += small
        elif precision.endswith("Long"):
            letters += small.upper()
    return letters


def _execute(request: Json) -> Any:
    return orjson.loads(_tdjson().td_execute(orjson.dumps(request)) or b"{}")


@cache
def _tdjson() -> Any:
    """The package, loaded when it is needed; TDLib's log is kept off the terminal."""
    package = import_module("tdjson")
    package.td_execute(orjson.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}))
    return package

"""Text with entities: parsing, cleaning, measuring, as TDLib does it.

`tdjson` (TDLib itself) parses when it is installed; else our own HTML parser does, and Markdown is
refused. Offsets and lengths of entities count UTF-16 units, a text's length counts code points:
that is what TDLib measures (`utf8_length` against `message_text_length_max`).
Sources: `Client::get_formatted_text`, `MessageEntity.cpp` (`fix_formatted_text`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.playground.emulator import entity_search, html_text, td
from bot.playground.emulator.errors import ApiError, bad_request, not_modelled
from bot.playground.emulator.parameters import Arguments, integer_field, object_field, text_field
from bot.playground.emulator.state import Json

LONGEST_INPUT = 1 << 15
"""Bytes of markup that the server reads at all."""

_FOUND = "mention hashtag cashtag bot_command url email phone_number bank_card_number"
_SIMPLE = "bold italic underline strikethrough spoiler code blockquote expandable_blockquote"
_WHOLE = "pre code text_link text_mention custom_emoji date_time"
FOUND_BY_TELEGRAM = frozenset(_FOUND.split())
SIMPLE = frozenset(_SIMPLE.split())
_NEVER_SPLIT = frozenset(_WHOLE.split()) | FOUND_BY_TELEGRAM
_DROPPED = {0x0D, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A}


@dataclass
class Formatted:
    """A text and its entities in the Bot API's form."""

    text: str
    entities: list[Json] = field(default_factory=list)

    def plain(self) -> Json:
        """As JSON, for the state."""
        return {"text": self.text, "entities": self.entities}


def units(text: str) -> int:
    """UTF-16 units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def part(text: str, entity: Json) -> str:
    """The part of the text that an entity covers."""
    data = text.encode("utf-16-le", "surrogatepass")
    begin = entity["offset"] * 2
    return data[begin : begin + entity["length"] * 2].decode("utf-16-le", "replace")


def given(arguments: Arguments, text_name: str, mode_name: str, entities_name: str) -> Formatted:
    """The text of a call, parsed by its parse mode or with the entities that came with it."""
    decoded: Any = None
    try:
        decoded = arguments.decoded(entities_name, "")
    except ApiError:
        decoded = None  # like the server, which ignores entities that are no JSON
    return formatted(arguments.text(text_name), arguments.text(mode_name), decoded)


def formatted(text: str, parse_mode: str, entities: Any) -> Formatted:
    """A text with its entities, not yet cleaned."""
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_INPUT:
        raise bad_request("Text is too long")
    mode = parse_mode.lower()
    if text and mode not in ("", "none"):
        if mode not in ("html", "markdown", "markdownv2"):
            raise bad_request("Unsupported parse_mode")
        return _parsed(text, mode)
    if not isinstance(entities, list):
        return Formatted(text)
    read = [_entity(entity) for entity in entities]
    return Formatted(text, [entity for entity in read if entity is not None])


def cleaned(value: Formatted, *, allow_empty: bool = False, find: bool = True) -> Formatted:
    """The text as Telegram keeps it: odd characters out, trimmed, links and commands found.

    An empty result is refused unless `allow_empty`.
    """
    text, entities = _without_odd_characters(value)
    entities = [entity for entity in entities if part(text, entity).strip()]
    kept = text.rstrip()
    end = units(kept)
    begin = 0
    first = min((entity["offset"] for entity in entities), default=end)
    while begin < min(first, len(kept)) and kept[begin] in " \n":
        begin += 1
    kept = kept[begin:]
    if not kept.strip():
        if allow_empty:
            return Formatted("")
        raise bad_request("Text must be non-empty")
    shifted = []
    for entity in entities:
        length = min(entity["length"], end - entity["offset"])
        if length > 0:
            shifted.append({**entity, "offset": entity["offset"] - begin, "length": length})
    result = Formatted(kept, shifted)
    return with_found(result) if find else result


def with_found(value: Formatted) -> Formatted:
    """The text with the entities that Telegram finds by itself."""
    fixed = [entity for entity in value.entities if entity["type"] in _NEVER_SPLIT]
    for entity in find(value.text):
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if all(end <= other["offset"] or begin >= other["offset"] + other["length"] for other in fixed):
            value.entities.append(entity)
    value.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return value


def find(text: str) -> list[Json]:
    """Commands, links, mentions and the like in a plain text."""
    return td.find_entities(text) if td.AVAILABLE else entity_search.find_entities(text)


def _parsed(text: str, mode: str) -> Formatted:
    if td.AVAILABLE:
        parsed, entities = td.parse(text, mode)
        return Formatted(parsed, entities)
    if mode != "html":
        raise not_modelled(f"parse_mode {mode} without the package tdjson")
    parsed, entities = html_text.parse(text)
    return Formatted(parsed, entities)


def _entity(value: Any) -> Json | None:
    """One entity of a caller, checked; None for those that Telegram finds by itself."""
    try:
        if not isinstance(value, dict):
            raise bad_request("expected an Object")
        entity: Json = {
            "offset": integer_field(value, "offset", required=True),
            "length": integer_field(value, "length", required=True),
        }
        kind = text_field(value, "type", required=True)
        if kind in FOUND_BY_TELEGRAM:
            return None
        return {"type": kind, **entity, **_details(kind, value)}
    except ApiError as error:
        raise bad_request(f"Can't parse MessageEntity: {error.words}") from None


def _details(kind: str, value: Json) -> Json:
    if kind in SIMPLE:
        return {}
    if kind == "pre":
        language = text_field(value, "language")
        return {"language": language} if language else {}
    if kind == "text_link":
        return {"url": text_field(value, "url", required=True)}
    if kind == "text_mention":
        return {"user": {"id": integer_field(object_field(value, "user"), "id", required=True)}}
    if kind == "custom_emoji":
        return {"custom_emoji_id": str(integer_field(value, "custom_emoji_id", required=True))}
    if kind == "date_time":
        moment = integer_field(value, "unix_time", required=True)
        return {"unix_time": moment, "date_time_format": text_field(value, "date_time_format")}
    raise bad_request("Type is not specified" if not kind else "Unsupported type specified")


def _without_odd_characters(value: Formatted) -> tuple[str, list[Json]]:
    """The text without control characters, and the entities moved accordingly."""
    moved = [0]
    kept: list[str] = []
    position = 0
    for character in value.text:
        code = ord(character)
        width = 2 if code > 0xFFFF else 1
        if code not in _DROPPED:
            kept.append(" " if code < 0x20 and character != "\n" else character)
            position += width
        moved.extend([position] * width)
    entities = []
    for entity in value.entities:
        begin = moved[max(0, min(entity["offset"], len(moved) - 1))]
        end = moved[max(0, min(entity["offset"] + entity["length"], len(moved) - 1))]
        if end > begin:
            entities.append({**entity, "offset": begin, "length": end - begin})
    return "".join(kept), entities

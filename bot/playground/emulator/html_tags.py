"""The tags of Telegram's HTML: what they mean and which attributes count."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.emulator.errors import ApiError
from bot.playground.emulator.links import checked_link, user_of_link
from bot.playground.emulator.state import Json

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip


@dataclass
class OpenTag:
    """A tag that waits for its end."""

    tag: str
    argument: str
    date: str
    offset: int
    begin: int


def keep_attribute(opened: OpenTag, name: str, value: str) -> None:
    """Remember the attribute if it means something for the tag."""
    key = (opened.tag, name)
    if key in (("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "format")):
        opened.argument = value
    elif key == ("code", "class") and value.startswith("language-"):
        opened.argument = value.removeprefix("language-")
    elif key == ("span", "class") and value.startswith("tg-"):
        opened.argument = value.removeprefix("tg-")
    elif key == ("blockquote", "expandable"):
        opened.argument = "1"
    elif key == ("tg-time", "unix"):
        opened.date = value


def merged(last: Json, opened: OpenTag) -> bool:
    """Make one code block with a language out of `<pre><code class=…>` in either order."""
    if opened.tag == "pre" and last["type"] == "code" and last.get("language"):
        last["type"] = "pre"
        return True
    if opened.tag == "code" and last["type"] == "pre" and opened.argument:
        last["language"] = opened.argument
        return True
    return False


def linked(entity: Json, url: str) -> bool:
    """Put the link into the entity; False for one that leads nowhere."""
    user_id = user_of_link(url)
    if user_id:
        entity.update(type="text_mention", user={"id": user_id})
        return True
    try:
        entity["url"] = checked_link(url)
    except ApiError:
        return False
    return True

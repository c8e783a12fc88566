"""Entities written as Telegram's HTML."""

from __future__ import annotations

from html import escape

from bot.playground.emulator.state import Json

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


def to_html(text: str, entities: list[Json]) -> str:
    """Text with tags; what Telegram finds by itself (links, commands) stays plain text."""
    data = text.encode("utf-16-le", "surrogatepass")
    marked = [entity for entity in entities if _tags(entity)[0]]
    cuts = {0, len(data) // 2}
    for entity in marked:
        cuts |= {entity["offset"], entity["offset"] + entity["length"]}
    points = sorted(cut for cut in cuts if 0 <= cut <= len(data) // 2)
    pieces: list[str] = []
    open_now: list[Json] = []
    for point, following in zip(points, [*points[1:], points[-1]], strict=True):
        open_now = _close(pieces, open_now, point)
        for entity in marked:
            if entity["offset"] == point and entity["length"] > 0:
                pieces.append(_tags(entity)[0])
                open_now.append(entity)
        pieces.append(escape(data[point * 2 : following * 2].decode("utf-16-le", "replace"), quote=False))
    return "".join(pieces)


def _close(pieces: list[str], open_now: list[Json], point: int) -> list[Json]:
    """Close what ends here; what overlaps an end is closed and opened again."""
    ending = [entity["offset"] + entity["length"] <= point for entity in open_now]
    if not any(ending):
        return open_now
    first = ending.index(True)
    pieces.extend(_tags(entity)[1] for entity in reversed(open_now[first:]))
    going_on = [entity for entity, ends in zip(open_now[first:], ending[first:], strict=True) if not ends]
    pieces.extend(_tags(entity)[0] for entity in going_on)
    return open_now[:first] + going_on


def _tags(entity: Json) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _TAGS:
        return _TAGS[kind]
    if kind == "pre":
        language = entity.get("language")
        if language:
            return f'<pre><code class="language-{escape(language)}">', "</code></pre>"
        return "<pre>", "</pre>"
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
    if kind == "date_time":
        shape = f' format="{escape(entity["date_time_format"])}"' if entity.get("date_time_format") else ""
        return f'<tg-time unix="{entity["unix_time"]}"{shape}>', "</tg-time>"
    return "", ""

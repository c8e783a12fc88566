"""Telegram's HTML, parsed without TDLib: as strict, and with the same words.

The rules are those of TDLib's `parse_html` (`MessageEntity.cpp`): a few tags, byte offsets in the
errors, `&lt; &gt; &amp; &quot;` and numbers as entities, everything else is text.
"""

from __future__ import annotations

import re

from bot.playground.emulator.errors import bad_request
from bot.playground.emulator.html_tags import KINDS, OpenTag, keep_attribute, linked, merged
from bot.playground.emulator.state import Json

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_SPACE = " \t\r\n\0\v"
_NAME_END = re.compile(r"[\s=>/\"']")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


def parse(text: str) -> tuple[str, list[Json]]:
    """Text without markup, and its entities; `Bad Request: can't parse entities: …` otherwise."""
    try:
        return _Parser(text).parse()
    except _Broken as error:
        raise bad_request(f"Can't parse entities: {error}") from None


class _Broken(Exception):
    """What is wrong with the markup."""


class _Parser:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.offset = 0
        self.open: list[OpenTag] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == "&":
                character = self._reference()
            elif character == "<":
                self._tag()
                continue
            else:
                self.at += 1
            self.out.append(character)
            self.offset += sum(2 if ord(one) > 0xFFFF else 1 for one in character)
        if self.open:
            raise _Broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.out)
        if any(0xD800 <= ord(one) <= 0xDFFF for one in text):
            raise _Broken(
                "Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            )
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return text, self.entities

    def _byte(self, position: int) -> int:
        return len(self.text[:position].encode("utf-8", "surrogatepass"))

    def _reference(self) -> str:
        """The character that `&…;` stands for, or the ampersand itself."""
        match = _REFERENCE.match(self.text, self.at)
        code = 0
        if match is not None:
            hexadecimal, decimal, name = match.groups()
            if name is not None:
                code = ord(_NAMED.get(name, "\0"))
            else:
                code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        if match is None or code == 0 or code >= 0x10FFFF:
            self.at += 1
            return "&"
        self.at = match.end()
        return chr(code)

    def _tag(self) -> None:
        begin = self.at
        if self.text[begin + 1 : begin + 2] == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        where = self._byte(begin)
        name = re.compile(r"[^\s>]*").match(self.text, begin + 1)
        self.at = name.end() if name else begin + 1
        if self.at >= len(self.text):
            raise _Broken(f"Unclosed start tag at byte offset {where}")
        tag = self.text[begin + 1 : self.at].lower()
        if tag not in KINDS:
            raise _Broken(f'Unsupported start tag "{tag}" at byte offset {where}')
        opened = OpenTag(tag, "", "", self.offset, len(self.out))
        while self._peek() != ">":
            self._skip_space()
            if self._peek() == ">":
                break
            self._attribute(opened, where)
        self.at += 1
        if tag == "span" and opened.argument != "spoiler":
            raise _Broken(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(opened)

    def _attribute(self, opened: OpenTag, where: int) -> None:
        end = _NAME_END.search(self.text, self.at)
        name = self.text[self.at : end.start() if end else len(self.text)]
        if not name:
            raise _Broken(f'Empty attribute name in the tag "{opened.tag}" at byte offset {where}')
        self.at += len(name)
        self._skip_space()
        value = "1"
        if self._peek() == "=":
            self.at += 1
            self._skip_space()
            value = self._value(where)
        elif opened.tag != "blockquote":
            value = ""
        if self.at >= len(self.text):
            raise _Broken(f'Unclosed start tag "{opened.tag}" at byte offset {where}')
        keep_attribute(opened, name, value)

    def _value(self, where: int) -> str:
        quote = self._peek()
        if quote not in ("'", '"') or not quote:
            token = _TOKEN.match(self.text, self.at)
            value = token[0] if token else ""
            begin = self.at
            self.at += len(value)
            if self._peek() and self._peek() not in _SPACE + ">":
                raise _Broken(f"Unexpected end of name token at byte offset {self._byte(begin)}")
            return value.lower()
        self.at += 1
        characters: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != quote:
            if self.text[self.at] == "&":
                characters.append(self._reference())
            else:
                characters.append(self.text[self.at])
                self.at += 1
        self.at += 1
        if self.at >= len(self.text):
            raise _Broken(f"Unclosed start tag at byte offset {where}")
        return "".join(characters)

    def _end_tag(self, begin: int) -> None:
        where = self._byte(begin)
        if not self.open:
            raise _Broken(f"Unexpected end tag at byte offset {where}")
        name = re.compile(r"[^\s>]*").match(self.text, begin + 2)
        self.at = name.end() if name else begin + 2
        found = self.text[begin + 2 : self.at].lower()
        self._skip_space()
        if self._peek() != ">":
            raise _Broken(f"Unclosed end tag at byte offset {where}")
        self.at += 1
        opened = self.open.pop()
        if found and found != opened.tag:
            raise _Broken(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{found}>"'
            )
        if self.offset > opened.offset:
            self._add(opened)

    def _add(self, opened: OpenTag) -> None:
        """The entity of a finished tag."""
        entity: Json = {
            "type": KINDS[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        last = self.entities[-1] if self.entities else None
        same = last is not None and all(last[key] == entity[key] for key in ("offset", "length"))
        if opened.tag in ("pre", "code") and last is not None and same and merged(last, opened):
            return
        if opened.tag == "code" and opened.argument:
            entity["language"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal() or int(opened.argument) == 0:
                raise _Broken("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "tg-time":
            if not opened.date.isdecimal() or int(opened.date) == 0:
                return
            entity |= {"unix_time": int(opened.date), "date_time_format": opened.argument}
        elif opened.tag == "a" and not linked(entity, opened.argument or "".join(self.out[opened.begin :])):
            return
        self.entities.append(entity)

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self.at += 1

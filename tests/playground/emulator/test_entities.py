"""Text and entities: TDLib's parser, our own beside it, and what Telegram does to a text."""

from __future__ import annotations

import pytest

from bot.playground.emulator import entity_search, td
from bot.playground.emulator.entities import Formatted, cleaned, formatted, part, units
from bot.playground.emulator.errors import ApiError
from bot.playground.emulator.html_output import to_html

needs_tdlib = pytest.mark.skipif(not td.AVAILABLE, reason="tdjson has no wheel for this Python")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<foo>x</foo>", 'Unsupported start tag "foo" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
@pytest.mark.parametrize("tdlib", [pytest.param(True, marks=needs_tdlib), False])
def test_broken_markup_gets_tdlibs_words(monkeypatch, tdlib, text, words):
    monkeypatch.setattr(td, "AVAILABLE", tdlib)
    with pytest.raises(ApiError) as caught:
        formatted(text, "HTML", None)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


def test_markdown_needs_tdlib(monkeypatch):
    monkeypatch.setattr(td, "AVAILABLE", False)
    with pytest.raises(ApiError) as caught:
        formatted("*a*", "MarkdownV2", None)
    assert caught.value.code == 501


def test_an_unknown_parse_mode():
    with pytest.raises(ApiError, match="Bad Request: unsupported parse_mode"):
        formatted("a", "BBCode", None)


@pytest.mark.parametrize("tdlib", [pytest.param(True, marks=needs_tdlib), False])
def test_commands_links_and_mentions_are_found(monkeypatch, tdlib):
    monkeypatch.setattr(td, "AVAILABLE", tdlib)
    text = "/quiz@gotit_bot 😀 https://docs.djangoproject.com/en. @ada_l #tag mail@ex.org a/b /x /subscribe"
    found = cleaned(Formatted(text))
    assert [(entity["type"], part(text, entity)) for entity in found.entities] == [
        ("bot_command", "/quiz@gotit_bot"),
        ("url", "https://docs.djangoproject.com/en"),
        ("mention", "@ada_l"),
        ("hashtag", "#tag"),
        ("email", "mail@ex.org"),
        ("bot_command", "/x"),
        ("bot_command", "/subscribe"),
    ]


def test_nothing_is_found_inside_code_and_links():
    value = formatted('<code>/quiz</code> <a href="https://x.org">@ada_l</a> <b>/help</b>', "HTML", None)
    kinds = [entity["type"] for entity in cleaned(value).entities]
    assert kinds == ["code", "text_link", "bold", "bot_command"]


def test_a_text_is_trimmed_and_its_entities_move():
    value = cleaned(formatted("\n  x <b>y</b>\r z \t\n", "HTML", None))
    assert value.text == "x y z"
    assert value.entities == [{"type": "bold", "offset": 2, "length": 1}]


def test_white_space_before_the_first_entity_stays_with_it():
    value = cleaned(formatted("<b> x </b> ", "HTML", None))
    assert (value.text, value.entities) == (" x", [{"type": "bold", "offset": 0, "length": 2}])


def test_an_empty_text_is_refused():
    with pytest.raises(ApiError, match="Bad Request: text must be non-empty"):
        cleaned(formatted("<b> </b>\n", "HTML", None))


def test_callers_entities_are_checked():
    with pytest.raises(ApiError, match="can't parse MessageEntity: Can't find field \"length\""):
        formatted("abc", "", [{"type": "bold", "offset": 0}])
    with pytest.raises(ApiError, match="can't parse MessageEntity: Unsupported type specified"):
        formatted("abc", "", [{"type": "blink", "offset": 0, "length": 1}])
    kept = formatted(
        "abc", "", [{"type": "url", "offset": 0, "length": 1}, {"type": "bold", "offset": 0, "length": 1}]
    )
    assert kept.entities == [{"type": "bold", "offset": 0, "length": 1}]


def test_lengths_count_utf16_units():
    assert units("a😀é") == 4
    assert entity_search.find_entities("😀 /x") == [{"type": "bot_command", "offset": 3, "length": 2}]


def test_overlapping_entities_become_proper_html():
    entities = [{"type": "bold", "offset": 0, "length": 4}, {"type": "italic", "offset": 2, "length": 4}]
    assert to_html("ab<def", entities) == "<b>ab<i>&lt;d</i></b><i>ef</i>"


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "pre", "language": "sql"},
        {"type": "text_link", "url": "https://x.org/"},
        {"type": "custom_emoji", "custom_emoji_id": "5"},
        {"type": "date_time", "unix_time": 5, "date_time_format": "t"},
        {"type": "spoiler"},
    ],
)
def test_callers_entities_keep_their_details(entity):
    whole = {**entity, "offset": 0, "length": 1}
    assert formatted("x", "", [whole]).entities == [whole]


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        (5, "expected an Object"),
        ({"type": "", "offset": 0, "length": 1}, "Type is not specified"),
        ({"type": "bold", "offset": "x", "length": 1}, 'Field "offset" must be a valid Number'),
        ({"type": "bold", "offset": True, "length": 1}, 'Field "offset" must be a Number'),
        ({"type": "text_link", "offset": 0, "length": 1, "url": []}, 'Field "url" must be of type String'),
        (
            {"type": "text_mention", "offset": 0, "length": 1, "user": 5},
            'Field "user" must be of type Object',
        ),
        ({"type": "text_mention", "offset": 0, "length": 1}, 'Can\'t find field "user"'),
    ],
)
def test_wrong_entities(entity, words):
    with pytest.raises(ApiError) as caught:
        formatted("x", "", [entity])
    assert caught.value.description == f"Bad Request: can't parse MessageEntity: {words}"


def test_control_characters_and_directions_are_cleaned():
    value = cleaned(Formatted("a\x01b\u202ec\rd", [{"type": "bold", "offset": 2, "length": 3}]))
    assert value.text == "a bcd"
    assert value.entities == [{"type": "bold", "offset": 2, "length": 2}]

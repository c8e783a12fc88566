"""Text and entities: TDLib's parser, our own beside it, and what Telegram does to a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.emulator import entity_search, html_text, td
from bot.playground.emulator.entities import Formatted, cleaned, formatted, part, units
from bot.playground.emulator.errors import ApiError
from bot.playground.emulator.html_output import to_html

needs_tdlib = pytest.mark.skipif(not td.AVAILABLE, reason="tdjson has no wheel for this Python")

PIECES = [
    "<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<s>", "</s>", "<code>", "</code>", "<pre>",
    "</pre>", '<code class="language-python">', "<blockquote>", "<blockquote expandable>",
    "</blockquote>", "</>", "<b", "<tg-spoiler>", "</tg-spoiler>", '<span class="tg-spoiler">',
    "</span>", "<span>", '<a href="https://x.org/a">', "<a href='tg://user?id=5'>",
    "<a href=x.org>", "<a>", "</a>", "<x>", "<b class=1>", "<b =2>", "&lt;", "&amp;", "&gt",
    "&quot;", "&#65;", "&#x1F600;", "&nbsp;", "&", "<", ">", "é", "😀", "a", " ", "\n", "x.org",
    '"', "'", '<tg-emoji emoji-id="5">', "</tg-emoji>", '<tg-time unix="5" format="t">',
    "</tg-time>", "</B>", "<STRONG>", "</strong>",
]  # fmt: skip


def answer(parse, text):
    try:
        return parse(text)
    except ApiError as error:
        return error.description


@needs_tdlib
@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_our_parser_answers_what_tdlib_answers(text):
    assert answer(html_text.parse, text) == answer(lambda one: td.parse(one, "html"), text)


@needs_tdlib
@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_was_parsed_can_be_written_and_parsed_again(text):
    try:
        first, entities = td.parse(text, "html")
    except ApiError:
        return
    written = to_html(first, entities)
    again, entities_again = td.parse(written, "html")
    assert again == first
    assert covered(again, entities_again) == covered(first, entities)


def covered(text, entities):
    """Which units each kind of entity covers: overlapping entities may be cut in pieces."""
    found = {}
    for entity in entities:
        if part(text, entity).strip():
            span = range(entity["offset"], entity["offset"] + entity["length"])
            found.setdefault(entity["type"], set()).update(span)
    return found


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


@needs_tdlib
@pytest.mark.parametrize(
    "text",
    [
        '<pre><code class="language-python">x = 1</code></pre>',
        '<code class="language-python"><pre>x</pre></code>',
        '<code class="language-python">x</code>',
        '<a href="https://x.org/a?b=1&amp;c=2">x</a>',
        "<a href=\"tg://user?id=5\">x</a><a href='localhost'>y</a><a>x.org</a>",
        '<a href="tg://resolve?domain=x">y</a>',
        '<a href="ftp://x.org">y</a><a href="http://x.org:99999/">z</a><a href="http://">w</a>',
        "<blockquote expandable>x</blockquote><blockquote>y</blockquote>",
        '<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>',
        '<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>',
        '<tg-emoji emoji-id="0">x</tg-emoji>',
        '<tg-time unix="1767225600" format="wDT">x</tg-time><tg-time unix="0">y</tg-time>',
        '<tg-time unix="1767225600" format="r">x</tg-time><tg-time unix="5">y</tg-time>',
        "<b a=1%>x</b>",
        '<a href="x',
        '<a href="x"',
        "<b ",
        "<b/>x",
        "</b ",
        "x</",
        "<b>x</ b>",
        "<b>x</b y>",
        "&#0;&#x110000;&#xD800;",
    ],
)
def test_our_parser_and_tdlib_on_every_tag(text):
    assert answer(html_text.parse, text) == answer(lambda one: td.parse(one, "html"), text)


@needs_tdlib
@pytest.mark.parametrize(
    ("entity", "written"),
    [
        ({"type": "pre"}, "<pre>x</pre>"),
        ({"type": "pre", "language": "sql"}, '<pre><code class="language-sql">x</code></pre>'),
        (
            {"type": "text_link", "url": "https://x.org/?a=1&b=2"},
            '<a href="https://x.org/?a=1&amp;b=2">x</a>',
        ),
        ({"type": "text_mention", "user": {"id": 5}}, '<a href="tg://user?id=5">x</a>'),
        ({"type": "custom_emoji", "custom_emoji_id": "5"}, '<tg-emoji emoji-id="5">x</tg-emoji>'),
        (
            {"type": "date_time", "unix_time": 5, "date_time_format": "wdT"},
            '<tg-time unix="5" format="wdT">x</tg-time>',
        ),
        ({"type": "date_time", "unix_time": 5, "date_time_format": ""}, '<tg-time unix="5">x</tg-time>'),
        ({"type": "blockquote"}, "<blockquote>x</blockquote>"),
        ({"type": "url"}, "x"),
    ],
)
def test_entities_and_html_say_the_same(entity, written):
    whole = {**entity, "offset": 0, "length": 1}
    assert to_html("x", [whole]) == written
    if entity["type"] != "url":
        assert td.parse(written, "html") == ("x", [whole])


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

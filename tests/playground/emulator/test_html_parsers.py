"""Our HTML parser beside TDLib's: the same answers to anything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.emulator import html_text, td
from bot.playground.emulator.entities import part
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
@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_our_parser_answers_what_tdlib_answers(text):
    assert answer(html_text.parse, text) == answer(lambda one: td.parse(one, "html"), text)


@needs_tdlib
@settings(max_examples=200)
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

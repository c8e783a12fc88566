"""The Markdown subset becomes exactly the text and entities that Telegram's own parser makes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bank import escape, length, markdown, plain

tdjson = pytest.importorskip("tdjson", reason="Telegram's parser has no package for this Python yet")

unhurried = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

Entities = list[tuple[int, int, str, str]]


def telegram(html: str) -> tuple[str, Entities]:
    """Let TDLib parse Telegram HTML: the text, and (offset, length, type, url or language), sorted."""
    question = {"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}}
    answer = json.loads(tdjson.td_execute(json.dumps(question).encode()))
    assert answer["@type"] == "formattedText", (html, answer)
    return answer["text"], sorted(_entity(entity) for entity in answer["entities"])


def _entity(entity: dict) -> tuple[int, int, str, str]:
    kind = entity["type"]
    return (
        entity["offset"],
        entity["length"],
        kind["@type"].removeprefix("textEntityType"),
        kind.get("url", kind.get("language", "")),
    )


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Sample:
    """Markdown, with the text and the entities that it should become."""

    markdown: str
    text: str
    entities: tuple[tuple[int, int, str, str], ...] = ()

    def within(self, left: str, right: str, *entity: str) -> Sample:
        """Wrap into marks that make one entity of the whole text."""
        whole = (0, units(self.text), *entity)
        return Sample(left + self.markdown + right, self.text, (whole, *self.entities))


def joined(samples: list[Sample], mark: str, shown: str | None = None) -> Sample:
    """Put samples behind each other, `mark` between them in Markdown and `shown` in the text."""
    whole = samples[0]
    for sample in samples[1:]:
        text = whole.text + (mark if shown is None else shown)
        moved = tuple((start + units(text), *rest) for start, *rest in sample.entities)
        whole = Sample(whole.markdown + mark + sample.markdown, text + sample.text, (*whole.entities, *moved))
    return whole


words = st.text(alphabet="abcdefgxyzäßéжñ漢字🐍👍🏽\"'’&<", min_size=1, max_size=8).map(
    lambda word: word.replace("<", "< ").replace("&", "& ").strip() or "x"
)
plain_words = words.map(lambda word: Sample(word, word))
code = st.text(alphabet="ab<>&\"'*_[]|!#$%^é🐍", min_size=1, max_size=8).map(
    lambda text: Sample(f"`{text}`", text, ((0, units(text), "Code", ""),))
)
link = plain_words.map(
    lambda word: word.within(
        "[", "](https://docs.python.org/3/?a=1&b=%22)", "TextUrl", "https://docs.python.org/3/?a=1&b=%22"
    )
)
italic = st.lists(plain_words, min_size=1, max_size=3).map(
    lambda some: joined(some, " ").within("*", "*", "Italic", "")
)
bold = st.lists(plain_words | italic, min_size=1, max_size=3).map(
    lambda some: joined([Sample("a", "a"), *some, Sample("z", "z")], " ").within("**", "**", "Bold", "")
)


def bold_around(middle: Sample) -> Sample:
    """Telegram keeps code bare, so the bold stops before it and goes on after it."""
    inner = joined([Sample("a", "a"), middle, Sample("z", "z")], " ")
    ends = ((0, 2, "Bold", ""), (2 + units(middle.text), 2, "Bold", ""))
    return Sample(f"**{inner.markdown}**", inner.text, (*ends, *inner.entities))


bold_with_code = code.map(bold_around)
spoiler = st.lists(plain_words | bold, min_size=1, max_size=3).map(
    lambda some: joined(some, " ").within("||", "||", "Spoiler", "")
)
styled = plain_words | code | link | italic | bold | bold_with_code | spoiler
sentence = st.lists(styled, min_size=1, max_size=6).map(lambda some: joined([Sample("So", "So"), *some], " "))

bullets = st.lists(sentence, min_size=1, max_size=4).map(
    lambda items: joined([joined([Sample("- ", "• "), item], "") for item in items], "\n")
)
fence = st.tuples(
    st.sampled_from(["python", "sql", "json"]),
    st.text(alphabet='ab <>&*_#\n"é🐍', min_size=1, max_size=40).map(lambda text: f"x{text}x"),
).map(
    lambda pair: Sample(f"```{pair[0]}\n{pair[1]}\n```", pair[1], ((0, units(pair[1]), "PreCode", pair[0]),))
)


def quoted(paragraphs: list[Sample]) -> Sample:
    whole = joined(paragraphs, "\n\n")
    kind = "ExpandableBlockQuote" if whole.text.count("\n") >= 3 else "BlockQuote"
    marked = "> " + whole.markdown.replace("\n", "\n> ")
    return Sample(marked, whole.text, ((0, units(whole.text), kind, ""), *whole.entities))


quote = st.lists(sentence, min_size=1, max_size=4).map(quoted)


def document(blocks: list[tuple[str, Sample]]) -> Sample:
    whole, before = blocks[0][1], blocks[0][0]
    for kind, sample in blocks[1:]:
        close = before == "box" or kind == "box"
        whole, before = joined([whole, sample], "\n\n", "\n" if close else "\n\n"), kind
    return whole


text_block = st.tuples(st.just("text"), sentence | bullets)
box_block = st.tuples(st.just("box"), fence | quote)


def are_apart(blocks: list[tuple[str, Sample]]) -> bool:
    """Two lists or two quotes in a row would be one."""
    starts = [sample.markdown[0] for _, sample in blocks]
    return not any(one == other and one in "->" for one, other in pairwise(starts))


documents = st.lists(text_block | box_block, min_size=1, max_size=5).filter(are_apart).map(document)


@unhurried
@given(sentence)
def test_a_line_is_what_telegram_makes_of_it(sample):
    rich = markdown.line(sample.markdown)
    assert rich.troubles == ()
    assert telegram(rich.html) == (sample.text, sorted(sample.entities))
    assert plain(rich.html) == rich.text == sample.text
    assert length(rich.html) == units(sample.text)


@unhurried
@given(documents)
def test_a_whole_answer_is_what_telegram_makes_of_it(sample):
    rich = markdown.block(sample.markdown)
    assert rich.troubles == ()
    assert telegram(rich.html) == (sample.text, sorted(sample.entities))
    assert plain(rich.html) == rich.text == sample.text
    assert length(rich.html) == units(sample.text)


@unhurried
@given(st.text(alphabet=st.sampled_from("ab *_`[]()<>!|#-&;:/\\\n1.>~=\t🐍é"), max_size=60) | st.text())
def test_any_markdown_gives_valid_html(text):
    """Even what is outside the subset: the text is just what Telegram shows."""
    for render in (markdown.block, markdown.line):
        rich = render(text)
        assert telegram(rich.html)[0] == plain(rich.html) == rich.text


@unhurried
@given(st.text())
def test_escaped_text_comes_back(text):
    assert telegram(escape(text)) == (text, [])
    assert plain(escape(text)) == text


@pytest.mark.parametrize(
    "html", ["&#39;&#x41;", "&lt&gt;", "&ltx;&nbsp;&apos;", "a &amp;lt; b", "<b>a</b>&quot;"]
)
def test_plain_reads_entities_as_telegram_does(html):
    assert plain(html) == telegram(html)[0]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**bold** and *italic*", "<b>bold</b> and <i>italic</i>"),
        ("**a `b` c**", "<b>a </b><code>b</code><b> c</b>"),
        ("***`b`***", "<code>b</code>"),
        ("__init__ and *args and **kwargs", "__init__ and *args and **kwargs"),
        ("||a *b*||", "<tg-spoiler>a <i>b</i></tg-spoiler>"),
        ("a || b", "a || b"),
        ("`a||b` c || d", "<code>a||b</code> c || d"),
        ("x < y & z", "x &lt; y &amp; z"),
        ("&lt;b&gt; \\*a\\*", "&lt;b&gt; *a*"),
        ("one\ntwo", "one two"),
    ],
)
def test_lines(source, html):
    assert markdown.line(source).html == html


@pytest.mark.parametrize(("lines", "tag"), [(3, "<blockquote>"), (4, "<blockquote expandable>")])
def test_quotes_of_more_than_three_lines_are_folded(lines, tag):
    source = "\n".join(f"> - point {number}" for number in range(lines))
    assert markdown.block(source).html.startswith(tag)


def test_code_and_quotes_stand_close():
    rich = markdown.block("a\n\n```python\nx\n```\n\nb\n\n- c\n- d\n\n> e")
    assert rich.text == "a\nx\nb\n\n• c\n• d\ne"

"""The Markdown subset of the entries, turned into Telegram's HTML.

`**bold**`, `*italic*`, code, fenced code with a language, links, `> quotes`, `||spoilers||` and flat
`- ` lists. markdown-it parses, `bot.bank.renderer` renders; whatever else Markdown knows (headings,
tables, images, HTML …) is parsed too, so that it can be named as a trouble instead of guessed at.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, emphasis

from bot.bank.markup import Rich, escape
from bot.bank.renderer import render_blocks, render_inline

_PLAIN = re.compile(r"[A-Za-z0-9 ,.;:'’“”()/?%=+—–-]*")


def block(markdown: str) -> Rich:
    """Render paragraphs, lists, quotes and code blocks."""
    return render_blocks(_parser().parse(markdown))


def line(markdown: str) -> Rich:
    """Render one line of text, in which a list's dash or a quote's > means nothing."""
    if _PLAIN.fullmatch(markdown):
        return Rich(escape(markdown), markdown)
    (token,) = _parser().parseInline(markdown)
    return render_inline(token)


@cache
def _parser() -> MarkdownIt:
    """CommonMark with spoilers and tables (to find them); `*` alone emphasises, for `__init__` is a name."""
    parser = MarkdownIt("commonmark").enable("table").disable(["reference", "autolink"])
    parser.inline.ruler.at("emphasis", _asterisks)
    parser.inline.ruler.before("emphasis", "spoiler", _spoiler)
    parser.inline.add_terminator_char("|")
    return parser


def _asterisks(state: StateInline, silent: bool) -> bool:
    return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)


def _spoiler(state: StateInline, silent: bool) -> bool:
    """Read `||text||` on one line; the inside may hold other styles."""
    if not state.src.startswith("||", state.pos):
        return False
    start, end = state.pos + 2, state.src.find("||", state.pos + 2, state.posMax)
    if end <= start or "\n" in state.src[start:end]:
        return False
    if not silent:
        limit = state.posMax
        state.push("spoiler_open", "", 1)
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.push("spoiler_close", "", -1)
        state.posMax = limit
    state.pos = end + 2
    return True

"""E04 to E10 and E27: lengths, markup, the quiz's shape, counts, sources, characters, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.bank import markdown
from bot.bank.draft import Draft, Quiz
from bot.bank.entry import ALLOWANCE
from bot.bank.markup import plain, utf16
from bot.bank.mistakes import Finding, RuleGroup
from bot.bank.model import Kind
from bot.bank.registers import Registers
from bot.bank.renderer import LANGUAGES

text = RuleGroup()

CARD_BUDGET = 3800
"""UTF-16 units of a whole card; Telegram takes 4,096, the rest is for what the bot adds."""
CHIPS = 100
"""Room for topic, level, labels and line feeds within the budget."""

_TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
_HREF = re.compile(r'<a href="([^"]*)">')
_CURLY = re.compile("[‘’“”]")
_CODE_SPAN = re.compile(r"`[^`\n]+`")
_DEBRIS = {
    "superscript digit": "[\u00b9\u00b2\u00b3\u2070-\u2079]",
    "soft hyphen": "\u00ad",
    "no-break space": "[\u00a0\u2007\u202f]",
    "zero-width character": "[\u200b-\u200f\u2060\ufeff]",
    "private-use character": "[\ue000-\uf8ff]",
    "replacement character": "\ufffd",
    "tab": "\t",
    "carriage return": "\r",
    "trailing blank": " $",
    "pilcrow": "¶",
}
_ANY_DEBRIS = re.compile("|".join(_DEBRIS.values()), re.MULTILINE)


@text.entry("E04", mend="shorten or fill; lengths count UTF-16 units of what a reader sees")
def lengths_fit(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Each part keeps to its length, and the whole card fits a message."""
    for line, name, size, least, most in _sizes(draft):
        if not least <= size <= most:
            yield Finding(line, f"{name}: {size} characters, {least} to {most} are allowed")
    card = CHIPS + sum(utf16(part) + 4 for part in _card(draft))
    if card > CARD_BUDGET:
        yield Finding(draft.prompt.number, f"the whole card: {card} characters, {CARD_BUDGET} are allowed")


def _sizes(draft: Draft) -> Iterator[tuple[int, str, int, int, int]]:
    """Yield line, name, size, least and most of every part that has a limit."""
    if draft.entry.prompts:
        yield draft.prompt.number, "question", utf16(draft.prompt.text), 20, 200
    if draft.entry.part("Hint"):
        yield draft.hint.number, "hint", utf16(draft.hint.text), 20, 140
    if draft.entry.part("Answer"):
        yield draft.answer.number, "answer", utf16(draft.answer.rich.text), 400, 1200
    for point in draft.key_points:
        yield point.number, "key point", utf16(point.rich.text), 1, 120
    for follow_up in draft.follow_ups:
        gist = follow_up.gist.rich.text if follow_up.gist else ""
        yield follow_up.number, "follow-up", utf16(follow_up.question.rich.text + gist), 1, 200
    if draft.quiz:
        yield from _quiz_sizes(draft.quiz)


def _quiz_sizes(quiz: Quiz) -> Iterator[tuple[int, str, int, int, int]]:
    yield quiz.stem.number, "stem", utf16(quiz.stem.text), 1, 300
    for option in quiz.options:
        yield option.number, "option", utf16(option.text), 1, 100
        for why in option.whys:
            yield why.number, "why", utf16(why.rich.text), 1, 200
    for explanation in quiz.explanations:
        yield explanation.number, "explanation", utf16(explanation.rich.text), 1, 200
    if quiz.snippet:
        yield quiz.snippet.number, "snippet", utf16(quiz.snippet.code), 1, 1000


def _card(draft: Draft) -> Iterator[str]:
    """Yield the texts of a card that is opened in full."""
    yield from (draft.prompt.text, draft.hint.text, draft.answer.rich.text)
    yield from (point.rich.text for point in draft.key_points)
    yield from (f"{source.title} {source.version}" for source in draft.sources)
    for follow_up in draft.follow_ups:
        yield follow_up.question.rich.text
        yield follow_up.gist.rich.text if follow_up.gist else ""


@text.entry("E05", mend="keep to bold, italic, code, fences, links, quotes, spoilers and flat lists")
def markdown_is_of_the_subset(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """The Markdown keeps to the subset, and Telegram shows just what was written."""
    if draft.entry.open_fence:
        yield Finding(
            draft.entry.open_fence, "this code block is never closed", "add ``` on a line of its own"
        )
    for piece in draft.pieces():
        for offset, what in piece.rich.troubles:
            yield Finding(piece.number + offset, what)
        if plain(piece.rich.html) != piece.rich.text or not is_balanced(piece.rich.html):
            yield Finding(piece.number, "this would look different in Telegram", "write it more plainly")
    snippet = draft.quiz.snippet if draft.quiz else None
    if snippet and snippet.language not in LANGUAGES:
        yield Finding(snippet.number, f"a snippet in the unknown language {snippet.language!r}")


@text.entry("E05", mend="only E14 and W rules can be allowed, with a reason")
def allowances_are_few(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Only E14 and W rules can be allowed by a comment."""
    for number, line in enumerate(draft.entry.source.split("\n"), 1):
        for rule, _ in ALLOWANCE.findall(line):
            if rule.startswith("E") and rule != "E14":
                yield Finding(number, f"{rule} cannot be allowed")


def is_below(url: str, domains: frozenset[str]) -> bool:
    """Tell whether a page belongs to one of the domains or to a subdomain of one."""
    labels = (urlsplit(url).hostname or "").split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))


def is_balanced(html: str) -> bool:
    """Tell whether every tag is closed, in order."""
    stack = []
    for closing, name in _TAG.findall(html):
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


@text.entry("E06", mend="plain words: polls take no code formatting, and write names bare")
def plain_parts_are_plain(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Question, hint, stem and options hold no markup and are trimmed; options end without . or :."""
    lines = [("question", draft.prompt), ("hint", draft.hint)]
    if draft.quiz:
        lines += [("stem", draft.quiz.stem)] if draft.quiz.stem is not draft.prompt else []
    named = [(name, line.number, line.text) for name, line in lines]
    named += [("option", option.number, option.text) for option in draft.quiz.options] if draft.quiz else []
    for name, number, words in named:
        if "`" in words or "<" in markdown.line(words).html:
            yield Finding(number, f"markup in the {name}")
        if words != words.strip():
            yield Finding(number, f"blanks around the {name}", "remove them")
        if name == "option" and words.endswith((".", ":")):
            yield Finding(number, f"the option ends in {words[-1]!r}", "leave the mark out")


@text.entry(
    "E07", mend="four `- [ ]` options, the right one first with [x], a why under each wrong one, one >"
)
def quiz_has_its_shape(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """A quiz has four options, the right one first, three whys and one explanation."""
    quiz = draft.quiz
    if quiz is None:
        return
    if len(quiz.options) != 4:
        yield Finding(quiz.number, f"{len(quiz.options)} options")
    if [option.right for option in quiz.options].count(True) != 1 or not quiz.options[0].right:
        yield Finding(quiz.number, "[x] does not mark the first option and it alone")
    for option in quiz.options:
        if len(option.whys) != (0 if option.right else 1):
            yield Finding(option.number, f"{len(option.whys)} whys under this option")
    if len(quiz.explanations) != 1:
        yield Finding(quiz.number, "no explanation", "end with one line `> why the first option is right`")
    if draft.entry.word("kind") == Kind.CODE and quiz.snippet is None:
        yield Finding(quiz.number, "kind code, but no snippet", "open the quiz with a fenced code block")


@text.entry("E08", mend="3 to 6 key points, 2 to 4 follow-ups `question — gist`, 1 to 6 sources")
def counts_fit(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """There are 3 to 6 key points, 2 to 4 follow-ups with their gist, and sources."""
    for name, found, least, most in (
        ("Key points", len(draft.key_points), 3, 6),
        ("Follow-ups", len(draft.follow_ups), 2, 4),
        ("Sources", len(draft.sources), 1, 6),
    ):
        part = draft.entry.part(name)
        if part and not least <= found <= most:
            yield Finding(part.number, f"{name}: {found}, {least} to {most} are allowed")
    for follow_up in draft.follow_ups:
        if follow_up.gist is None:
            yield Finding(follow_up.number, "no gist", "add ` — ` and the answer in a few words")


@text.entry("E08", mend="https, and one page at least from a primary source (data/sources.yaml)")
def sources_are_primary(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Sources are https pages, one of them primary."""
    for source in draft.sources:
        if not source.url.startswith("https://"):
            yield Finding(source.number, f"{source.url} is not https")
    primary = registers.primary
    if draft.sources and primary and not any(is_below(source.url, primary) for source in draft.sources):
        yield Finding(draft.sources[0].number, "no primary source")


@text.entry("E10", mend="type it plainly, as on a keyboard")
def characters_are_clean(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """No debris of typesetting: superscripts, soft hyphens, odd spaces, tabs, trailing blanks."""
    source = draft.entry.source
    if not _ANY_DEBRIS.search(source):
        return
    if "\r" in source:
        yield Finding(
            source[: source.index("\r")].count("\n") + 1, "carriage return", "end lines with a line feed"
        )
    for number, line in enumerate(source.replace("\r", "").split("\n"), 1):
        if _ANY_DEBRIS.search(line):
            yield Finding(
                number, ", ".join(name for name, found in _DEBRIS.items() if re.search(found, line))
            )


@text.entry("E10", mend="code takes straight quotes: \" and '")
def code_has_straight_quotes(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Quotes in code are straight."""
    if not _CURLY.search(draft.entry.source):
        return
    for fence in draft.entry.fences:
        if _CURLY.search(fence.code):
            yield Finding(fence.number, "curly quotes in the code block")
    for number, line in enumerate(draft.entry.source.split("\n"), 1):
        if any(_CURLY.search(span) for span in _CODE_SPAN.findall(line)):
            yield Finding(number, "curly quotes in code")


@text.entry("E27", mend="[title](https://host/page)")
def links_are_addresses(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Every link is a whole web address."""
    links = [(source.number, source.url) for source in draft.sources]
    links += [
        (piece.number, plain(url)) for piece in draft.pieces() for url in _HREF.findall(piece.rich.html)
    ]
    for number, url in links:
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or "." not in parts.netloc or re.search(r"\s", url):
            yield Finding(number, f"{url} is no web address")

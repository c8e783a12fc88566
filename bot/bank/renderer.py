"""From markdown-it's tokens to Telegram's HTML, side by side with the text a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from bot.bank.markup import Rich, code_block, escape

LANGUAGES = frozenset(
    {
        "bash",
        "console",
        "css",
        "diff",
        "django",
        "dockerfile",
        "html",
        "http",
        "ini",
        "javascript",
        "json",
        "nginx",
        "pycon",
        "python",
        "sql",
        "text",
        "toml",
        "xml",
        "yaml",
    }
)
"""What a fence may name."""

FOLDED_LINES = 3
"""A quote with more lines than this is folded and opens at a tap."""

_BLANK_STYLE = re.compile(r"<(b|i|tg-spoiler)>(\s*)</\1>")
_LEFT_OVER = re.compile(r"\*\*|`|\|\|")
_STYLES = {"strong": "b", "em": "i", "spoiler": "tg-spoiler"}
_FOREIGN = {
    "heading_open": "a heading inside a part",
    "table_open": "a table",
    "image": "an image",
    "html_block": "HTML; put tags in backticks",
    "html_inline": "HTML; put tags in backticks",
    "ordered_list_open": "a numbered list",
    "hr": "a rule (---)",
    "code_block": "code by indentation; use a fence",
    "hardbreak": "a forced line break",
}


def render_blocks(tokens: Sequence[Token]) -> Rich:
    """Render the tokens of a whole piece."""
    blocks = _Blocks()
    rich = blocks.join(tokens)
    return Rich(rich.html, rich.text, tuple(blocks.troubles))


def render_inline(token: Token) -> Rich:
    """Render one line of styled text."""
    return _Line().render(token)


class _Blocks:
    """One walk over paragraphs, lists, quotes and code; notes what it cannot render."""

    def __init__(self) -> None:
        self.troubles: list[tuple[int, str]] = []
        self.offset = 0

    def trouble(self, what: str) -> None:
        self.troubles.append((self.offset, what))

    def join(self, tokens: Sequence[Token], inside: str = "") -> Rich:
        """Join blocks by an empty line.

        None stands beside code and quotes, which apps set off themselves, nor between a list and the
        line that introduces it: phones have few lines.
        """
        html = text = ""
        was_box = False
        for token, inner in _siblings(tokens):
            self.offset = token.map[0] if token.map else self.offset
            box = token.type in ("fence", "blockquote_open")
            piece = self.piece(token, inner, inside)
            introduced = token.type == "bullet_list_open" and text.endswith(":")
            gap = "" if not text else "\n" if box or was_box or introduced else "\n\n"
            html, text, was_box = html + gap + piece.html, text + gap + piece.text, box
        return Rich(html, text)

    def piece(self, token: Token, inner: Sequence[Token], inside: str) -> Rich:
        match token.type:
            case "paragraph_open":
                return self.paragraph(inner[0])
            case "fence":
                return self.fence(token)
            case "bullet_list_open":
                return self.bullets(token, inner, inside)
            case "blockquote_open":
                return self.quote(inner, inside)
        self.trouble(_FOREIGN.get(token.type, token.type))
        return Rich("", "")

    def paragraph(self, token: Token) -> Rich:
        rich = render_inline(token)
        self.troubles += [(self.offset + line, what) for line, what in rich.troubles]
        return rich

    def fence(self, token: Token) -> Rich:
        language = token.info.strip()
        if language not in LANGUAGES:
            self.trouble(
                f"code in the unknown language {language!r}" if language else "code without a language"
            )
        text = token.content.rstrip("\n")
        return Rich(code_block(text, language), text)

    def bullets(self, token: Token, inner: Sequence[Token], inside: str) -> Rich:
        if token.markup != "-":
            self.trouble(f"a list with {token.markup}; use -")
        if inside == "list":
            self.trouble("a nested list")
        items = [self.item(content) for _, content in _siblings(inner)]
        return Rich(
            "\n".join("• " + item.html for item in items), "\n".join("• " + item.text for item in items)
        )

    def item(self, content: Sequence[Token]) -> Rich:
        if [token.type for token in content] != ["paragraph_open", "inline", "paragraph_close"]:
            self.trouble("a list item that is more than one line of text")
        return self.join(content, "list")

    def quote(self, inner: Sequence[Token], inside: str) -> Rich:
        if inside:
            self.trouble("a quote inside a list or a quote")
        rich = self.join(inner, "quote")
        folded = " expandable" if rich.text.count("\n") >= FOLDED_LINES else ""
        return Rich(f"<blockquote{folded}>{rich.html}</blockquote>", rich.text)


class _Line:
    """One walk over styled text: styles nest, and stop at code, which Telegram keeps bare."""

    def __init__(self) -> None:
        self.html: list[str] = []
        self.text: list[str] = []
        self.styles: list[str] = []
        self.linked = False
        self.troubles: list[tuple[int, str]] = []
        self.offset = 0

    def render(self, token: Token) -> Rich:
        for child in token.children or ():
            self.add(child)
        html = "".join(self.html)
        while (trimmed := _BLANK_STYLE.sub(r"\2", html)) != html:
            html = trimmed
        return Rich(html, "".join(self.text), tuple(self.troubles))

    def add(self, token: Token) -> None:
        match token.type:
            case "text":
                self.words(token.content)
            case "softbreak":
                self.offset += 1
                self.words(" ")
            case "code_inline":
                self.code(token.content)
            case "link_open":
                self.linked = True
                self.html.append(f'<a href="{escape(str(token.attrs["href"]))}">')
            case "link_close":
                self.linked = False
                self.html.append("</a>")
            case _:
                self.style(token)

    def words(self, text: str) -> None:
        if found := _LEFT_OVER.search(text):
            self.trouble(f"{found[0]} without its partner; code goes in backticks")
        self.html.append(escape(text))
        self.text.append(text)

    def code(self, text: str) -> None:
        if self.linked or "tg-spoiler" in self.styles:
            self.trouble("code inside a link or a spoiler, which Telegram drops")
        self.html += [f"</{style}>" for style in reversed(self.styles)]
        self.html.append(f"<code>{escape(text)}</code>")
        self.html += [f"<{style}>" for style in self.styles]
        self.text.append(text)

    def style(self, token: Token) -> None:
        style = _STYLES.get(token.type.removesuffix("_open").removesuffix("_close"))
        if style is None:
            self.trouble(_FOREIGN.get(token.type, token.type))
        elif token.nesting == 1:
            self.styles.append(style)
            self.html.append(f"<{style}>")
        else:
            self.styles.pop()
            self.html.append(f"</{style}>")

    def trouble(self, what: str) -> None:
        self.troubles.append((self.offset, what))


def _siblings(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Yield each block on this level with the tokens inside it."""
    index = 0
    while index < len(tokens):
        start, level = index, tokens[index].level
        while tokens[start].nesting == 1 and (tokens[index].nesting != -1 or tokens[index].level != level):
            index += 1
        yield tokens[start], tokens[start + 1 : index]
        index += 1

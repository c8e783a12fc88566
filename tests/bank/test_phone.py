"""Cards on a narrow phone: no card is longer than two screens, no line of code too wide.

`tests/playground/page/test_bank_on_a_phone.py` measures in Chromium. These tests say the same without a
browser, by counting characters: at 360 by 740 pixels the chat shows 588 of them, a line of text is 20.1
high and holds some 46 characters, so two screens have 58 lines. The count is 6 lines low, give or take
1.5, as it leaves out the buttons, the paddings, and the lines that a long word ends early.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from textwrap import wrap

import pytest

from bot.bank import Bank, Question, load
from bot.bank.rules.code import COLUMNS as CODE_COLUMNS
from bot.bank.rules.code import LINES as CODE_LINES
from bot.learning import Kind, Reason
from bot.rendering import cards
from bot.rendering.cards import CardView

DATA = Path(__file__).parents[2] / "data"
COLUMNS = 46
MOST_LINES = 53
CODE_LINE, CODE_HEAD = 0.87, 2.3
"""Height of a line of code, and of the frame and the head of its block, in lines of text."""
FOLDED_QUOTE = 4.5
"""Height of an expandable quote that shows three of its lines and *Show more*."""
VIEW = CardView(1, Reason(Kind.MISSED, "python", days=7, misses=3), 3, 5)

_BLOCKS = re.compile(r"(<pre>.*?</pre>\n?|<blockquote.*?</blockquote>\n?)", re.DOTALL)


def height(text: str) -> float:
    """Estimate how many lines a message in Telegram's HTML takes on a narrow phone."""
    return sum(_height(block) for block in _BLOCKS.split(text) if block)


def _height(block: str) -> float:
    if block.startswith("<pre>"):
        return CODE_HEAD + CODE_LINE * len(block.strip().split("\n"))
    if block.startswith("<blockquote"):
        return FOLDED_QUOTE
    lines = unescape(re.sub(r"<[^>]+>", "", block)).removesuffix("\n").split("\n")
    return sum(max(1, len(wrap(line, COLUMNS))) for line in lines)


@pytest.fixture(scope="module")
def bank() -> Bank:
    """The bank as it is sent."""
    return load(DATA)


def test_no_card_is_longer_than_two_screens(bank: Bank) -> None:
    heights = {name: height(cards.answer(bank, asked, VIEW).text) for name, asked in bank.questions.items()}
    assert {name: lines for name, lines in heights.items() if lines > MOST_LINES} == {}


def test_no_code_is_too_wide_or_too_long_for_a_phone(bank: Bank) -> None:
    codes = [(asked.id, code) for asked in bank.questions.values() for code in _codes(asked)]
    sizes = [(name, max(map(len, code)), len(code)) for name, code in codes]
    assert [one for one in sizes if one[1] > CODE_COLUMNS or one[2] > CODE_LINES] == []
    assert len(codes) > len(bank.questions) / 2


def _codes(asked: Question) -> list[list[str]]:
    blocks = re.findall(r"<pre>(.*?)</pre>", asked.answer, re.DOTALL)
    texts = [unescape(re.sub(r"<[^>]+>", "", block)) for block in blocks]
    if asked.choice is not None and asked.choice.snippet is not None:
        texts.append(asked.choice.snippet)
    return [text.rstrip("\n").split("\n") for text in texts]


def test_text_code_and_quotes_count_for_what_they_take() -> None:
    assert height("word " * 18) == 2
    assert height("one\n\nthree") == 3
    assert height("<pre>a\nb</pre>\nafter") == pytest.approx(CODE_HEAD + 2 * CODE_LINE + 1)
    assert height("<blockquote expandable>long " + "long " * 200 + "</blockquote>") == FOLDED_QUOTE

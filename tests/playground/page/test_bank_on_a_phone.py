"""Every card of the bank on a narrow phone: measured in one page, in one pass."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.api.sending import payload
from bot.bank import Bank
from bot.learning import Kind, Reason
from bot.rendering import cards
from bot.rendering.cards import CardView
from tests.playground.page.toy import Toy

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE = {"width": 360, "height": 740}
SCREENS = 2
VIEW = CardView(1, Reason(Kind.MISSED, "python", days=7, misses=3), 3, 5)
MEASURE = """() => [...document.querySelectorAll(".row")].map((row) => ({
  height: row.getBoundingClientRect().height,
  code: [...row.querySelectorAll("pre")].map((pre) => {
    const words = document.createRange();
    words.selectNodeContents(pre);
    const high = words.getBoundingClientRect().height / parseFloat(getComputedStyle(pre).lineHeight);
    return [Math.round(high), pre.textContent.trimEnd().split("\\n").length];
  }),
}))"""


async def test_no_card_exceeds_two_screens_and_no_line_of_code_wraps(
    page: Page, toy: Toy, bank: Bank
) -> None:
    toy.meet()
    names: list[str] = []
    for asked in bank.questions.values():
        for name, screen in (("question", cards.question), ("answer", cards.answer)):
            await toy.say(**payload(screen(bank, asked, VIEW)))
            names.append(f"{asked.id}: {name}")
    await page.set_viewport_size(PHONE)
    await page.reload()
    await expect(page.locator(".row")).to_have_count(len(names))
    rows: list[dict[str, Any]] = await page.evaluate(MEASURE)
    area = await page.locator("#scroller").evaluate("node => node.clientHeight")
    measured = dict(zip(names, rows, strict=True))
    assert {name: row["height"] for name, row in measured.items() if row["height"] > SCREENS * area} == {}
    wrapped = [name for name, row in measured.items() if any(shown > lines for shown, lines in row["code"])]
    assert wrapped == []
    assert sum(len(row["code"]) for row in rows) > len(bank.questions) / 2

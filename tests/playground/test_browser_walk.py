"""The stranger's walk in a real browser, on the real playground: subscribe, jump, miss, go on."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def press(page: Page, label: str) -> None:
    """Press the newest button with these words."""
    await page.get_by_role("button", name=label).last.click()


async def test_the_walk(walked: Page) -> None:
    page = walked
    log = page.get_by_role("log")
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(log).to_contain_text("interview trainer")
    await press(page, "Set up my daily question")
    await expect(log).to_contain_text("When should your question come?")
    await press(page, "09:00")
    await press(page, "Berlin")
    await press(page, "Done")
    await expect(log).to_contain_text("every day at 09:00, Berlin time")
    await press(page, "To the next delivery")
    await expect(page.locator("#meanwhile")).to_contain_text("Ada got a message")
    await press(page, "Show answer")
    await expect(log).to_contain_text("How did you do?")
    await press(page, "Missed")
    await expect(log).to_contain_text("It comes back")
    await press(page, "To the next delivery")
    await expect(page.get_by_role("button", name="Show answer")).to_have_count(1)
    await press(page, "Why?")
    await expect(page.get_by_role("alertdialog")).to_contain_text("Why this one")

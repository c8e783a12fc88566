"""The stranger's walk in a real browser, on the real playground: subscribe, jump, miss, go on."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.playground.page.conftest import ARGUMENTS, CHROMIUM
from tests.playground.test_walk import address, start

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
]


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    """The chat page of a fresh playground; no error may show in its console."""
    process = await start(tmp_path, "--port", "0")
    errors: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(await address(process))
        yield page
        await browser.close()
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(20):
        await process.communicate()
    assert errors == []


async def press(page: Page, label: str) -> None:
    """Press the newest button with these words."""
    await page.get_by_role("button", name=label).last.click()


async def test_the_walk(page: Page) -> None:
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
    await press(page, "Show answer")
    await expect(log).to_contain_text("How did you do?")
    await press(page, "Missed")
    await expect(log).to_contain_text("It comes back")
    await press(page, "To the next delivery")
    await expect(page.get_by_role("button", name="Show answer")).to_have_count(1, timeout=20_000)
    await press(page, "Why?")
    await expect(page.get_by_role("alertdialog")).to_contain_text("Why this one")

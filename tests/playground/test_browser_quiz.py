"""A quiz of two in a real browser, on the real playground: one person plays both, and then cards."""

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
    """The chat page of a fresh playground, with a group of Ada and Grace."""
    process = await start(tmp_path, "--port", "0")
    errors: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(await address(process))
        await page.get_by_role("button", name="New group").click()
        await page.get_by_label("Title").fill("Study group")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("log")).to_contain_text("quizzes, together", timeout=15_000)
        yield page
        await browser.close()
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(20):
        await process.communicate()
    assert errors == []


async def write(page: Page, text: str) -> None:
    """Write into the group."""
    await page.locator("#draft").fill(text)
    await page.keyboard.press("Enter")


async def speak_as(page: Page, now: str, then: str) -> None:
    """Switch the speaker, and go to the group."""
    await page.get_by_role("button", name=f"You are {now}").click()
    await page.get_by_role("menuitemradio", name=then).click()
    await page.locator(".chat-entry", has_text="Study group").click()


async def test_two_play_a_round(page: Page, tmp_path: Path) -> None:
    log = page.get_by_role("log")
    await write(page, "/quiz security 1")
    await expect(log).to_contain_text("In: \u2068Ada Lovelace\u2069")
    await page.get_by_role("button", name="Start").last.click()
    await expect(page.get_by_role("timer").last).to_be_visible()
    await page.locator(".poll button").first.click()
    await expect(page.locator(".poll-result").first).to_be_visible()
    await speak_as(page, "Ada Lovelace", "Grace Hopper")
    await page.locator(".poll button").nth(1).click()
    await expect(page.locator(".poll-foot").last).to_have_text("2 answers")
    await page.locator("#plus-hour").click()
    await expect(log).to_contain_text("of 2 knew it", timeout=15_000)
    await expect(log).to_contain_text("🏁", timeout=20_000)
    await expect(page.get_by_role("button", name="Play again")).to_be_visible()
    await page.screenshot(path=tmp_path / "quiz.png")
    await (
        page.get_by_role("link", name="Review my misses")
        .or_(page.get_by_role("button", name="Review my misses"))
        .last.click()
    )
    await expect(page.locator("#chat-title")).to_contain_text("Gotit")


async def test_a_card_that_one_sees(page: Page) -> None:
    log = page.locator("#messages")
    await write(page, "/quiz 1")
    await page.get_by_role("button", name="As cards").last.click()
    await expect(log).to_contain_text("1 card, 120 seconds each")
    await page.get_by_role("button", name="Start").last.click()
    await page.get_by_role("button", name="Show answer").last.click()
    await expect(log).to_contain_text("How did you do?")
    await speak_as(page, "Ada Lovelace", "Grace Hopper")
    await expect(page.get_by_role("button", name="Show answer").last).to_be_visible()
    assert "How did you do?" not in await log.inner_text()

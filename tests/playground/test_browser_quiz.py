"""A quiz of two in a real browser, on the real playground: one person plays both, and then cards."""

from __future__ import annotations

from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def page(walked: Page) -> Page:
    """The chat page, with a group of Ada and Grace open."""
    await walked.get_by_role("button", name="New group").click()
    await walked.get_by_label("Title").fill("Study group")
    await walked.keyboard.press("Enter")
    await expect(walked.get_by_role("log")).to_contain_text("quizzes, together")
    return walked


async def write(page: Page, text: str) -> None:
    """Write into the group."""
    await page.locator("#draft").fill(text)
    await page.keyboard.press("Enter")


async def speak_as(page: Page, now: str, then: str) -> None:
    """Switch the speaker, and go to the group."""
    await page.get_by_role("button", name=f"You are {now}").click()
    await page.get_by_role("menuitemradio", name=then).click()
    await expect(page.get_by_role("button", name=f"You are {then}")).to_be_visible()
    await page.locator(".chat-entry", has_text="Study group").click()
    await expect(page.locator("#chat-title")).to_contain_text("Study group")


async def test_two_play_a_round(page: Page, tmp_path: Path) -> None:
    log = page.get_by_role("log")
    await write(page, "/quiz security 1")
    await expect(log).to_contain_text("In: \u2068Ada Lovelace\u2069")
    for seconds in (45, 60):  # the playground's clock is real: a slow machine takes its time
        await page.get_by_role("button", name="Longer").last.click()
        await expect(page.get_by_role("button", name=f"⏱ {seconds} s")).to_be_visible()
    await page.get_by_role("button", name="Start").last.click()
    await expect(page.get_by_role("timer").last).to_be_visible()
    await page.locator(".poll button").first.click()
    await expect(page.locator(".poll-result").first).to_be_visible()
    await speak_as(page, "Ada Lovelace", "Grace Hopper")
    await page.locator(".poll button").nth(1).click()
    await expect(page.locator(".poll-foot").last).to_have_text("2 answers")
    await page.locator("#plus-hour").click()
    await expect(log).to_contain_text("of 2 knew it")
    await expect(log).to_contain_text("🏁")
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

"""What every browser test shares: one Chromium for a worker, and patience."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.playground.running import address, end, start

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 30_000
"""Milliseconds until a test gives up: plenty, for a machine that does other things as well."""

expect.set_options(timeout=PATIENCE)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-smooth-scrolling",
    "--disable-sync",
    "--no-first-run",
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium without a window, started once."""
    if CHROMIUM is None:
        pytest.skip("These tests need Chromium: install it (Debian: apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def visitor(browser: Browser) -> BrowserContext:
    """Someone in Berlin. Every playground has a port, so a memory in the browser, of its own."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, timezone_id="Europe/Berlin")
    context.set_default_timeout(PATIENCE)
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context


@pytest_asyncio.fixture(loop_scope="session")
async def context(visitor: BrowserContext) -> AsyncIterator[BrowserContext]:
    """The visitor with no page open, before the test and after it."""
    yield visitor
    for page in visitor.pages:
        await page.close()


@pytest_asyncio.fixture(loop_scope="session")
async def walked(context: BrowserContext, tmp_path: Path) -> AsyncIterator[Page]:
    """The chat page of a fresh playground, Gotit and all; no error may show in its console."""
    process = await start(tmp_path, "--port", "0")
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(await address(process))
    yield page
    await page.close()
    assert await end(process) == ""
    assert errors == []

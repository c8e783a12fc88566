"""Fixtures of the page's tests: a toy playground, and a page that must not complain."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import BrowserContext, Page

from tests.playground.page.toy import Toy


@pytest_asyncio.fixture(loop_scope="session")
async def toy() -> AsyncIterator[Toy]:
    """A playground with a bot that repeats what it hears."""
    toy = Toy()
    await toy.start()
    await toy.start_bot()
    yield toy
    await toy.stop_bot()
    await toy.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, toy: Toy) -> AsyncIterator[Page]:
    """The page as Ada sees it; an error in its scripts or against its policy fails the test."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    await page.goto(toy.url)
    assert complaints == []
    await page.locator("body:not(.loading)").wait_for()
    yield page
    assert complaints == []

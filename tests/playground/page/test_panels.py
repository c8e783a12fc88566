"""The clock bar, "What the bot knows", and "API calls"."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.playground.page.toy import KEYBOARD, TOKEN, Toy

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CARD = {
    "question": "gil",
    "title": "What is the GIL?",
    "topic": "🐍 Core Python",
    "due_on": "2026-11-26",
    "state": "missed",
    "recall": 0.77,
    "misses": 1,
    "reviews": 2,
}


@pytest.fixture(autouse=True)
async def _started(toy: Toy) -> None:
    toy.meet()


async def test_the_clock_jumps_and_says_what_happened(page: Page) -> None:
    await expect(page.locator("#time")).to_have_text("Mon 23 Nov 13:00")
    await page.get_by_role("button", name="+1 hour").click()
    await expect(page.locator("#time")).to_have_text("Mon 23 Nov 14:00")
    await expect(page.locator("#meanwhile")).to_contain_text("1 h passed.")
    await expect(page.locator("#meanwhile")).to_contain_text("Ada got a question.")
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.locator("#time")).to_have_text("Tue 24 Nov 14:00")
    await expect(page.locator(".day")).to_have_text(["Yesterday", "Today"])
    next_one = page.get_by_role("button", name="To the next delivery")
    await expect(next_one).to_have_attribute("title", "Today at 16:00, in 2 h")
    await next_one.click()
    await expect(page.locator("#time")).to_have_text("Tue 24 Nov 16:00")
    await page.locator("#meanwhile").get_by_role("button", name="Close").click()
    await expect(page.locator("#meanwhile")).to_be_hidden()


async def test_a_jump_that_is_asked_for_during_another_follows_it(page: Page) -> None:
    asked, held = [], asyncio.Event()

    async def slow(route: Route) -> None:
        if route.request.method == "POST":
            asked.append(route.request.post_data_json)
            await held.wait()
        await route.continue_()

    await page.route("**/playground/clock", slow)
    await expect(page.locator("#time")).to_have_text("Mon 23 Nov 13:00")
    for name in ("+1 day", "+1 day", "+1 hour", "To the next delivery"):
        await page.get_by_role("button", name=name).click()
    held.set()
    await expect(page.locator("#time")).to_have_text("Wed 25 Nov 14:00")
    await expect(page.locator("#meanwhile")).to_contain_text("25 h passed.")
    assert asked == [{"seconds": 86400}, {"seconds": 86400 + 3600}]


async def test_what_happened_meanwhile_goes_when_one_goes_on(page: Page, toy: Toy) -> None:
    await toy.say("Choose.", reply_markup=KEYBOARD)
    await page.get_by_role("button", name="+1 hour").click()
    await expect(page.locator("#meanwhile")).to_contain_text("1 h passed.")
    await page.get_by_role("button", name="Toast", exact=True).click()
    await expect(page.locator("#meanwhile")).to_be_hidden()


async def test_the_first_plan_points_to_the_clock(page: Page, toy: Toy) -> None:
    toy.planned = False
    await page.reload()
    # What was not planned when the page first asked is the first plan when it asks again.
    await page.evaluate(
        """async () => {
          const asked = ({ name }) => name.endsWith("/playground/clock");
          const frame = () => new Promise(requestAnimationFrame);
          while (!performance.getEntriesByType("resource").some(asked)) await frame();
        }"""
    )
    next_one = page.get_by_role("button", name="To the next delivery")
    await expect(next_one).to_have_attribute("aria-disabled", "true")
    await expect(page.locator(".toast")).to_have_count(0)
    toy.planned = True
    await toy.say("Done.")
    await expect(page.locator(".toast")).to_contain_text("turns the clock to it")
    await expect(next_one).to_have_attribute("aria-disabled", "false")
    before = await page.locator("#time").inner_text()
    await next_one.click()
    await expect(page.locator("#time")).not_to_have_text(before)
    assert await page.locator(".toast").count() == 0, "who jumps needs no pointer, and it lies on the buttons"


async def test_what_the_bot_knows_changes_as_things_happen(page: Page, toy: Toy) -> None:
    panel = page.get_by_role("tabpanel", name="What the bot knows")
    await expect(panel).to_contain_text("No daily question yet.")
    due = int(toy.now().timestamp()) + 3600
    toy.known = {
        "subscription": {"sentence": "Every day.", "next": "Today at 09:00, New York time", "next_due": due},
        "cards": [CARD],
        "topics": [
            {"slug": "python", "name": "🐍 Core Python", "estimate": 0.45, "answers": 2, "questions": 13},
            {"slug": "orm", "name": "ORM", "estimate": 0.5, "answers": 0, "questions": 9},
        ],
        "log": [
            {
                "at": due - 4000,
                "question": "What is the GIL?",
                "rating": "Missed",
                "way": "daily",
                "corrected": False,
            }
        ],
    }
    await toy.say("Something happened")
    await expect(panel).to_contain_text("Today at 09:00, New York timein 1 h")
    card = panel.locator(".card")
    await expect(card).to_contain_text("in 3 days")
    await expect(card.get_by_role("img", name="Chance to remember it today: 77 %")).to_be_visible()
    await expect(panel.get_by_role("meter", name="🐍 Core Python")).to_have_attribute("aria-valuenow", "45")
    await expect(panel.get_by_role("img", name="Cards that come back: in 3 days 1")).to_be_visible()
    await expect(panel.locator(".review")).to_contain_text("Missed · daily")
    await expect(panel).to_contain_text("Not asked yet: 1 topic")
    toy.known = {**toy.known, "cards": [{**CARD, "due_on": "2026-12-03", "state": "known", "reviews": 3}]}
    await toy.say("And again")
    await expect(card).to_contain_text("in 10 days")
    await expect(card).to_have_class("card known changed")


@pytest.mark.parametrize("known", [{}, {"subscription": None, "cards": None, "topics": None, "log": None}])
async def test_an_empty_memory_looks_fine(page: Page, toy: Toy, known: dict[str, None]) -> None:
    toy.known = known
    await toy.say("Hello")
    panel = page.get_by_role("tabpanel", name="What the bot knows")
    await expect(panel).to_contain_text("Every question that is answered becomes a card")


async def test_a_memory_that_cannot_be_read_is_told(page: Page, toy: Toy) -> None:
    await page.route("**/playground/knows*", lambda route: route.fulfill(status=500, body="oops"))
    await page.reload()
    await expect(page.locator("#panel-knows")).to_contain_text("Nothing to show yet.")


async def test_calls_come_live_and_tell_no_token(page: Page, toy: Toy) -> None:
    await page.get_by_role("tab", name="API calls").click()
    calls = page.locator(".call")
    await expect(calls.first).to_contain_text("setMyDescription")
    await toy.say("<b>Some</b> words", parse_mode="HTML")
    await expect(calls.first).to_contain_text("sendMessage")
    await calls.first.locator("summary").click()
    await expect(calls.first).to_contain_text('"parse_mode": "HTML"')
    await toy.telegram.call(TOKEN, "sendMessage", {"chat_id": toy.ada.id, "text": ""})
    await expect(calls.first).to_contain_text("400")
    await page.get_by_label("Refused or odd").check()
    await expect(calls).to_have_count(1)
    await page.get_by_label("Refused or odd").uncheck()
    await page.get_by_label("Filter by method").fill("mycommands")
    await expect(calls).to_have_count(1)
    assert TOKEN not in await page.content()

"""Several people, groups, topics, and polls that each sees in their own way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from tests.playground.page.toy import Toy

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture(autouse=True)
async def _started(toy: Toy) -> None:
    toy.meet()


async def test_a_new_person_and_back(page: Page, toy: Toy) -> None:
    await toy.say("Only for Ada")
    await page.get_by_role("button", name="You are Ada Lovelace").click()
    await page.get_by_role("menuitem", name="New person").click()
    dialog = page.get_by_role("dialog", name="New person")
    await dialog.get_by_role("button", name="Create").click()
    await expect(dialog.get_by_role("alert")).to_have_text("A person needs a first name.")
    await dialog.get_by_label("First name").fill("شهرزاد")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="You are شهرزاد")).to_be_visible()
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await expect(page.locator("body")).not_to_contain_text("Only for Ada")
    await page.get_by_role("button", name="You are شهرزاد").click()
    await page.get_by_role("menuitemradio", name="Ada Lovelace").click()
    await expect(page.locator("#messages")).to_contain_text("Only for Ada")


async def test_a_new_group_with_names_and_faces(page: Page, toy: Toy) -> None:
    await page.get_by_role("button", name="New group").click()
    await page.get_by_label("Title").fill("Study group")
    await page.keyboard.press("Enter")
    await expect(page.locator("#chat-title")).to_have_text("Study group")
    await expect(page.locator("#chat-state")).to_have_text("3 members")
    group = toy.telegram.groups[0]
    await toy.grace.send("Hello", group)
    await expect(page.locator(".row.theirs .author")).to_have_text("Grace Hopper")
    await expect(page.locator(".row.service").first).to_contain_text("created the group")


async def test_rights_in_a_group(page: Page, toy: Toy) -> None:
    group = toy.telegram.add_group("Study group", [toy.grace], [toy.ada])
    await page.locator(".chat-entry", has_text="Study group").click()
    await page.get_by_role("button", name="Chat menu").click()
    await page.get_by_role("menuitem", name="Members and rights").click()
    grace = page.locator(".members li", has_text="Grace")
    await grace.get_by_role("button", name="Mute").click()
    await expect(grace).to_contain_text("muted")
    await grace.get_by_role("button", name="Remove").click()
    await expect(grace).to_have_count(0)
    assert not group.chat.member(toy.grace.id).present


async def test_topics_keep_their_messages_apart(page: Page, toy: Toy) -> None:
    toy.telegram.add_group("Forum", [toy.grace], [toy.ada], forum=True)
    await page.locator(".chat-entry", has_text="Forum").click()
    await page.get_by_role("button", name="New topic").click()
    await page.get_by_label("Title").fill("Django")
    await page.keyboard.press("Enter")
    topic = page.locator(".topic", has_text="Django")
    await expect(topic).to_have_attribute("aria-pressed", "true")
    await page.locator("#draft").fill("about Django")
    await page.keyboard.press("Enter")
    await expect(page.locator(".row.mine")).to_contain_text("about Django")
    await page.locator(".topic", has_text="General").click()
    await expect(page.locator(".row.mine")).to_have_count(0)


async def test_a_timer_of_hours(page: Page, toy: Toy) -> None:
    fields = {"question": "Lunch?", "options": ["yes", "no"], "open_period": 20 * 3600}
    await toy.call("sendPoll", chat_id=toy.ada.id, **fields)
    await expect(page.get_by_role("timer").last).to_contain_text("19:59:")
    left = page.locator("[data-closes]")
    await expect(left).not_to_have_class("bad")
    calm = await left.evaluate("node => getComputedStyle(node).color")
    toy.offset += timedelta(hours=20, seconds=-9)
    await page.reload()
    await expect(left).to_have_class("bad")
    assert await left.evaluate("node => getComputedStyle(node).color") != calm


async def test_a_quiz_with_a_timer(page: Page, toy: Toy) -> None:
    await toy.call(
        "sendPoll",
        chat_id=toy.ada.id,
        question="Which evaluates?",
        options=[{"text": "filter()"}, {"text": "len()"}],
        type="quiz",
        correct_option_ids=[1],
        explanation="It counts rows.",
        is_anonymous=False,
        open_period=60,
    )
    await expect(page.get_by_role("timer").last).to_contain_text("0:5")
    await page.get_by_role("button", name="filter()").click()
    results = page.locator(".poll-result")
    await expect(results.first).to_contain_text("your choice, not the right answer")
    await expect(results.nth(1)).to_contain_text("right answer")
    await expect(page.locator(".poll-explanation")).to_have_text("It counts rows.")
    await expect(page.locator(".poll-foot")).to_have_text("1 answer")
    await page.locator("#plus-hour").click()
    await expect(page.locator(".poll-kind")).to_have_text("Final results")


async def test_a_poll_with_many_answers_and_a_change_of_mind(page: Page, toy: Toy) -> None:
    await toy.call(
        "sendPoll",
        chat_id=toy.ada.id,
        question="What do you use?",
        options=[{"text": "Python"}, {"text": "SQL"}],
        allows_multiple_answers=True,
    )
    await page.get_by_role("button", name="Vote").click()
    await expect(page.locator(".toast")).to_have_text("Tick at least one answer.")
    await page.get_by_role("checkbox", name="Python").click()
    await page.get_by_role("checkbox", name="SQL").press("Space")
    await page.get_by_role("button", name="Vote").click()
    await expect(page.locator(".poll-percent")).to_have_text(["100 %", "100 %"])
    await page.locator(".row").last.click(button="right")
    await page.get_by_role("menuitem", name="Take the vote back").click()
    await expect(page.get_by_role("checkbox")).to_have_count(2)


async def test_leaving_a_group_leads_home(page: Page, toy: Toy) -> None:
    toy.telegram.add_group("Others", [toy.grace], [toy.ada])
    await page.locator(".chat-entry", has_text="Others").click()
    await page.get_by_role("button", name="Chat menu").click()
    await page.get_by_role("menuitem", name="Leave the group").click()
    await expect(page.locator("#chat-title")).to_contain_text("Toy")
    await expect(page.locator(".chat-entry")).to_have_count(1)

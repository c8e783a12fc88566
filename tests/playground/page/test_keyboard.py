"""Everything by keyboard alone."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.playground.page.toy import KEYBOARD, Toy

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def test_the_whole_walk_without_a_pointer(page: Page) -> None:
    await press(page, "Tab", "Tab")
    skip = page.get_by_role("link", name="Skip to the writing field")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await press(page, "Enter")
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()
    await press(page, "Enter")
    await expect(page.locator("#draft")).to_be_focused()
    await expect(page.locator(".row").last).to_contain_text("You said: /start")
    await page.keyboard.type("/menu")
    await expect(page.get_by_role("option")).to_have_count(1)
    await press(page, "Enter")
    await expect(page.locator(".row").last).to_contain_text("Choose.")
    # Up from the empty field: the last message; Tab: its first button.
    await press(page, "ArrowUp")
    await expect(page.locator(".row").last.locator(".message")).to_be_focused()
    await press(page, "Tab")
    await expect(page.get_by_role("button", name="Edit", exact=True)).to_be_focused()
    await press(page, "Enter")
    await expect(page.get_by_role("button", name="Again")).to_be_focused()
    await press(page, "Escape")
    await expect(page.locator("#draft")).to_be_focused()


async def test_messages_are_one_stop_for_tab(page: Page, toy: Toy) -> None:
    toy.meet()
    for number in range(30):
        await toy.say(f"Number {number}", reply_markup=KEYBOARD)
    await expect(page.locator(".row")).to_have_count(30)
    stops = await page.evaluate(
        "document.querySelectorAll('#messages :is(button, a, [tabindex]):not([tabindex=\"-1\"])').length"
    )
    keys = sum(len(row) for row in KEYBOARD["inline_keyboard"])
    assert stops == keys + 2  # the message, its menu and its buttons
    await page.locator("#draft").focus()
    await press(page, "ArrowUp")
    await expect(page.locator(".row").last.locator(".message")).to_be_focused()
    await press(page, "Home")
    await expect(page.locator(".row").first.locator(".message")).to_be_focused()
    await press(page, "ArrowDown")
    await expect(page.locator(".row").nth(1).locator(".message")).to_be_focused()
    await expect(page.locator(".row").nth(1)).to_be_in_viewport()


async def test_a_message_has_its_menu_by_enter(page: Page, toy: Toy) -> None:
    toy.meet()
    await toy.say("Words")
    await expect(page.locator(".row")).to_have_count(1)
    await page.locator("#draft").focus()
    await press(page, "ArrowUp")
    await expect(page.locator(".row .message")).to_be_focused()
    await press(page, "Enter")
    await expect(page.get_by_role("menuitem", name="React with 👍")).to_be_focused()
    await press(page, "End")
    await expect(page.get_by_role("menuitem", name="Delete for everyone")).to_be_focused()
    await press(page, "r")
    await press(page, "Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(page.locator(".row").last.locator(".message")).to_be_focused()


async def test_back_closes_the_panel_on_a_phone(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 740})
    here = page.url
    side, opener = page.locator("#side"), page.locator("#side-toggle")
    for leave in (page.go_back, page.locator("#side-close").click):
        depth = await page.evaluate("history.state")
        await opener.click()
        await expect(side).to_be_visible()
        await leave()
        await expect(side).to_be_hidden()
        await expect(opener).to_be_focused()
        await expect(opener).to_have_attribute("aria-expanded", "false")
        assert (page.url, await page.evaluate("history.state")) == (here, depth)


async def test_tabs_and_lists_by_arrows(page: Page, toy: Toy) -> None:
    toy.telegram.add_group("Others", [toy.ada])
    await expect(page.locator(".chat-entry")).to_have_count(2)
    await page.locator("#tab-knows").focus()
    await press(page, "ArrowRight")
    await expect(page.locator("#panel-calls")).to_be_visible()
    await expect(page.locator("#tab-calls")).to_have_attribute("aria-selected", "true")
    await press(page, "Escape")
    await expect(page.locator("#side")).to_be_hidden()
    await expect(page.locator("#side-toggle")).to_be_focused()
    await page.locator(".chat-entry").first.focus()
    await press(page, "ArrowDown")
    await expect(page.locator(".chat-entry").nth(1)).to_be_focused()
    await press(page, "Enter")
    await expect(page.locator(".chat-entry").nth(1)).to_have_attribute("aria-current", "true")


async def test_menus_close_and_give_the_focus_back(page: Page) -> None:
    more = page.get_by_role("button", name="More", exact=True)
    await more.focus()
    await press(page, "Enter")
    await expect(page.get_by_role("menuitem", name="Help and keys")).to_be_focused()
    await press(page, "Escape")
    await expect(more).to_be_focused()
    await press(page, "Enter")
    await expect(page.get_by_role("menuitem", name="Help and keys")).to_be_focused()
    await press(page, "Enter")
    await expect(page.get_by_role("dialog", name="About this playground")).to_be_visible()
    await press(page, "Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_new_messages_are_said_to_a_screen_reader(page: Page, toy: Toy) -> None:
    toy.meet()
    log = page.get_by_role("log")
    message = await toy.say("Look at this")
    await expect(log).to_contain_text("Toy: Look at this")
    await toy.call(
        "editMessageText", chat_id=toy.ada.id, message_id=message["message_id"], text="Look at this answer"
    )
    await expect(log).to_contain_text("Edited: answer")


async def test_words_typed_while_others_are_being_sent_are_kept(page: Page, toy: Toy) -> None:
    toy.meet()
    held = asyncio.Event()

    async def slow(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await page.route("**/api/send", slow)
    await page.locator("#draft").click()
    await page.keyboard.type("one")
    await press(page, "Enter")
    await page.keyboard.type("two")
    await press(page, "Enter")
    await page.keyboard.type("thr")
    held.set()
    await expect(page.locator(".row.mine .text")).to_have_text(["one", "two"])
    await expect(page.locator("#draft")).to_have_value("thr")


async def test_words_typed_beside_the_field_land_in_it(page: Page, toy: Toy) -> None:
    toy.meet()
    await toy.say("Choose.", reply_markup=KEYBOARD)
    await page.get_by_role("button", name="Edit", exact=True).focus()
    await page.keyboard.type("hi there")
    await expect(page.locator("#draft")).to_have_value("hi there")


async def test_a_menu_gives_the_focus_back_to_a_message_that_changed_meanwhile(page: Page, toy: Toy) -> None:
    toy.meet()
    message = await toy.say("Choose.", reply_markup=KEYBOARD)
    await page.get_by_role("button", name="Edit", exact=True).focus()
    await page.locator(".row .message").focus()
    await press(page, "Enter")
    await expect(page.get_by_role("menuitem", name="React with 👍")).to_be_focused()
    await toy.call("editMessageText", chat_id=toy.ada.id, message_id=message["message_id"], text="Changed.")
    await expect(page.locator(".row .text")).to_have_text("Changed.")
    await press(page, "Escape")
    await expect(page.locator(".row .message")).to_be_focused()


async def test_code_that_is_too_wide_is_scrolled_by_arrows(page: Page, toy: Toy) -> None:
    toy.meet()
    await page.set_viewport_size({"width": 360, "height": 740})
    await toy.say(f"<pre>{'wide ' * 20}</pre><pre>narrow</pre>", parse_mode="HTML")
    code = page.locator("pre")
    await expect(code.first).to_have_attribute("tabindex", "0")
    await expect(code.last).not_to_have_attribute("tabindex", "0")
    await code.first.focus()
    await press(page, "ArrowRight")
    await expect(code.first).not_to_have_js_property("scrollLeft", 0)

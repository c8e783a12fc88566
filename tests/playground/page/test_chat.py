"""A walk through one chat: start, words, buttons, alerts and toasts, edits, replies, files."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.playground.page.toy import KEYBOARD, Toy

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def begin(page: Page) -> None:
    """Press Start and wait for the bot's answer."""
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator("#messages")).to_contain_text("You said: /start")


async def write(page: Page, text: str) -> None:
    await page.locator("#draft").fill(text)
    await page.keyboard.press("Enter")


async def test_first_visit_says_what_this_is_and_offers_start(page: Page) -> None:
    await expect(page.locator("#messages")).to_contain_text(
        "A Telegram in memory. Nothing leaves this machine."
    )
    await expect(page.locator("#messages")).to_contain_text("I repeat what you say.")
    await expect(page.locator("#chat-title")).to_contain_text("Toy")
    await begin(page)
    await expect(page.get_by_role("button", name="Start", exact=True)).to_have_count(0)


async def test_what_is_written_comes_back(page: Page) -> None:
    await begin(page)
    await write(page, "hello <b>there</b>")
    await expect(page.locator(".row.mine").last).to_contain_text("hello <b>there</b>")
    await expect(page.locator(".row.theirs").last).to_contain_text("You said: hello <b>there</b>")
    await expect(page.locator("#draft")).to_have_value("")


async def test_two_lines_by_shift_enter(page: Page) -> None:
    await begin(page)
    await page.locator("#draft").press_sequentially("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    await expect(page.locator(".row.theirs").last.locator(".text")).to_have_text("You said: one\ntwo")


async def test_an_alert_is_a_box_and_a_toast_is_not(page: Page) -> None:
    await begin(page)
    await write(page, "/menu")
    await page.get_by_role("button", name="Toast", exact=True).click()
    await expect(page.locator(".toast.bot")).to_have_text("A toast goes.")
    await expect(page.get_by_role("alertdialog")).to_have_count(0)
    await page.get_by_role("button", name="Alert", exact=True).click()
    box = page.get_by_role("alertdialog", name="Toy")
    await expect(box).to_contain_text("An alert stays.")
    await expect(box.get_by_role("button", name="OK")).to_be_focused()
    for _ in range(3):  # the focus stays inside
        await page.keyboard.press("Tab")
        await expect(box.get_by_role("button", name="OK")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(box).to_have_count(0)
    await expect(page.get_by_role("button", name="Alert", exact=True)).to_be_focused()


async def test_buttons_have_their_colours_and_an_edit_stays_in_place(page: Page) -> None:
    await begin(page)
    await write(page, "/menu")
    keys = page.locator(".key")
    await expect(keys.nth(0)).to_have_class("key primary")
    await expect(keys.nth(1)).to_have_class("key success")
    await expect(keys.nth(2)).to_have_class("key danger")
    rows = await page.locator(".row").count()
    await keys.nth(0).focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".row").last).to_contain_text("The answer is 42.")
    assert await page.locator(".row").count() == rows
    # The pressed button is gone: the focus goes on to the one in its place.
    await expect(page.get_by_role("button", name="Again")).to_be_focused()


@pytest.mark.parametrize("by", ["pointer", "space"])
async def test_a_press_that_has_begun_is_kept_through_an_edit(page: Page, toy: Toy, by: str) -> None:
    toy.meet()
    messages = [await toy.say("Before"), await toy.say("Choose.", reply_markup=KEYBOARD)]
    button = page.get_by_role("button", name="Toast")
    await button.focus()
    await button.hover()
    await (page.mouse.down() if by == "pointer" else page.keyboard.down("Space"))
    for message in reversed(messages):  # when the page shows the first edited, it has heard of the other
        edit = {"message_id": message["message_id"], "text": "Changed", "reply_markup": KEYBOARD}
        await toy.call("editMessageText", chat_id=toy.ada.id, **edit)
    await expect(page.locator(".row .text").first).to_have_text("Changed")
    await (page.mouse.up() if by == "pointer" else page.keyboard.up("Space"))
    await expect(page.locator(".toast.bot")).to_have_text("A toast goes.")
    await expect(page.locator(".row .text")).to_have_text(["Changed", "Changed"])


async def test_a_button_waits_for_its_answer_and_telegram_gives_up_after_15_seconds(
    page: Page, toy: Toy
) -> None:
    await begin(page)
    await write(page, "/menu")
    silence = page.get_by_role("button", name="Silence")
    await silence.click()
    await expect(silence).to_have_attribute("aria-busy", "true")
    await page.locator("#plus-hour").click()
    await expect(page.locator(".toast.trouble")).to_contain_text("did not answer within 15 seconds")
    await expect(silence).not_to_have_attribute("aria-busy", "true")


async def test_links_copies_and_deep_links(page: Page) -> None:
    await begin(page)
    await write(page, "/menu")
    manual = page.get_by_role("link", name="Manual")
    await expect(manual).to_have_attribute("href", "https://docs.python.org/3/")
    await expect(manual).to_have_attribute("rel", "noopener noreferrer")
    await page.get_by_role("button", name="Copy", exact=True).click()
    assert await page.evaluate("navigator.clipboard.readText()") == "copied words"
    await page.get_by_role("button", name="Deep").click()
    await expect(page.locator(".row.theirs").last).to_contain_text("You said: /start deep")


async def test_slash_offers_the_commands(page: Page) -> None:
    await begin(page)
    draft = page.locator("#draft")
    await draft.press_sequentially("/")
    options = page.get_by_role("option")
    await expect(options).to_have_count(3)
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await expect(options.nth(1)).to_contain_text("Show some buttons")
    await page.keyboard.type("m")
    await expect(options).to_have_count(2)
    await page.keyboard.press("Tab")
    await expect(draft).to_have_value("/menu ")
    await draft.fill("/")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".row").last).to_contain_text("Choose.")
    await expect(options).to_have_count(0)


async def test_reply_edit_react_and_delete(page: Page) -> None:
    await begin(page)
    await write(page, "first")
    first = page.locator(".row.mine", has_text="first")
    await first.click(button="right")
    await page.get_by_role("menuitem", name="Reply").click()
    await write(page, "second")
    await expect(page.locator(".row.mine").last.locator(".reply-quote")).to_contain_text("first")
    await first.first.click(button="right")
    await page.get_by_role("menuitem", name="Edit").click()
    await expect(page.locator("#draft")).to_have_value("first")
    await write(page, "first, mended")
    await expect(first.first).to_contain_text("edited")
    await expect(page.locator("#draft")).to_have_value("")
    await first.first.click(button="right")
    await page.get_by_role("menuitem", name="React with 🔥").click()
    await expect(first.first.locator(".reaction")).to_have_attribute("aria-pressed", "true")
    await first.first.click(button="right")
    await page.get_by_role("menuitem", name="Delete for everyone").click()
    await expect(page.locator(".row.mine", has_text="first, mended").locator(".text")).to_have_count(0)


async def test_a_photo_and_a_document(page: Page, toy: Toy) -> None:
    await begin(page)
    await toy.ada.send_photo(caption="A grey one")
    image = page.locator(".photo img")
    await expect(image).to_be_visible()
    assert await image.evaluate("node => node.decode().then(() => node.naturalWidth)") > 0
    await page.locator("#file").set_input_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b""}
    )
    await page.get_by_role("button", name="Attach").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name="File").click()
    await (await chooser.value).set_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"words"})
    await page.get_by_label("Caption").fill("My notes")
    await page.keyboard.press("Enter")
    document = page.get_by_role("link", name="Download notes.txt, 5 bytes")
    async with page.expect_download() as download:
        await document.click()
    assert (await (await download.value).path()).read_bytes() == b"words"
    await expect(page.locator(".row.mine").last).to_contain_text("My notes")


async def test_a_place_and_a_sticker(page: Page) -> None:
    await begin(page)
    await page.get_by_role("button", name="Attach").click()
    await page.get_by_role("menuitem", name="Location").click()
    await page.get_by_label("City").select_option("Kathmandu")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.get_by_role("img", name="Location 27.7172° N, 85.3240° E")).to_be_visible()
    await page.get_by_role("button", name="Attach").click()
    await page.get_by_role("menuitem", name="Sticker 🐍").click()
    await expect(page.get_by_role("img", name="Sticker 🐍")).to_be_visible()


async def test_block_and_unblock(page: Page, toy: Toy) -> None:
    await begin(page)
    await page.get_by_role("button", name="Chat menu").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await expect(page.locator("#chat-state")).to_have_text("blocked by you")
    assert toy.ada.chat.blocked
    await page.get_by_role("button", name="Unblock the bot").click()
    await expect(page.locator("#draft")).to_be_visible()
    assert not toy.ada.chat.blocked


async def test_a_reply_keyboard(page: Page, toy: Toy) -> None:
    await begin(page)
    await toy.say(
        "Where?",
        reply_markup={"keyboard": [[{"text": "Here", "request_location": True}, {"text": "Nowhere"}]]},
    )
    keyboard = page.get_by_role("group", name="The bot's keyboard")
    await page.get_by_role("button", name="The bot's keyboard").click()
    await expect(keyboard).to_be_hidden()
    await page.get_by_role("button", name="The bot's keyboard").click()
    await keyboard.get_by_role("button", name="Nowhere").click()
    await expect(page.locator(".row.theirs").last).to_contain_text("You said: Nowhere")
    await keyboard.get_by_role("button", name="Here", exact=True).click()
    await expect(page.get_by_role("dialog", name="Send a location")).to_be_visible()


async def test_typing_shows_and_ends_with_the_message(page: Page, toy: Toy) -> None:
    await begin(page)
    await toy.call("sendChatAction", chat_id=toy.ada.id, action="typing")
    await expect(page.locator("#chat-state")).to_contain_text("typing")
    await toy.say("Here.", reply_markup=KEYBOARD)
    await expect(page.locator("#chat-state")).to_have_text("online")


async def test_a_refusal_is_told_and_the_draft_stays(page: Page, toy: Toy) -> None:
    await begin(page)
    await page.route(
        "**/api/send", lambda route: route.fulfill(status=400, json={"error": "you may not send this here"})
    )
    await write(page, "kept words")
    await expect(page.locator(".toast.trouble")).to_have_text("You may not send this here.")
    await expect(page.locator("#draft")).to_have_value("kept words")

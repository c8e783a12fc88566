"""What the page looks like and weighs: narrow, wide, light, dark, accessible, quick with 500 messages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.playground.server import PAGE
from tests.playground.page.toy import KEYBOARD, Toy

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HEAVIEST = 150_000
WORD = "Donaudampfschifffahrtsgesellschaft" * 4
ARABIC = "شهرزاد بنت الوزير الأكبر صاحبة الحكايات"


def axe_source() -> str | None:
    """The script of axe-core, if it is installed."""
    named = os.environ.get("AXE_CORE")
    folders = [Path(__file__).parent, Path(__file__).parents[3]]
    places = [Path(named)] if named else [one / "node_modules/axe-core/axe.min.js" for one in folders]
    return next((one.read_text() for one in places if one.is_file()), None)


async def furnish(toy: Toy) -> None:
    """Put a bit of everything on the screen."""
    toy.meet()
    stranger = toy.telegram.add_person(ARABIC, WORD)
    group = toy.telegram.add_group(f"{WORD} {ARABIC}", [stranger], [toy.ada])
    await toy.call("sendMessage", chat_id=group.id, text="In.", reply_markup=KEYBOARD)
    await stranger.send(WORD, group)
    html = (
        f"<b>{WORD}</b> <code>{WORD}</code> <tg-spoiler>{WORD}</tg-spoiler>\n{ARABIC}\n"
        f'<pre><code class="language-python">x = "{WORD}"</code></pre>'
        f"<blockquote expandable>{WORD * 3}</blockquote><a href='https://example.org'>{WORD}</a> /echo"
    )
    await toy.say(html, parse_mode="HTML")
    await toy.ada.send_photo(caption=WORD)
    await toy.ada.send_document(f"{WORD}.txt", b"words")
    await toy.ada.send_location(52.52, 13.405)
    await toy.ada.send_sticker("🐍")
    options = [{"text": WORD[:100]}, {"text": ARABIC}]
    await toy.call("sendPoll", chat_id=toy.ada.id, question=WORD, options=options)
    await toy.call(
        "sendPoll", chat_id=toy.ada.id, question="Q", options=options, type="quiz", correct_option_ids=[0]
    )
    await toy.ada.vote(toy.ada.last, 1)
    await toy.say(ARABIC, reply_markup={"inline_keyboard": [[{"text": WORD, "callback_data": "toast"}] * 3]})
    await toy.say("Choose.", reply_markup=KEYBOARD)


async def assert_nothing_overflows(page: Page) -> None:
    """No sideways scrolling, and nobody sticks out of the window."""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    out = await page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((node) => {
          const box = node.getBoundingClientRect();
          const hidden = node.closest(".unseen, .skip, .topics, pre > *, svg, .paper > .scroller ~ *");
          const clipped = getComputedStyle(node.parentElement).textOverflow === "ellipsis";
          return box.width && !hidden && !clipped && (box.right > innerWidth + 1 || box.left < -1);
        }).map((node) => `${node.tagName}.${node.className}`)"""
    )
    assert out == []


@pytest.mark.parametrize("width", [360, 820, 1440])
async def test_no_text_overflows(page: Page, toy: Toy, width: int) -> None:
    await furnish(toy)
    await page.set_viewport_size({"width": width, "height": 740})
    await page.reload()
    await expect(page.locator(".row").last).to_contain_text("Choose.")
    await assert_nothing_overflows(page)
    if width == 360:
        await page.get_by_role("button", name="All chats").click()
        await assert_nothing_overflows(page)
        await page.locator(".chat-entry", has_text=WORD).click()
        await expect(page.locator(".row.theirs").last).to_contain_text(WORD)
        await assert_nothing_overflows(page)


async def test_all_parts_are_reached_on_a_narrow_screen(page: Page, toy: Toy) -> None:
    toy.meet()
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.reload()
    await expect(page.locator("#draft")).to_be_visible()
    await expect(page.locator("#chat-list")).to_be_hidden()
    await page.get_by_role("button", name="What the bot knows, and its API calls").click()
    await expect(page.locator("#panel-knows")).to_be_visible()
    await expect(page.locator("#draft")).to_be_hidden()
    await page.get_by_role("button", name="Close the panel").click()
    await page.get_by_role("button", name="All chats").click()
    await expect(page.locator(".chat-entry")).to_be_focused()
    await page.locator(".chat-entry").click()
    await expect(page.locator("#draft")).to_be_visible()
    for name in ("+1 hour", "+1 day", "To the next delivery"):
        await expect(page.get_by_role("button", name=name)).to_be_in_viewport()


async def test_dark_and_light_follow_the_system_and_the_switch(browser: Browser, toy: Toy) -> None:
    page = await browser.new_page(color_scheme="dark")
    await page.goto(toy.url)
    background = "getComputedStyle(document.body).backgroundColor"
    dark = await page.evaluate(background)
    await page.get_by_role("button", name="Use light colours").click()
    light = await page.evaluate(background)
    assert light != dark
    await page.reload()
    assert await page.evaluate(background) == light
    await page.get_by_role("button", name="Use dark colours").click()
    await page.emulate_media(color_scheme="light")
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await page.close()


async def test_reduced_motion_is_respected(page: Page, toy: Toy) -> None:
    toy.meet()
    await page.emulate_media(reduced_motion="reduce")
    await toy.say("Calm")
    lasts = await page.locator(".bubble").last.evaluate("node => getComputedStyle(node).animationDuration")
    assert lasts in ("0s", "1e-05s")


async def test_five_hundred_messages_stay_smooth(page: Page, toy: Toy) -> None:
    toy.meet()
    await page.goto("about:blank")
    for number in range(500):
        await toy.say(
            f"<b>Number</b> {number}: <code>{'word ' * 20}</code>", parse_mode="HTML", reply_markup=KEYBOARD
        )
    await page.goto(toy.url)
    await expect(page.locator(".row")).to_have_count(500)
    await expect(page.locator(".text", has_text="Number 499")).to_be_in_viewport()
    scroller = page.locator("#scroller")
    await scroller.evaluate("node => node.scrollTo(0, node.scrollHeight / 2)")
    down = page.locator("#down")  # by role, thousands of buttons would be looked at
    await expect(down).to_have_attribute("aria-label", "Go to the end")
    await page.evaluate("document.querySelectorAll('.row').forEach((row) => (row.stood = true))")
    last = await toy.say("Number 500")
    await expect(down).to_have_text("1 new message")
    await toy.call("editMessageText", chat_id=toy.ada.id, message_id=last["message_id"], text="Changed")
    await expect(page.locator(".text").last).to_have_text("Changed")
    # What was there is not drawn again: a new message and an edit touch one row each.
    assert (
        await page.evaluate("[...document.querySelectorAll('.row')].filter((row) => row.stood).length") == 500
    )
    assert await page.locator(".row").count() == 501


async def test_the_page_weighs_little_and_loads_nothing_from_elsewhere(browser: Browser, toy: Toy) -> None:
    page = await browser.new_page()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    await page.goto(toy.url)
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert {address for address in addresses if not address.startswith((toy.url, "data:"))} == set()
    assert sum(file.stat().st_size for file in PAGE.iterdir()) < HEAVIEST
    loaded = {address.rsplit("/", 1)[1] for address in addresses if "/page/" in address}
    assert {file.name for file in PAGE.iterdir()} - loaded == {"index.html"}, "a file that nobody uses"
    await page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
async def test_axe_finds_nothing(page: Page, toy: Toy, scheme: str, width: int) -> None:
    source = axe_source()
    if source is None:
        pytest.skip("axe-core is not installed: npm ci --prefix tests/playground/page")
    await furnish(toy)
    await page.set_viewport_size({"width": width, "height": 900})
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.reload()
    await expect(page.locator(".row").last).to_contain_text("Choose.")
    await assert_accessible(page, source, "the chat")
    await page.locator("#draft").fill("/")
    await expect(page.get_by_role("option").first).to_be_visible()
    await assert_accessible(page, source, "the command menu")
    await page.locator("#draft").fill("")
    await page.locator("#plus-hour").click()
    await page.locator("#meanwhile").wait_for()
    await page.get_by_role("button", name="More", exact=True).click()
    await assert_accessible(page, source, "a menu, and what happened meanwhile")
    await page.get_by_role("menuitem", name="Help and keys").click()
    await assert_accessible(page, source, "a dialog")
    await page.keyboard.press("Escape")
    if width == 360:
        await page.get_by_role("button", name="What the bot knows, and its API calls").click()
    await page.get_by_role("tab", name="API calls").click()
    await page.locator(".call summary").first.click()
    await assert_accessible(page, source, "the calls")
    if width == 360:
        await page.get_by_role("button", name="Close the panel").click()
        await page.get_by_role("button", name="All chats").click()
        await assert_accessible(page, source, "the chat list")


async def assert_accessible(page: Page, source: str, part: str) -> None:
    """Let axe look at the page as it stands."""
    await page.evaluate(source)
    found = await page.evaluate("axe.run().then((result) => result.violations)")
    said = [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found
    ]
    assert not said, part + "\n" + "\n".join(said)

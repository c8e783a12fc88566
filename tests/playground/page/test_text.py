"""Entities become elements, whatever a bot sends stays text, and nothing leaves its box."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.playground.page.toy import Toy

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture(autouse=True)
async def _started(toy: Toy) -> None:
    toy.meet()


async def test_every_entity(page: Page, toy: Toy) -> None:
    await toy.say(
        "<b>bold <i>both</i></b> <u>under</u> <s>struck</s> <code>code</code> "
        '<a href="https://docs.djangoproject.com/">a link</a> @ada_lovelace #tag /echo https://example.org',
        parse_mode="HTML",
    )
    text = page.locator(".text").last
    await expect(text.locator("strong em")).to_have_text("both")
    await expect(text.locator("u")).to_have_text("under")
    await expect(text.locator("s")).to_have_text("struck")
    await expect(text.locator("code")).to_have_text("code")
    link = text.get_by_role("link", name="a link")
    await expect(link).to_have_attribute("href", "https://docs.djangoproject.com/")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(text.locator(".mention")).to_have_text(["@ada_lovelace", "#tag"])
    await text.get_by_role("button", name="/echo").click()
    await expect(page.locator(".row.mine .text").last).to_have_text("/echo")


async def test_code_shows_its_language_in_colours_and_can_be_copied(page: Page, toy: Toy) -> None:
    code = 'def many(n):\n    # a note\n    return f"{n} <b>"'
    await toy.say(
        f'<pre><code class="language-python">{code.replace("<", "&lt;")}</code></pre>After.',
        parse_mode="HTML",
    )
    block = page.locator(".code-block")
    await expect(block.locator(".code-head")).to_contain_text("python")
    await expect(block.locator("pre")).to_have_text(code)
    await expect(block.locator(".code-k")).to_have_text(["def", "return"])
    await expect(block.locator(".code-c")).to_have_text("# a note")
    await block.get_by_role("button", name="Copy the code").click()
    assert await page.evaluate("navigator.clipboard.readText()") == code


async def test_a_spoiler_opens_by_enter_and_survives_an_edit(page: Page, toy: Toy) -> None:
    message = await toy.say("Answer: <tg-spoiler>forty-two</tg-spoiler>", parse_mode="HTML")
    spoiler = page.get_by_role("button", name="Hidden text, show it")
    await expect(page.locator(".spoiler-text")).to_have_css("opacity", "0")
    await spoiler.focus()
    await page.keyboard.press("Enter")
    await expect(spoiler).to_have_count(0)
    await expect(page.locator(".spoiler-text")).to_have_css("opacity", "1")
    await toy.call(
        "editMessageText",
        chat_id=toy.ada.id,
        message_id=message["message_id"],
        text="Indeed: <tg-spoiler>forty-two</tg-spoiler>",
        parse_mode="HTML",
    )
    await expect(page.locator(".text").last).to_contain_text("Indeed")
    await expect(page.locator(".spoiler-text")).to_have_css("opacity", "1")


async def test_a_long_quote_folds(page: Page, toy: Toy) -> None:
    lines = "\n".join(f"line {number}" for number in range(9))
    await toy.say(f"<blockquote expandable>{lines}</blockquote>End.", parse_mode="HTML")
    quote = page.locator("blockquote")
    low = (await quote.bounding_box())["height"]
    more = page.get_by_role("button", name="Show more")
    await more.click()
    assert (await quote.bounding_box())["height"] > 2 * low
    await expect(page.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")


async def test_markup_in_names_and_texts_stays_text(page: Page, toy: Toy) -> None:
    evil = "<img src=x onerror=alert(1)>"
    toy.telegram.add_person(evil, "‮reversed")
    await toy.say(evil)
    await toy.say("x", reply_markup={"inline_keyboard": [[{"text": evil, "callback_data": "toast"}]]})
    await toy.say("<a href='https://example.org'>javascript:alert(1)</a>", parse_mode="HTML")
    await expect(page.locator(".text", has_text="onerror")).to_have_text(evil)
    await page.get_by_role("button", name="Switch person").click()
    await expect(page.get_by_role("menuitemradio").last).to_contain_text(evil)
    assert await page.locator("img[src='x']").count() == 0


async def test_strange_schemes_are_no_links(page: Page) -> None:
    made = await page.evaluate(
        """async () => {
          const { formatted } = await import("/page/text.js");
          const entity = (url) => [{ type: "text_link", offset: 0, length: 4, url }];
          const urls = ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://example.org/"];
          return urls.map((url) => formatted("word", entity(url)).firstChild.tagName);
        }"""
    )
    assert made == ["SPAN", "SPAN", "SPAN", "A"]


async def test_entities_that_overlap_keep_every_letter(page: Page) -> None:
    shown = await page.evaluate(
        """async () => {
          const { formatted } = await import("/page/text.js");
          const box = document.createElement("div");
          box.append(formatted("0123456789", [
            { type: "bold", offset: 0, length: 6 }, { type: "italic", offset: 3, length: 6 },
            { type: "code", offset: 8, length: 50 }]));
          return [box.textContent, box.querySelector("strong").textContent,
            [...box.querySelectorAll("em")].map((one) => one.textContent)];
        }"""
    )
    assert shown == ["0123456789", "012345", ["345", "678"]]


async def test_the_longest_text_with_a_hundred_entities(page: Page, toy: Toy) -> None:
    words = [f"<b>{'w' * 37}{number:02}</b>" for number in range(99)]
    text = "\n".join(words)
    await toy.say(text + "<i>" + "x" * 100 + "</i>", parse_mode="HTML")
    await expect(page.locator(".text strong")).to_have_count(99)
    await expect(page.locator(".text em")).to_have_text("x" * 100)

"""The live line: two tabs, a lost server, a bot that goes and comes back, drafts, reading above."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.playground.page.toy import Toy

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture(autouse=True)
async def _started(toy: Toy) -> None:
    toy.meet()


async def test_two_tabs_stay_in_sync_and_only_one_shows_the_alert(
    page: Page, context: BrowserContext, toy: Toy
) -> None:
    other = await context.new_page()
    await other.goto(page.url)
    await page.locator("#draft").fill("/menu")
    await page.keyboard.press("Enter")
    await expect(other.locator(".row.mine").last).to_contain_text("/menu")
    await other.get_by_role("button", name="Alert", exact=True).click()
    await expect(other.get_by_role("alertdialog")).to_be_visible()
    await page.get_by_role("button", name="Edit", exact=True).click()
    await expect(other.locator(".row").last).to_contain_text("The answer is 42.")
    await expect(page.get_by_role("alertdialog")).to_have_count(0)
    await page.locator("#plus-day").click()
    await expect(other.locator("#time")).to_contain_text("Tue 24 Nov")


async def test_two_people_in_two_tabs_never_mix(page: Page, context: BrowserContext, toy: Toy) -> None:
    other = await context.new_page()
    await other.goto(f"{toy.url}?person={toy.grace.id}")
    await expect(other.get_by_role("button", name="You are Grace Hopper")).to_be_visible()
    await page.locator("#draft").fill("for Toy only")
    await page.keyboard.press("Enter")
    await expect(page.locator(".row.theirs").last).to_contain_text("You said: for Toy only")
    await other.get_by_role("button", name="Start", exact=True).click()
    await expect(other.locator("#messages")).to_contain_text("You said: /start")
    assert "for Toy only" not in await other.locator("body").inner_text()
    assert "/start" not in await page.locator("#messages").inner_text()


async def test_a_lost_server_is_told_and_comes_back_without_a_reload(page: Page, toy: Toy) -> None:
    await toy.say("Before")
    await expect(page.locator(".row")).to_have_count(1)
    await page.evaluate("window.mark = 1")
    await page.locator("#draft").fill("a draft")
    await toy.stop()
    await expect(page.locator("#banner")).to_contain_text("Reconnecting…")
    await page.keyboard.press("Enter")
    await expect(page.locator(".toast.trouble")).to_contain_text("does not answer")
    await expect(page.locator("#draft")).to_have_value("a draft")
    await toy.say("While you were away")
    await toy.start()
    await expect(page.locator("#banner")).to_be_hidden(timeout=20_000)
    await expect(page.locator(".row").last).to_contain_text("While you were away")
    await page.locator("#draft").press("Enter")
    await expect(page.locator(".row.theirs").last).to_contain_text("You said: a draft")
    assert await page.evaluate("window.mark") == 1


async def test_another_run_of_the_server_is_read_anew(page: Page, toy: Toy) -> None:
    await toy.say("Before")
    await expect(page.locator(".row")).to_have_count(1)
    await toy.stop()
    toy.telegram = type(toy.telegram).load(toy.telegram.dump(), now=toy.now)
    await toy.say("After")
    await toy.start()
    await expect(page.locator(".row")).to_have_count(2)


async def test_a_restart_of_the_bot_is_seen_and_told(page: Page, toy: Toy) -> None:
    held = asyncio.Event()

    async def slow(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await page.route("**/playground/restart", slow)
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Restart the bot").click()
    await expect(page.locator("#banner")).to_contain_text("The bot is restarting…")
    held.set()
    await expect(page.locator(".toast")).to_contain_text("The bot has restarted.")
    await expect(page.locator("#banner")).to_be_hidden()


async def test_a_bot_that_is_away_is_told(page: Page, toy: Toy) -> None:
    await expect(page.locator("#chat-state")).to_have_text("online")
    await toy.stop_bot()
    toy.telegram.world.last_poll.clear()
    await expect(page.locator("#banner")).to_contain_text("Toy is away.")
    await page.locator("#draft").fill("waiting")
    await page.keyboard.press("Enter")
    await toy.start_bot()
    await expect(page.locator(".row.theirs").last).to_contain_text("You said: waiting")
    await expect(page.locator("#banner")).to_be_hidden()


async def test_a_draft_survives_a_reload_and_another_chat(page: Page, toy: Toy) -> None:
    toy.telegram.add_group("Others", [toy.ada])
    await page.locator("#draft").fill("half a thought")
    await page.locator(".chat-entry", has_text="Others").click()
    await expect(page.locator("#draft")).to_have_value("")
    await page.go_back()
    await expect(page.locator("#draft")).to_have_value("half a thought")
    await page.reload()
    await expect(page.locator("#draft")).to_have_value("half a thought")


async def test_who_reads_above_is_not_moved(page: Page, toy: Toy) -> None:
    for number in range(60):
        await toy.say(f"Number {number}")
    await expect(page.locator(".row")).to_have_count(60)
    scroller = page.locator("#scroller")
    await scroller.hover()
    await page.mouse.wheel(0, -900)
    await expect(page.get_by_role("button", name="Go to the end")).to_be_visible()
    top = await scroller.evaluate("node => node.scrollTop")
    await toy.say("One more")
    down = page.get_by_role("button", name="1 new message, go to the end")
    await expect(down).to_be_visible()
    assert await scroller.evaluate("node => node.scrollTop") == top
    assert await page.title() == "(1) Gotit playground"
    await down.click()
    await expect(page.locator(".text", has_text="One more")).to_be_in_viewport()
    await expect(down).to_be_hidden()
    await expect(page).to_have_title("Gotit playground")


async def test_a_long_answer_is_read_from_its_first_line(page: Page, toy: Toy) -> None:
    for number in range(30):
        await toy.say(f"Number {number}")
    await toy.say("First line\n" + "more\n" * 100)
    await expect(page.locator(".row").last.locator(".text")).to_be_in_viewport()


async def test_a_text_that_begins_anew_is_read_from_its_first_line(page: Page, toy: Toy) -> None:
    keys = [[{"text": f"Place {number}", "callback_data": "toast"}] for number in range(19)]
    message = await toy.say("Where are you?", reply_markup={"inline_keyboard": keys[:14]})
    await expect(page.get_by_role("button", name="Place 13")).to_be_in_viewport()
    edit = {"message_id": message["message_id"], "reply_markup": {"inline_keyboard": keys}}
    await toy.call("editMessageText", chat_id=toy.ada.id, text="What do you want to learn?", **edit)
    await expect(page.locator(".text")).to_have_text("What do you want to learn?")
    await expect(page.locator(".text")).to_be_in_viewport()


async def test_a_verdict_below_a_long_answer_stays_in_sight(page: Page, toy: Toy) -> None:
    message = await toy.say("First line")
    answer = "First line\n" + "more\n" * 100
    edit = {"chat_id": toy.ada.id, "message_id": message["message_id"]}
    keys = {"inline_keyboard": [[{"text": "Got it", "callback_data": "toast"}]]}
    await toy.call("editMessageText", text=answer, reply_markup=keys, **edit)
    await expect(page.locator(".text")).to_contain_text("more")
    assert (await page.locator(".row").bounding_box())["y"] > 0
    await page.get_by_role("button", name="Got it").click()
    await toy.call("editMessageText", text=answer + "A verdict.", reply_markup=keys, **edit)
    await expect(page.locator(".text")).to_contain_text("A verdict.")
    await expect(page.get_by_role("button", name="Got it")).to_be_in_viewport()


async def test_a_stranger_in_the_address_is_nobody(page: Page, toy: Toy) -> None:
    await page.goto(f"{toy.url}?person=999999")
    await expect(page.get_by_role("button", name="You are Ada Lovelace")).to_be_visible()


async def test_who_has_just_come_to_the_end_stays_there(page: Page, toy: Toy) -> None:
    for number in range(40):
        await toy.say(f"Number {number}")
    await expect(page.locator(".row")).to_have_count(40)
    await page.locator("#scroller").evaluate("node => node.scrollTo(0, 0)")
    await expect(page.get_by_role("button", name="Go to the end")).to_be_visible()
    # An edit that comes before the browser has told of the scrolling.
    await page.evaluate(
        """async () => {
          const { apply, world } = await import("/page/world.js");
          const last = [...world.chats.values()][0].messages.at(-1);
          const scroller = document.getElementById("scroller");
          scroller.scrollTop = scroller.scrollHeight;
          apply("edit", { message: { ...last, text: "Number\\nmore\\nmore\\nmore\\nmore" } });
        }"""
    )
    await expect(page.locator(".text").last).to_be_in_viewport(ratio=1)

"""Cards in a group: each looks and rates for themselves, the group sees counts."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.bank import Bank
from bot.db.tables import Review
from bot.playground.emulator import Group, Person, Telegram
from tests.conversations.groups.table import bot_messages, newest, next_round, say, tap
from tests.support.stage import TOKEN, Stage


async def cards(stage: Stage, person: Person, group: Group, words: str = "2") -> None:
    """Open a game of cards and start it."""
    await say(stage, person, f"/quiz {words}", group)
    await tap(stage, person, "As cards", group)
    assert person.toasts[-1] == f"{words} cards, 120 seconds each"
    await tap(stage, person, "Start", group)


@pytest.fixture
async def old_stage(bank: Bank, migrated_url: str) -> AsyncIterator[Stage]:
    """A stage whose Telegram knows no private answers in groups."""
    stage = Stage(bank, migrated_url)
    stage.telegram = Telegram(now=stage.clock, api_version="10.1")
    stage.telegram.add_bot(TOKEN, "gotit_bot", "Gotit")
    stage.app = stage._app()
    await stage.open()
    yield stage
    await stage.close()


async def test_everyone_looks_for_themselves(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await cards(stage, ada, group)
    card = newest(group)
    assert card.buttons == [["👀 Show answer"], ["✅ Got it", "❌ Missed"]]
    await tap(stage, ada, "Show answer", group, card)
    mine = ada.last_in(group)
    assert mine.ephemeral
    assert "How did you do?" in mine.text
    assert "Key points" in mine.text
    assert bob.last_in(group) == card, "nobody is spoiled"
    await stage.pass_time(seconds=6)
    await tap(stage, ada, "Got it", group, mine)
    assert "✅ Got it." in ada.last_in(group).text
    assert ada.last_in(group).buttons == []
    assert "✅ 1 · ❌ 0" in card.text
    assert "Ada" not in card.text
    await tap(stage, bob, "Missed", group, card)
    assert "❌ Missed." in bob.last_in(group).text, "a rating shows the answer"
    assert bob.toasts[-1] == "Noted: missed. It will come back to you."
    await stage.pass_time(seconds=6)
    assert "✅ 1 · ❌ 1" in card.text
    async with stage.app.database.reading() as session:
        rows = (await session.execute(select(Review.user_id, Review.rating, Review.guess, Review.way))).all()
    assert set(rows) == {(ada.id, 2, 0.0, "group"), (bob.id, 1, 0.0, "group")}


async def test_at_their_own_pace_and_once(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await cards(stage, ada, group)
    first = newest(group)
    await tap(stage, ada, "Got it", group, first)
    await stage.pass_time(seconds=122)
    await next_round(stage)
    second = newest(group)
    assert second != first
    assert "2 of 2" in second.text
    await tap(stage, bob, "Missed", group, first)
    assert "Noted: missed" in bob.toasts[-1]
    await tap(stage, ada, "Missed", group, second)
    await ada.press_data(second, second.rows[1][0]["callback_data"])
    await stage.settle()
    assert "what you said first counts" in ada.toasts[-1]
    await stage.pass_time(seconds=122)
    await next_round(stage)
    text = newest(group).text
    assert "2 cards, 3 ratings: 1 got it" in text
    assert "Ada" not in text
    assert "Bob" not in text
    assert "No points yet" in await say(stage, ada, "/leaderboard", group), "nobody farms by rating"
    await tap(stage, bob, "Got it", group, second)
    assert "Noted: got it" in bob.toasts[-1], "after the end, too"


async def test_nobody_there(stage: Stage, group: Group, ada: Person) -> None:
    await cards(stage, ada, group, "5")
    for _ in range(2):
        await stage.pass_time(seconds=122)
        await next_round(stage)
    assert "Is anyone there?" in newest(group).text
    await tap(stage, ada, "Go on", group)
    await next_round(stage)
    assert "3 of 5" in newest(group).text
    assert "stopped" not in await say(stage, ada, "/stop", group)


async def test_an_older_server_leads_to_the_private_chat(old_stage: Stage) -> None:
    stage = old_stage
    ada, bob = stage.person("Ada"), stage.person("Bob")
    group = stage.telegram.add_group("Study", [bob], [ada])
    await stage.settle()
    await cards(stage, ada, group)
    card, before = newest(group), len(bot_messages(group))
    for person in (ada, bob, ada):
        await tap(stage, person, "Show answer", group, card)
        url = person.answers[-1].url
        assert url is not None
        assert url.startswith("https://t.me/gotit_bot?start=q_")
    assert len(bot_messages(group)) == before, "nothing that everyone sees"
    probes = [call for call in stage.telegram.calls if call.method == "deleteEphemeralMessage"]
    assert len(probes) == 1, "asked once"
    assert not any("ephemeral_message_parameters" in call.parameters for call in stage.telegram.calls)
    await tap(stage, bob, "Missed", group, card)
    assert bob.toasts[-1] == "Noted. Show answer opens the full card."
    await bob.start(url.partition("start=")[2])
    await stage.settle()
    assert "Show answer" in str(bob.last.buttons)


async def test_a_server_that_ignores_the_wish_shows_nothing_for_long(old_stage: Stage) -> None:
    stage = old_stage
    ada = stage.person("Ada")
    group = stage.telegram.add_group("Study", [], [ada])
    await stage.settle()
    await cards(stage, ada, group)
    card, before = newest(group), len(bot_messages(group))
    stage.app.application.bot_data.knows_private = True
    await tap(stage, ada, "Show answer", group, card)
    assert len(bot_messages(group)) == before, "deleted at once"
    assert ada.answers[-1].url is not None
    assert stage.app.application.bot_data.knows_private is False


async def test_a_flood_leads_to_the_private_chat_too(stage: Stage, group: Group, ada: Person) -> None:
    await cards(stage, ada, group)
    card = newest(group)
    stage.telegram.faults.flood(40, method="sendMessage")
    await tap(stage, ada, "Show answer", group, card)
    assert ada.answers[-1].url is not None


async def test_a_daily_card(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await say(stage, ada, "/subscribe 13:00", group)
    await say(stage, ada, "/settings", group)
    await tap(stage, ada, "Daily as a card", group)
    assert "a card to talk about" in newest(group).text
    await stage.pass_time(hours=1)
    card = newest(group)
    assert card.text.startswith("📅 Question of the day · ")
    assert "Show answer" in str(card.buttons)
    await tap(stage, bob, "Show answer", group, card)
    assert "How did you do?" in bob.last_in(group).text
    await stage.pass_time(hours=21)
    assert newest(group) == card
    await tap(stage, bob, "Got it", group, bob.last_in(group))
    assert "Noted: got it" in bob.toasts[-1]


async def test_cards_of_another_group_are_refused(stage: Stage, group: Group, ada: Person) -> None:
    eve = stage.person("Eve")
    other = stage.telegram.add_group("Other", [], [eve])
    await stage.settle()
    await cards(stage, ada, group)
    for data in ("1:gv:1", "1:gr:1:1", "1:gr:1:7", "1:gv:99"):
        await eve.press_data(newest(other), data)
        await stage.settle()
    assert len(eve.alerts) == 4

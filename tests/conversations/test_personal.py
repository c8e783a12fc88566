"""/export and /forget: everything about a person, and nothing left of them."""

from __future__ import annotations

import json

from sqlalchemy import text

from bot.db.tables import Base
from bot.playground.emulator import Person, files
from tests.support.stage import TOKEN, Stage


async def lived(stage: Stage, name: str) -> Person:
    """Someone with rows in every private table."""
    person = stage.person(name)
    await stage.say(person, "/subscribe 9:00 Berlin")
    await stage.say(person, "/interview 2027-02-01")
    await stage.pass_time(days=1)
    await stage.tap(person, "Missed")
    await stage.say(person, "/quiz 2")
    await stage.tap(person, "Got it")
    await stage.say(person, "/stats")
    await stage.say(person, "/pause 3")
    return person


async def traces(stage: Stage, person: Person) -> set[str]:
    """Tables in which any column holds the person's id: walked by the metadata, not by a list."""
    found = set()
    async with stage.app.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                query = text(
                    f'SELECT count(*) FROM "{table.name}" WHERE CAST("{column.name}" AS VARCHAR(100)) = :id'
                )
                if await session.scalar(query, {"id": str(person.id)}):
                    found.add(table.name)
    return found


async def test_the_export_holds_everything(stage: Stage) -> None:
    ada, eve = await lived(stage, "Ada"), await lived(stage, "Eve")
    await stage.say(ada, "/export")
    document = ada.last.message.content["document"]
    stored = stage.telegram.world.state.files[document["file_id"]]
    export = json.loads(files.bytes_of(stored))
    assert document["file_name"] == "gotit.json"
    assert export["user_id"] == ada.id
    assert set(export) >= await traces(stage, ada)
    assert {"users", "subscriptions", "asks", "reviews", "cards", "learners", "rests"} <= set(export)
    assert export["users"][0]["time_zone"] == "Europe/Berlin"
    assert len(export["reviews"]) == 2
    assert str(eve.id) not in json.dumps(export)


async def test_forget_wants_the_words_and_leaves_nothing(stage: Stage) -> None:
    ada, eve = await lived(stage, "Ada"), await lived(stage, "Eve")
    before = await traces(stage, eve)
    assert len(before) >= 8
    assert "type forget me" in await stage.say(ada, "/forget")
    assert "nothing was deleted" in await stage.say(ada, "yes")
    assert await traces(stage, ada)
    await stage.say(ada, "/forget")
    assert "nothing about you is left" in await stage.say(ada, "Forget  ME")
    assert await traces(stage, ada) == set()
    assert await traces(stage, eve) == before
    sent = len(ada.messages())
    for _ in range(5):
        await stage.pass_time(days=1)
    assert len(ada.messages()) == sent
    assert "interview trainer" in await stage.say(ada, "/start")


async def test_a_press_on_an_old_card_after_forget_is_refused(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz 1")
    card = ada.last
    await stage.say(ada, "/forget")
    await stage.say(ada, "forget me")
    await stage.tap(ada, "Missed", message=card)
    assert ada.alerts[-1].startswith("I no longer know this card: its data was deleted, or it is too old.")
    assert "/quiz" in ada.alerts[-1]
    assert TOKEN


async def test_a_block_after_forget_leaves_no_trace(stage: Stage) -> None:
    ada = await lived(stage, "Ada")
    await stage.say(ada, "/forget")
    await stage.say(ada, "forget me")
    await ada.block_bot()
    await stage.settle()
    assert await traces(stage, ada) == set()
    await ada.unblock_bot()
    await stage.settle()
    assert await traces(stage, ada) == set()


async def test_an_old_press_after_cancel_deletes_nothing(stage: Stage) -> None:
    ada = await lived(stage, "Ada")
    await stage.say(ada, "/forget")
    await stage.say(ada, "/cancel")
    assert "commands and buttons only" in await stage.say(ada, "forget me")
    assert await traces(stage, ada)

"""The interview's date: set, refused, near, over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.emulator import Person
from tests.support.stage import Stage


async def test_set_shown_and_forgotten(stage: Stage) -> None:
    ada = stage.person()
    assert "When is your interview?" in await stage.say(ada, "/interview")
    assert "70 days to go" in await stage.say(ada, "/interview 2027-02-01")
    assert "Mon 1 Feb 2027" in await stage.say(ada, "/interview")
    assert "No interview date" in await stage.tap(ada, "Forget")
    assert "When is" in await stage.say(ada, "/interview")
    assert "30 days to go" in await stage.tap(ada, "In 1 month")
    assert "No interview date" in await stage.say(ada, "/interview off")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("2026-11-22", "is over"),
        ("2026-11-23", "today"),
        ("2036-11-23", "two years ahead"),
        ("tomorrow", "do not read"),
        ("2026-02-30", "do not read"),
        ("01.02.2027", "do not read"),
        ("9999-99-99", "do not read"),
        ("x" * 4000, "do not read"),
    ],
)
async def test_dates_that_cannot_be(stage: Stage, words: str, answer: str) -> None:
    ada = stage.person()
    text = await stage.say(ada, f"/interview {words}"[:4096])
    assert answer in text
    assert "/interview 2027-01-22" in text


async def test_the_eve_and_the_day_after(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00 Tokyo")
    await stage.say(ada, "/quiz security 2")
    await stage.tap(ada, "Missed")
    await stage.say(ada, "/interview 2026-12-01")
    heard = []
    for _ in range(12 * 4):
        before = len(ada.messages())
        await stage.pass_time(hours=6)
        heard += [
            seen.text.splitlines()[0]
            for seen in ada.messages()[before:]
            if "Show answer" not in str(seen.buttons)
        ]
    heard = [text for text in heard if "week" not in text]
    assert heard == [
        "🌙 Tomorrow is your interview.",
        "👋 How was it? I hope it went well. I go back to the usual pace now. "
        "Another date? Just tell me: /interview.",
    ]
    assert "When is your interview?" in await stage.say(ada, "/interview")


async def test_missed_questions_return_sooner_when_it_is_near(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/quiz 2")
    assert "from Mon 30 Nov on" in await stage.tap(ada, "Missed")
    await stage.say(ada, "/interview 2026-11-26")
    await stage.tap(ada, "Next question")
    assert "from Thu 26 Nov on" in await stage.tap(ada, "Missed")


async def test_no_message_comes_for_a_date_that_was_taken_back(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/interview 2026-12-01")
    await stage.say(ada, "/interview off")
    sent = len(ada.messages())
    for _ in range(12):
        await stage.pass_time(days=1)
    assert len(ada.messages()) == sent


async def test_a_week_is_summed_up_on_its_last_evening(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00")
    for _ in range(5):
        await stage.pass_time(days=1)
        await stage.tap(ada, "Got it")
    stage.clock.time = stage.clock() + timedelta(days=1)
    await stage.app.tick()
    await stage.tap(ada, "Missed")
    await stage.pass_time(hours=7)
    assert ada.last.text.startswith("📬 Your week")
    assert "6 answers on 6 days, 83% known" in ada.last.text
    await stage.say(ada, "/settings")
    await stage.tap(ada, "More")
    await stage.tap(ada, "Weekly summary")
    for _ in range(8):
        await stage.pass_time(days=1)
        await stage.tap(ada, "Got it")
    assert len([seen for seen in ada.messages() if "Your week" in seen.text]) == 1


def heard(person: Person, words: str) -> int:
    """How many messages say so."""
    return sum(words in seen.text for seen in person.messages())


async def met_with_trouble(stage: Stage, person: Person, moment: str) -> None:
    """Let a notice be claimed at a moment, and its message fail in a way that passes."""
    stage.clock.time = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    await stage.app.tick()
    stage.clock.move(hours=1)
    stage.telegram.faults.server_error(method="sendMessage", chat_id=person.id)
    await stage.app.tick()


@pytest.mark.parametrize("words", ["/subscribe 8:30", "/subscribe Lisbon", "/subscribe Berlin"])
@pytest.mark.parametrize(
    ("moment", "notice"),
    [
        ("2026-11-30 17:00", "Tomorrow is your interview"),
        ("2026-12-02 09:00", "How was it?"),
        ("2026-11-29 18:00", "Your week"),
    ],
)
async def test_a_notice_that_waits_for_its_next_try_survives_a_change(
    stage: Stage, moment: str, notice: str, words: str
) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 8:00 London")
    await stage.say(ada, "/quiz 1")
    await stage.tap(ada, "Got it")
    await stage.say(ada, "/interview 2026-12-01")
    await met_with_trouble(stage, ada, moment)
    assert heard(ada, notice) == 0
    await stage.say(ada, words)
    for _ in range(5):
        await stage.pass_time(minutes=1)
    assert heard(ada, notice) == 1
    await stage.say(ada, "/subscribe 8:45")
    for _ in range(5):
        await stage.pass_time(hours=1)
    assert heard(ada, notice) == 1
    if notice == "How was it?":
        assert "When is your interview?" in await stage.say(ada, "/interview")


async def test_an_eve_that_a_move_to_the_east_leaves_behind_comes_at_once(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 8:00 London")
    await stage.say(ada, "/interview 2026-11-25")
    await stage.pass_time(days=1)
    await stage.say(ada, "/subscribe Tokyo")
    await stage.pass_time(minutes=1)
    assert heard(ada, "Tomorrow is your interview") == 1
    await stage.pass_time(hours=6)
    assert heard(ada, "Tomorrow is your interview") == 1


async def test_a_notice_that_waits_is_dropped_with_its_date(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 8:00 London")
    await stage.say(ada, "/interview 2026-12-01")
    await met_with_trouble(stage, ada, "2026-11-30 17:00")
    await stage.say(ada, "/interview 2026-12-02")
    await stage.pass_time(minutes=5)
    assert heard(ada, "Tomorrow is your interview") == 0
    await stage.pass_time(days=1)
    assert heard(ada, "Tomorrow is your interview") == 1


async def test_a_silent_week_has_no_summary(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00")
    for _ in range(14):
        await stage.pass_time(hours=12)
    assert not [seen for seen in ada.messages() if "Your week" in seen.text]

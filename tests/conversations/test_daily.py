"""The day: the question comes at the user's local time, once, whatever happens to clocks and wishes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.playground.emulator import Person
from tests.support.stage import Stage


def questions(person: Person) -> int:
    """How many questions lie in the chat."""
    return sum(any("Hint" in label for row in seen.buttons for label in row) for seen in person.messages())


def start_at(stage: Stage, text: str, zone: str) -> None:
    """Set the clock before anything happens."""
    stage.clock.time = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


async def walk(stage: Stage, until: str, zone: str, person: Person) -> list[str]:
    """Tick every quarter of an hour up to a moment; give the local times at which a question came."""
    end = datetime.fromisoformat(until).replace(tzinfo=ZoneInfo(zone))
    came = []
    while stage.clock() < end:
        before = questions(person)
        await stage.pass_time(minutes=15)
        if questions(person) > before:
            came.append(f"{stage.clock().astimezone(ZoneInfo(zone)):%d %H:%M}")
    return came


async def test_it_comes_at_the_minute_and_once(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 14:30 Berlin")
    await stage.pass_time(hours=1, minutes=29, seconds=59)
    assert questions(ada) == 0
    await stage.pass_time(seconds=1)
    assert questions(ada) == 1
    for _ in range(5):
        await stage.pass_time(seconds=5)
    assert questions(ada) == 1


async def test_a_clock_that_is_set_back_an_hour(stage: Stage) -> None:
    """What came does not come again when its minute does; what is to come still comes, by the clock."""
    ada, bob = stage.person("Ada"), stage.person("Bob")
    await stage.say(ada, "/subscribe 12:15 UTC")
    await stage.say(bob, "/subscribe 13:00 UTC")
    await stage.pass_time(minutes=20)
    await stage.pass_time(hours=-1)
    await stage.tap(ada, "Missed")
    assert "Missed." in ada.last.text
    for _ in range(18):
        await stage.pass_time(minutes=5)
    assert (questions(ada), questions(bob)) == (0, 0), "hers is rated, his is not due at 12:50"
    await stage.pass_time(minutes=15)
    assert (questions(ada), questions(bob)) == (0, 1)
    await stage.pass_time(days=1)
    assert (questions(ada), questions(bob)) == (1, 2)


async def test_the_aim_of_it_all(stage: Stage) -> None:
    """Missed today, seen again within a month of daily questions."""
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00")
    await stage.pass_time(days=1)
    missed = ada.last.text.splitlines()[2]
    await stage.tap(ada, "Show answer")
    await stage.tap(ada, "Missed")
    for _ in range(30):
        await stage.pass_time(days=1)
        if missed in ada.last.text:
            break
        await stage.tap(ada, "Got it")
    assert missed in ada.last.text
    await stage.tap(ada, "Why")
    assert "you missed it" in ada.alerts[-1]


async def test_spring_forward(stage: Stage) -> None:
    start_at(stage, "2026-03-28 12:00", "Europe/Berlin")
    ada = stage.person()
    await stage.say(ada, "/subscribe 2:30 Berlin")
    came = await walk(stage, "2026-03-30 12:00", "Europe/Berlin", ada)
    assert came == ["29 03:00", "30 02:30"], "a time in the gap: the first moment after it"


async def test_fall_back(stage: Stage) -> None:
    start_at(stage, "2026-10-24 12:00", "Europe/Berlin")
    ada = stage.person()
    await stage.say(ada, "/subscribe 2:30 Berlin")
    came = await walk(stage, "2026-10-26 12:00", "Europe/Berlin", ada)
    assert came == ["25 02:30", "26 02:30"], "a time that comes twice: the first, and once"


async def test_leap_day_and_new_year(stage: Stage) -> None:
    start_at(stage, "2028-02-28 12:00", "Asia/Kathmandu")
    ada = stage.person()
    await stage.say(ada, "/subscribe 9:00 Kathmandu")
    assert await walk(stage, "2028-03-01 12:00", "Asia/Kathmandu", ada) == ["29 09:00", "01 09:00"]
    eve = stage.person("Eve")
    stage.clock.time = datetime(2028, 12, 31, 12, tzinfo=UTC)
    await stage.say(eve, "/subscribe 0:00 London")
    assert await walk(stage, "2029-01-01 12:00", "Europe/London", eve) == ["01 00:00"]


async def test_moved_to_earlier_today_waits_for_tomorrow(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 18:00")
    assert "tomorrow at 11:00" in await stage.say(ada, "/subscribe 11:00")
    await stage.pass_time(hours=11)
    assert questions(ada) == 0


async def test_moved_to_later_after_todays_question_waits_for_tomorrow(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 12:30")
    await stage.pass_time(minutes=30)
    assert questions(ada) == 1
    assert "tomorrow at 18:00" in await stage.say(ada, "/subscribe 18:00")


async def test_a_new_zone_after_todays_question_gives_no_second_one_that_date(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 12:30")
    await stage.pass_time(minutes=30)
    assert "tomorrow at 12:30" in await stage.say(ada, "/subscribe Los Angeles")
    await stage.pass_time(hours=12)
    assert questions(ada) == 1


async def came_by_wednesday(stage: Stage, person: Person) -> list[str]:
    """Tick now and at each full hour up to Wednesday 10:00 UTC; give the hours in which a question came."""
    came = []
    while stage.clock() < datetime(2026, 11, 25, 10, tzinfo=UTC):
        before = questions(person)
        await stage.app.tick()
        if questions(person) > before:
            came.append(f"{stage.clock():%d %H:%M}")
        stage.clock.time = stage.clock().replace(minute=0, second=0) + timedelta(hours=1)
    return came


@pytest.mark.parametrize(
    ("page", "press"),
    [
        ("Any level", "Junior"),
        ("All topics", "Security"),
        ("🔢", "3"),
        ("📅", "Sun"),
        ("⏰", "12:00"),
        ("🌍", "Berlin"),
    ],
)
async def test_a_setting_changed_while_it_is_due_takes_nothing(stage: Stage, page: str, press: str) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00 London")
    stage.clock.move(hours=1, seconds=2)
    await stage.say(ada, "/settings")
    await stage.tap(ada, page)
    await stage.tap(ada, press)
    came = await came_by_wednesday(stage, ada)
    assert came[0] == "23 13:00"
    assert [moment[:2] for moment in came] == ["23", "24"]


@pytest.mark.parametrize(
    ("words", "came"),
    [
        ("13:00", ["23 13:00", "24 13:00"]),
        ("14:00", ["23 14:00", "24 14:00"]),
        ("12:00", ["23 13:00", "24 12:00"]),
        ("14:00 Berlin", ["23 13:00", "24 13:00"]),
        ("Los Angeles", ["23 21:00", "24 21:00"]),
        ("3:00 Auckland", ["23 14:00", "24 14:00"]),
    ],
)
async def test_moved_while_it_is_due_it_comes_once_by_the_new_wish(
    stage: Stage, words: str, came: list[str]
) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00 UTC")
    stage.clock.move(hours=1, seconds=2)
    await stage.say(ada, f"/subscribe {words}")
    assert await came_by_wednesday(stage, ada) == came


async def test_a_day_that_is_wanted_no_more_has_no_question_although_it_was_due(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00 UTC")
    stage.clock.move(hours=1, seconds=2)
    await stage.say(ada, "/settings")
    await stage.tap(ada, "📅")
    await stage.tap(ada, "Mon")
    assert await came_by_wednesday(stage, ada) == ["24 13:00"]


async def test_a_day_that_was_over_unclaimed_is_not_made_up_for_by_a_change(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 23:00 UTC")
    stage.clock.move(hours=22)
    assert "tomorrow at 09:00" in await stage.say(ada, "/subscribe 9:00")
    assert await came_by_wednesday(stage, ada) == ["25 09:00"]


async def test_resumed_in_the_moment_in_which_a_pause_ends(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00 UTC")
    await stage.say(ada, "/pause 1")
    stage.clock.move(days=1, hours=1, seconds=2)
    await stage.say(ada, "/resume")
    assert await came_by_wednesday(stage, ada) == ["24 13:00"]


async def test_after_an_outage_one_question_while_it_is_still_the_day(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00")
    await stage.pass_time(hours=11, minutes=30)
    assert questions(ada) == 1, "10 hours late, and still Monday"


async def test_after_a_longer_outage_the_days_are_skipped(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00")
    await stage.pass_time(days=3, hours=-2)
    assert questions(ada) == 0, "10:00 three days later: today's is not due yet, the others are over"
    await stage.pass_time(hours=3)
    assert questions(ada) == 1


async def test_several_a_day_come_by_the_button(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00")
    await stage.say(ada, "/settings")
    await stage.tap(ada, "🔢")
    await stage.tap(ada, "3")
    await stage.pass_time(hours=1)
    assert "1 of 3" in ada.last.text
    await stage.pass_time(hours=2)
    assert questions(ada) == 1, "never by itself"
    await stage.tap(ada, "Got it")
    assert "2 of 3" in await stage.tap(ada, "Next question")
    await stage.tap(ada, "Got it")
    assert "3 of 3" in await stage.tap(ada, "Next question")
    await stage.tap(ada, "Got it")
    assert " of 3" not in await stage.tap(ada, "Next question"), "beyond the day: one more, on demand"


async def test_no_question_twice_within_a_week(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 11:00")
    seen: dict[str, datetime] = {}
    for _ in range(25):
        await stage.pass_time(days=1)
        prompt = ada.last.text.splitlines()[2]
        assert stage.clock() - seen.get(prompt, stage.clock() - timedelta(days=99)) >= timedelta(days=7)
        seen[prompt] = stage.clock()
        await stage.tap(ada, "Missed")


async def test_silence_is_asked_about_once_and_then_left_in_peace(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 11:00")
    texts = []
    for _ in range(20):
        await stage.pass_time(days=1)
        texts.append(ada.last.text)
    nudges = [number for number, text in enumerate(texts, 1) if "Still there?" in text]
    assert nudges == [8], "after seven unanswered days, with the eighth question"
    assert "14 days, so I stop here" in texts[14]
    assert texts[14:] == [texts[14]] * 6, "nothing more after that"
    assert questions(ada) == 14
    assert "at 11:00" in await stage.tap(ada, "Resume")
    await stage.pass_time(days=1)
    assert questions(ada) == 15


async def test_an_answer_ends_the_silence(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 11:00")
    for _ in range(6):
        await stage.pass_time(days=1)
    await stage.tap(ada, "Got it")
    for _ in range(7):
        await stage.pass_time(days=1)
    assert not any("Still there?" in seen.text for seen in ada.messages())


async def test_a_block_pauses_and_a_start_resumes(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 11:00")
    await ada.block_bot()
    await stage.settle()
    calls = len(stage.telegram.calls)
    await stage.pass_time(days=3)
    assert not [call for call in list(stage.telegram.calls)[calls:] if call.method == "sendMessage"]
    await ada.unblock_bot()
    await ada.start()
    await stage.settle()
    await stage.pass_time(days=1)
    assert questions(ada) == 1


async def test_a_block_that_nobody_told_of_is_learned_from_the_refusal(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00")
    stage.telegram.faults.blocked(method="sendMessage")
    await stage.pass_time(hours=1)
    sends = [call for call in stage.telegram.calls if call.method == "sendMessage"]
    await stage.pass_time(days=5)
    assert len([call for call in stage.telegram.calls if call.method == "sendMessage"]) == len(sends)
    assert "at 13:00" in await stage.say(ada, "/start")


@pytest.mark.parametrize("seconds", [5, 60, 1800])
async def test_trouble_that_passes_is_tried_again(stage: Stage, seconds: int) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00")
    stage.telegram.faults.server_error(method="sendMessage")
    await stage.pass_time(hours=1)
    assert questions(ada) == 0
    await stage.pass_time(seconds=seconds)
    assert questions(ada) == 1
    await stage.pass_time(minutes=30)
    assert questions(ada) == 1


async def test_a_question_that_arrived_although_the_line_broke_is_rated_once(stage: Stage) -> None:
    ada = stage.person()
    await stage.say(ada, "/subscribe 13:00")
    stage.telegram.faults.cut_line(method="sendMessage")
    await stage.pass_time(hours=1)
    assert questions(ada) == 1
    await stage.pass_time(minutes=5)
    assert questions(ada) == 2, "at least once: nobody can know whether it arrived"
    first, second = [seen for seen in ada.messages() if "Show answer" in str(seen.buttons)]
    assert first.text == second.text
    await stage.tap(ada, "Missed", message=first)
    await stage.tap(ada, "Got it", message=second)
    assert "Missed." in second.text, "every copy carries the same ask"

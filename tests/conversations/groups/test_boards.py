"""Boards: who is on them, under which name, and that points cannot be farmed."""

from __future__ import annotations

import pytest

from bot.playground.emulator import Group, Person
from bot.services import picks
from bot.services.scores import places, points, short
from tests.conversations.groups.table import newest, next_round, say, started, tap, time_is_up, vote
from tests.support.stage import Stage


async def play(stage: Stage, group: Group, starter: Person, right: list[Person], rounds: int = 1) -> None:
    """Play a quiz in which some know everything."""
    await started(stage, starter, group, str(rounds))
    for _ in range(rounds):
        for person in right:
            await vote(stage, person, group)
        await time_is_up(stage)
        await next_round(stage)


async def test_week_month_all(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    assert "No points yet" in await say(stage, ada, "/leaderboard", group)
    await play(stage, group, ada, [ada])
    await stage.pass_time(days=8)
    await play(stage, group, ada, [bob])
    assert "Ada" not in await say(stage, ada, "/leaderboard", group)
    assert "🥇 \u2068Bob\u2069: 15" in newest(group).text
    await tap(stage, ada, "All time", group)
    assert "🥇 \u2068Ada\u2069: 15\n🥇 \u2068Bob\u2069: 15" in newest(group).text, "equals share a place"
    assert "All time" in await say(stage, ada, "/leaderboard all", group)
    assert "This month" in await say(stage, ada, "/leaderboard MONTH", group)
    assert "not for \u2068decade\u2069" in await say(stage, ada, "/leaderboard decade", group)


async def test_the_week_is_the_groups_own(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/subscribe 10:00 Pacific/Auckland", group)
    stage.clock.move(days=5, hours=22.9)  # Sunday 10:54 UTC, Sunday 23:54 there
    await play(stage, group, ada, [ada])
    assert "\u2068Ada\u2069" in await say(stage, ada, "/leaderboard", group)
    stage.clock.move(minutes=10)
    assert "No points yet" in await say(stage, ada, "/leaderboard", group)


async def test_a_hidden_name(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await play(stage, group, ada, [ada, bob])
    await say(stage, ada, "/leaderboard", group)
    await tap(stage, bob, "my name", group)
    assert "hidden here from now on" in bob.alerts[-1]
    text = await say(stage, ada, "/leaderboard", group)
    assert "Bob" not in text
    assert "🥇 someone: 15" in text
    await play(stage, group, ada, [ada, bob])
    assert "Bob" not in newest(group).text
    await tap(stage, bob, "my name", group)
    assert "Bob" in await say(stage, ada, "/leaderboard", group)


async def test_who_left_is_dropped_and_comes_back_with_their_points(
    stage: Stage, group: Group, ada: Person, bob: Person
) -> None:
    await play(stage, group, ada, [ada, bob])
    await bob.leave(group)
    await stage.settle()
    assert "Bob" not in await say(stage, ada, "/leaderboard", group)
    await bob.join(group)
    await stage.settle()
    await play(stage, group, ada, [bob])
    assert "\u2068Bob\u2069: 30" in await say(stage, ada, "/leaderboard", group)
    await group.promote_bot()
    await group.remove(bob)
    await stage.settle()
    assert "Bob" not in await say(stage, ada, "/leaderboard", group), "an admin bot is told of it"


async def test_a_question_counts_once_a_day(
    stage: Stage, group: Group, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = stage.telegram.add_group("Mine", [], [ada])
    await stage.settle()
    only = stage.bank.ids("security")[0]
    monkeypatch.setattr(picks, "fitting", lambda *_: [only])
    for place in (mine, group, mine, group):
        await play(stage, place, ada, [ada])
        assert "\u2068Ada\u2069: 15" in newest(place).text, "the quiz itself counts"
    assert "\u2068Ada\u2069: 15" in await say(stage, ada, "/leaderboard", mine)
    assert "No points yet" in await say(stage, ada, "/leaderboard", group), "known from the other group"
    await stage.pass_time(days=1)
    await play(stage, group, ada, [ada])
    assert "\u2068Ada\u2069: 15" in await say(stage, ada, "/leaderboard", group)


async def test_hostile_names(stage: Stage, ada: Person) -> None:
    eve = stage.person("<b>Eve</b> & \u202eevE\nsecond line, and very long " * 2)
    group = stage.telegram.add_group("Study", [eve], [ada])
    await stage.settle()
    await play(stage, group, ada, [eve, ada])
    text = newest(group).text
    assert "<b>Eve</b> & evE" in text
    assert "\u202e" not in text
    assert "very long" not in text


def test_points() -> None:
    assert points(right=False, left=1, streak=0) == 0
    assert points(right=True, left=0, streak=1) == 10
    assert points(right=True, left=1, streak=1) == 15
    assert points(right=True, left=7, streak=9) == 18, "both bonuses end somewhere"
    assert places([30, 30, 10, 5, 5]) == [1, 1, 3, 4, 4]
    assert places([]) == []
    assert short("  Ada \n\t Lovelace\u200b ") == "Ada Lovelace"
    assert short("x" * 99) == "x" * 23 + "…"

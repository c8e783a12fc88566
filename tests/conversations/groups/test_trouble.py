"""A quiz meets trouble: kills at every step, floods, refusals, strange and late votes, crowds."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.db.group_tables import Answer, Quiz, Round
from bot.db.tables import Ask, Review
from bot.games import Games
from bot.handlers import game_answers
from bot.playground.emulator import Group, Person
from bot.services import group_answers
from bot.services.plan import Move
from tests.conversations.groups.table import (
    bot_messages,
    lobby,
    newest,
    next_round,
    polls,
    say,
    started,
    tap,
    time_is_up,
    vote,
)
from tests.support.stage import TOKEN, Stage


class Killed(BaseException):
    """Nothing catches this, as nothing catches SIGKILL."""


async def count(stage: Stage, table: type) -> int:
    """Rows of a table."""
    async with stage.app.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


STEPS = [(moment, do) for do in ("ask", "reason", "podium") for moment in ("before", "after")]


@pytest.mark.parametrize(("moment", "do"), STEPS)
async def test_killed_at_every_step_of_a_round(
    stage: Stage,
    group: Group,
    ada: Person,
    bob: Person,
    moment: str,
    do: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await say(stage, ada, "/quiz 2", group)
    kills = [1]
    post = Games._post

    async def deadly(self: Games, move: Move) -> Any:
        if move.do == do and kills and moment == "before":
            kills.pop()
            raise Killed
        posted = await post(self, move)
        if move.do == do and kills:
            kills.pop()
            raise Killed
        return posted

    monkeypatch.setattr(Games, "_post", deadly)

    async def survive(work: Any) -> None:
        """Do it; if the process dies of it, start another one, and wait for the lease."""
        try:
            await work
        except (Killed, BaseExceptionGroup):
            await stage.restart()
            await stage.settle()
            await stage.pass_time(seconds=61)

    await survive(tap(stage, ada, "Start", group))
    for _ in range(2):
        await vote(stage, ada, group)
        await survive(vote(stage, bob, group, right=False))
        await survive(time_is_up(stage))
        await survive(next_round(stage))
    await survive(stage.pass_time(seconds=1))
    await stage.pass_time(seconds=10)
    assert not kills, "it was killed"
    assert "\u2068Ada\u2069: 31 (2 of 2)" in newest(group).text
    assert "· \u2068Bob\u2069: 0 (0 of 2)" in newest(group).text, "no medal for nothing"
    assert await count(stage, Review) == 4, "no answer is lost, none counts twice"
    assert await count(stage, Round) == await count(stage, Ask) == 2
    orphans = len(polls(group)) - 2
    assert orphans == (1 if (moment, do) == ("after", "ask") else 0)


async def test_an_orphan_is_ignored_and_its_round_asked_again(
    stage: Stage, group: Group, ada: Person
) -> None:
    await say(stage, ada, "/quiz 1", group)
    stage.telegram.faults.cut_line(method="sendPoll")
    await tap(stage, ada, "Start", group)
    orphan = polls(group)[-1]
    await ada.vote(orphan, 0)
    await stage.settle()
    assert await count(stage, Answer) == 0
    await stage.pass_time(seconds=6)
    assert len(polls(group)) == 2
    assert polls(group)[-1].text == orphan.text
    await vote(stage, ada, group)
    assert await count(stage, Answer) == 1


async def test_a_restart_in_mid_round(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await started(stage, ada, group, "1")
    await vote(stage, ada, group)
    await bob.vote(polls(group)[-1], polls(group)[-1].poll["correct_option_ids"][0])
    await stage.restart()
    await stage.pass_time(seconds=40)
    await stage.pass_time(seconds=2)
    await next_round(stage)
    assert "\u2068Bob\u2069: 10 (1 of 1)" in newest(group).text, "counted, though it came late"
    assert "\u2068Ada\u2069: 15 (1 of 1)" in newest(group).text


async def test_answers_that_waited_for_a_restart_come_before_the_reason(
    stage: Stage, group: Group, ada: Person, bob: Person
) -> None:
    await started(stage, ada, group, "1")
    await ada.vote(polls(group)[-1], polls(group)[-1].poll["correct_option_ids"][0])
    await stage.restart()
    stage.clock.move(minutes=5)
    await stage.app.tick()
    assert newest(group).poll is not None, "the scheduler is faster than what waits at Telegram"
    await stage.settle()
    await stage.pass_time(seconds=3)
    assert "1 of 1 knew it" in newest(group).text
    await next_round(stage)
    assert "\u2068Ada\u2069: 10 (1 of 1)" in newest(group).text


async def test_a_vote_after_the_end_still_counts_for_its_memory(
    stage: Stage, group: Group, ada: Person
) -> None:
    await started(stage, ada, group, "1")
    await ada.vote(polls(group)[-1], 0)
    updates = await stage.waiting()
    stage._offset = updates[-1].update_id + 1
    await time_is_up(stage)
    await next_round(stage)
    assert "Nobody answered" in newest(group).text
    for update in updates * 2:
        await stage.app.lanes.submit(update)
    assert await count(stage, Review) == 1


async def test_votes_in_unknown_polls_and_taken_back(stage: Stage, group: Group, ada: Person) -> None:
    await stage.telegram.call(
        TOKEN,
        "sendPoll",
        {
            "chat_id": group.id,
            "question": "Tea?",
            "options": ["yes", "no"],
            "is_anonymous": False,
            "allows_revoting": True,
        },
    )
    await ada.vote(newest(group), 0)
    await ada.retract_vote(newest(group))
    await stage.settle()
    assert await count(stage, Answer) == 0
    assert not stage.app.application.bot_data.failures


async def test_a_vote_that_overtakes_the_record_of_its_poll(
    stage: Stage, group: Group, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await say(stage, ada, "/quiz 1", group)
    settle = Games._settle
    early: list[asyncio.Task[None]] = []

    async def slow(self: Games, move: Move, posted: Any) -> None:
        if move.do == "ask":
            early.append(asyncio.create_task(vote(stage, ada, group)))
            await asyncio.sleep(0.1)
        await settle(self, move, posted)

    monkeypatch.setattr(Games, "_settle", slow)
    bob_starts = group.owner
    assert bob_starts == ada.id
    await ada.press("Start", chat=group)
    (update,) = await stage.waiting()
    stage._offset = update.update_id + 1
    monkeypatch.setattr("bot.api.in_order._owner", lambda update: update.update_id)
    await stage.app.lanes.submit(update)
    await asyncio.gather(*early)
    assert await count(stage, Answer) == 1


async def test_a_vote_that_overtakes_another_process(
    stage: Stage, group: Group, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await started(stage, ada, group, "1")
    async with stage.app.database.transaction() as session:
        sent = (await session.execute(select(Round))).scalar_one()
        quiz = (await session.execute(select(Quiz))).scalar_one()
        poll_id, message_id, step_at = sent.poll_id, sent.message_id, quiz.step_at
        sent.poll_id, sent.message_id = None, None
        quiz.busy, quiz.step_at = True, stage.clock() - timedelta(seconds=1)
    looks = 0

    async def another_process(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            async with stage.app.database.transaction() as session:
                sent = (await session.execute(select(Round))).scalar_one()
                quiz = (await session.execute(select(Quiz))).scalar_one()
                sent.poll_id, sent.message_id = poll_id, message_id
                quiz.busy, quiz.step_at = False, step_at

    monkeypatch.setattr(game_answers, "asyncio", SimpleNamespace(sleep=another_process))
    await vote(stage, ada, group)
    assert await count(stage, Answer) == 1
    assert looks == 3


async def test_a_poll_written_down_between_two_looks(
    stage: Stage, group: Group, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await started(stage, ada, group, "1")
    look, looks = group_answers.from_poll, []

    async def late(*given: Any, **more: Any) -> Any:
        looks.append(given)
        return await look(*given, **more) if len(looks) > 1 else None

    monkeypatch.setattr(group_answers, "from_poll", late)
    await vote(stage, ada, group)
    assert await count(stage, Answer) == 1


async def test_one_person_in_two_groups(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    other = stage.telegram.add_group("Work", [bob], [ada])
    await stage.settle()
    for place in (group, other):
        await started(stage, ada, place, "2")
    for _ in range(2):
        await vote(stage, bob, group)
        await vote(stage, bob, other, right=False)
        await time_is_up(stage)
        await next_round(stage)
    assert "\u2068Bob\u2069: 31 (2 of 2)" in newest(group).text
    assert "\u2068Bob\u2069: 0 (0 of 2)" in newest(other).text


async def test_a_flood_between_rounds(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "2")
    await vote(stage, ada, group)
    await time_is_up(stage)
    stage.telegram.faults.flood(40, method="sendPoll")
    for _ in range(4):
        await stage.pass_time(seconds=10)
    assert len(polls(group)) == 1, "the next question waits"
    await stage.pass_time(seconds=11)
    assert len(polls(group)) == 2
    await vote(stage, ada, group)
    await time_is_up(stage)
    await next_round(stage)
    assert "\u2068Ada\u2069: 31 (2 of 2)" in newest(group).text


async def test_a_flood_is_waited_out(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "2")
    await vote(stage, ada, group)
    stage.telegram.faults.flood(40, method="sendMessage")
    await time_is_up(stage)
    assert newest(group).poll is not None, "the reason waits"
    await stage.pass_time(seconds=30)
    assert newest(group).poll is not None
    await stage.pass_time(seconds=11)
    assert "1 of 1 knew it" in newest(group).text
    await next_round(stage)
    assert len(polls(group)) == 2


async def test_telegram_away_for_ten_minutes(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "1")
    await vote(stage, ada, group)
    stage.telegram.faults.server_error(502, method="sendMessage", times=6)
    for _ in range(40):
        await stage.pass_time(seconds=30)
    assert "🏁" in newest(group).text
    assert sum("knew it" in seen.text for seen in bot_messages(group)) == 1


async def test_polls_closed_by_an_admin(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "2")
    await vote(stage, ada, group)
    where = {"chat_id": group.id, "message_id": newest(group).message_id}
    await stage.telegram.call(TOKEN, "stopPoll", where)
    await stage.settle()
    await stage.pass_time(seconds=5)
    assert "1 of 1 knew it" in newest(group).text


async def test_without_the_right_to_send_polls(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await group.restrict_bot(can_send_polls=False)
    await started(stage, ada, group, "2")
    shown = newest(group)
    assert shown.poll is None
    assert "I may not send polls in this group" in shown.text
    assert shown.buttons == [["A", "B", "C", "D"]]
    assert "0 answers so far" in shown.text
    question = shown.text
    await stage.pass_time(seconds=6)
    async with stage.app.database.reading() as session:
        order = await session.scalar(select(Ask.option_order))
    assert order is not None
    await tap(stage, ada, "ABCD"[order.index("0")], group, shown)
    await tap(stage, bob, "ABCD"[order.index("2")], group, shown)
    await tap(stage, bob, "ABCD"[order.index("0")], group, shown)
    assert bob.toasts[-1] == f"Your answer stays: {'ABCD'[order.index('2')]}"
    assert "1 answer so far" in shown.text
    await stage.pass_time(seconds=5)
    assert "2 answers so far" in shown.text, "fifty answers are not fifty edits"
    await time_is_up(stage, 20)
    assert "1 of 2 knew it" in shown.text
    assert shown.buttons == []
    assert question.splitlines()[2] in shown.text, "the question stays, though its reason takes its place"
    await next_round(stage)
    assert "I may not send polls" not in newest(group).text, "it is said once"
    assert newest(group) != shown


async def test_a_closed_round_takes_no_buttons(stage: Stage, group: Group, ada: Person) -> None:
    await group.restrict_bot(can_send_polls=False)
    await started(stage, ada, group, "1")
    shown = newest(group)
    data = shown.rows[0][0]["callback_data"]
    for forged in ("1:gb:1:9", "1:gb:999:0", "1:gb:1:7"):
        await ada.press_data(shown, forged)
        await stage.settle()
    assert len(ada.alerts) == 3
    await time_is_up(stage)
    await ada.press_data(shown, data)
    await stage.settle()
    assert len(ada.alerts) == 4
    assert await count(stage, Answer) == 0


async def test_buttons_of_another_group_are_refused(stage: Stage, group: Group, ada: Person) -> None:
    eve = stage.person("Eve")
    other = stage.telegram.add_group("Other", [], [eve])
    await stage.settle()
    await say(stage, ada, "/quiz 1", group)
    for row in lobby(group).rows:
        for button in row:
            await eve.press_data(newest(other), button["callback_data"])
            await stage.settle()
    assert len(eve.alerts) == len([button for row in lobby(group).rows for button in row])
    assert "1 round, 30 seconds" in lobby(group).text


async def test_nowhere_to_write_ends_it(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "3")
    await group.restrict_bot(can_send_messages=False, can_send_polls=False)
    await time_is_up(stage)
    await stage.pass_time(seconds=10)
    async with stage.app.database.reading() as session:
        assert await session.scalar(select(Quiz.status)) == "over"


async def test_two_hundred_answer_in_the_same_second(stage: Stage, ada: Person) -> None:
    crowd = [stage.person(f"P{number}") for number in range(200)]
    group = stage.telegram.add_group("Crowd", crowd, [ada])
    await stage.settle()
    await started(stage, ada, group, "1")
    poll = polls(group)[-1]
    for number, person in enumerate(crowd):
        await person.vote(poll, number % 4)
    updates = await stage.waiting()
    while updates:
        await asyncio.gather(*(stage.app.lanes.submit(update) for update in updates))
        stage._offset = updates[-1].update_id + 1
        updates = await stage.waiting()
    assert await count(stage, Answer) == await count(stage, Review) == 200
    await time_is_up(stage)
    assert "50 of 200 knew it" in newest(group).text


async def test_twenty_rounds_of_fifty_stay_within_twenty_a_minute(stage: Stage, ada: Person) -> None:
    crowd = [stage.person(f"P{number}") for number in range(50)]
    group = stage.telegram.add_group("Crowd", crowd, [ada])
    await stage.settle()
    stage.telegram.world.calls = deque()
    await say(stage, ada, "/quiz 20", group)
    await ada.press_data(lobby(group), lobby(group).rows[2][0]["callback_data"])
    await ada.press_data(lobby(group), "1:gw:1:seconds:10")
    await stage.settle()
    for person in crowd:
        await tap(stage, person, "I'm in", group)
        stage.clock.move(milliseconds=300)
    await tap(stage, ada, "Start", group)
    for number in range(20):
        for person in crowd[: 3 if number else 50]:
            await person.vote(polls(group)[-1], 0)
        await stage.settle()
        for _ in range(4):
            await stage.pass_time(seconds=5)
    assert "🏁" in newest(group).text
    assert len(polls(group)) == 20
    silent = {"getUpdates", "answerCallbackQuery", "getChatAdministrators"}
    sent = [call.time for call in stage.telegram.calls if call.method not in silent]
    most = max(sum(moment <= other < moment + 60 for other in sent) for moment in sent)
    assert most <= 16, "four are left for answers to commands"

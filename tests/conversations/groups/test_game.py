"""A quiz in a group: the lobby, the rounds, the podium."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank import Bank, Level
from bot.playground.emulator import Group, NotPossible, Person
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
from tests.support.stage import Stage


async def test_a_whole_quiz(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    text = await say(stage, bob, "/quiz security 2", group)
    assert "Quiz: 🔐 Security" in text
    assert "2 rounds, 30 seconds each" in text
    assert "In: \u2068Bob\u2069" in text
    await stage.pass_time(seconds=5)
    await tap(stage, ada, "I'm in", group)
    assert "In: \u2068Bob\u2069 and \u2068Ada\u2069" in newest(group).text
    await tap(stage, bob, "Start", group)
    assert lobby_is_closed(group)
    poll = newest(group).poll
    assert poll is not None
    assert (poll["type"], poll["is_anonymous"], poll["open_period"]) == ("quiz", False, 30)
    assert poll["description"].startswith("1 of 2 · ")
    assert len(poll["options"]) == 4
    assert poll["explanation"]
    await vote(stage, ada, group)
    await vote(stage, bob, group, right=False)
    await time_is_up(stage)
    reason = newest(group).text
    assert "1 of 2 · 1 of 2 knew it" in reason
    assert poll["options"][poll["correct_option_ids"][0]]["text"] in reason
    assert "🥇 \u2068Ada\u2069" in reason
    await next_round(stage)
    assert len(polls(group)) == 2
    await vote(stage, ada, group)
    await vote(stage, bob, group)
    await time_is_up(stage)
    await next_round(stage)
    podium = newest(group)
    assert "🏁 Quiz: 🔐 Security" in podium.text
    assert "🥇 \u2068Ada\u2069: 31 (2 of 2)" in podium.text
    assert "🥈 \u2068Bob\u2069: 15 (1 of 2)" in podium.text
    assert "Play again" in str(podium.buttons)
    await stage.pass_time(hours=2)
    assert newest(group) == podium, "and then it is quiet"
    assert [call.doubts for call in stage.telegram.calls if call.doubts] == []


def lobby_is_closed(group: Group) -> bool:
    """Whether no message offers Start any more."""
    return "Start" not in str([seen.buttons for seen in bot_messages(group)])


async def test_the_options_are_shuffled(stage: Stage, group: Group, ada: Person) -> None:
    await started(stage, ada, group, "8")
    places = set()
    for _ in range(8):
        await vote(stage, ada, group)
        poll = polls(group)[-1].poll
        assert poll is not None
        places.add(poll["correct_option_ids"][0])
        await time_is_up(stage)
        await next_round(stage)
    assert len(places) > 1
    assert len({seen.text for seen in polls(group)}) == 8, "no question twice"
    assert "(8 of 8, 8 in a row)" in newest(group).text


async def test_settings_by_who_opened_it_or_an_admin(
    stage: Stage, group: Group, ada: Person, bob: Person
) -> None:
    eve = stage.person("Eve")
    await group.add(eve)
    await say(stage, bob, "/quiz", group)
    for words in ("Start", "Topic", "➕", "Cancel"):
        await tap(stage, eve, words, group)
    assert eve.alerts == ["Only who opened this quiz, or an admin, can do that."] * 4
    assert "5 rounds, 30 seconds each" in lobby(group).text
    plus = lobby(group).rows[1][2]["callback_data"]
    await bob.press_data(lobby(group), plus)
    await stage.settle()
    assert "7 rounds" in lobby(group).text
    assert bob.toasts[-1] == "7 rounds, 30 seconds each"
    await ada.press_data(lobby(group), lobby(group).rows[2][0]["callback_data"])
    await stage.settle()
    assert "7 rounds, 20 seconds each" in lobby(group).text
    await tap(stage, ada, "As cards", group)
    assert "7 cards, 20 seconds each" in lobby(group).text, "a pace that was chosen stays"
    await tap(stage, ada, "As polls", group)
    await tap(stage, ada, "Longer", group)
    await tap(stage, ada, "As cards", group)
    assert "7 cards, 120 seconds each" in lobby(group).text, "time to talk"
    await tap(stage, ada, "As polls", group)
    await tap(stage, ada, "Topic", group)
    await tap(stage, ada, "🐍 Core Python", group)
    assert "Quiz: 🐍 Core Python" in lobby(group).text


async def test_one_quiz_at_a_time_with_a_link_to_it(
    stage: Stage, group: Group, ada: Person, bob: Person
) -> None:
    await started(stage, ada, group)
    poll = newest(group)
    text = await say(stage, bob, "/quiz", group)
    assert "already running" in text
    link = newest(group).rows[0][0]["url"]
    assert link == f"https://t.me/c/{-group.id - 10**12}/{poll.message_id}"
    greeting = bot_messages(group)[0]
    await tap(stage, bob, "A quiz now", group, greeting)
    assert "already running" in bob.alerts[-1]
    assert len(polls(group)) == 1


async def test_each_forum_topic_has_its_own(stage: Stage, ada: Person, bob: Person) -> None:
    group = stage.telegram.add_group("Forum", [bob], [ada], forum=True)
    await stage.settle()
    django = await group.open_topic("Django")
    await stage.settle()
    await say(stage, ada, "/quiz 1", group, thread=django)
    assert newest(group).thread == django
    await say(stage, ada, "/stats", group, thread=django)
    assert newest(group).thread == django, "what is for the private chat is told where it was asked"
    await tap(stage, ada, "Start", group)
    assert polls(group)[-1].thread == django
    await say(stage, bob, "/quiz 1", group)
    assert newest(group).thread is None
    await tap(stage, bob, "Start", group)
    assert polls(group)[-1].thread is None
    assert len(polls(group)) == 2
    await time_is_up(stage)
    assert {seen.thread for seen in bot_messages(group)[-2:]} == {django, None}


async def test_stop_closes_the_poll_and_shows_the_podium(
    stage: Stage, group: Group, ada: Person, bob: Person
) -> None:
    await started(stage, bob, group)
    await vote(stage, bob, group)
    eve = stage.person("Eve")
    await group.add(eve)
    assert "Only who opened" in await say(stage, eve, "/stop", group)
    text = await say(stage, ada, "/stop", group)
    assert "stopped" in text
    assert "\u2068Bob\u2069: 15 (1 of 1)" in text
    poll = polls(group)[-1].poll
    assert poll is not None
    assert poll["is_closed"]
    assert "No quiz is running" in await say(stage, ada, "/stop", group)


async def test_a_lobby_is_called_off(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/quiz", group)
    assert "called off" in await tap(stage, ada, "Cancel", group)
    assert newest(group).buttons == []
    await say(stage, ada, "/quiz", group)
    await stage.pass_time(minutes=31)
    assert "Nobody started" in newest(group).text


async def test_a_late_press_says_that_it_is_over(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/quiz 1", group)
    shown = newest(group)
    data = [button["callback_data"] for row in shown.rows for button in row]
    await tap(stage, ada, "Start", group)
    for one in data:
        await ada.press_data(shown, one)
        await stage.settle()
    assert len(polls(group)) == 1
    assert "stopped" in newest(group).text, "Cancel was among them"
    for one in data:
        await ada.press_data(shown, one)
        await stage.settle()
    assert ada.alerts[-1] == "This quiz is over. /quiz opens another one."


async def test_nobody_answers_two_rounds(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await started(stage, ada, group, "5")
    await time_is_up(stage)
    assert "nobody answered" in newest(group).text
    await next_round(stage)
    await time_is_up(stage)
    assert "Is anyone there?" in newest(group).text
    await stage.pass_time(minutes=10)
    assert len(polls(group)) == 2
    await tap(stage, bob, "Go on", group)
    assert len(polls(group)) == 3
    for _ in range(2):
        await time_is_up(stage)
        await next_round(stage)
    assert "Is anyone there?" in newest(group).text
    await stage.pass_time(minutes=61)
    assert "stopped" in newest(group).text
    assert "Nobody answered" in newest(group).text


async def test_play_again_opens_the_same_kind(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await started(stage, ada, group, "security 1")
    await vote(stage, ada, group, right=False)
    await time_is_up(stage)
    await next_round(stage)
    first = polls(group)[-1].text
    podium = newest(group)
    assert f"Everyone missed: {polls(group)[-1].text}" in podium.text, "in the words that they have read"
    assert podium.rows[1][0]["url"] == "https://t.me/gotit_bot?start=quiz_missed"
    assert "start=q_" in podium.rows[2][0]["url"]
    text = await tap(stage, bob, "Play again", group)
    assert "Quiz: 🔐 Security\n1 round, 30 seconds each" in text
    await tap(stage, bob, "Start", group)
    assert polls(group)[-1].text != first, "what was not asked here yet comes first"
    await ada.start("quiz_missed")
    await stage.settle()
    assert "1 of these" in ada.last.text, "her miss is waiting"


async def test_votes_are_for_members_and_final(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await started(stage, ada, group, "1")
    await vote(stage, ada, group)
    with pytest.raises(NotPossible):
        await vote(stage, ada, group, right=False)
    await group.promote(bob, anonymous=True)
    await vote(stage, bob, group)
    await time_is_up(stage)
    assert "1 of 1 knew it" in newest(group).text, "an anonymous vote is nobody's"


TWICE = ("security django", "middle senior", "3 4")


@pytest.mark.parametrize(
    "words", ["quantum", "<b>x</b>", "security 21", "0", "senior 99", "x" * 3000, *TWICE]
)
async def test_what_is_not_understood(stage: Stage, group: Group, ada: Person, words: str) -> None:
    text = await say(stage, ada, f"/quiz {words}", group)
    assert "For example: /quiz security 10" in text
    assert len(text) < 300
    assert ("no topic called" in text) == (words in {"quantum", "<b>x</b>", "x" * 3000})


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("missed", "?start=quiz_missed"),
        ("weak 3", "?start=quiz_weak"),
        ("missed weak", "?start=quiz_missed"),
        ("mix python:50", ""),
        ("MIX", ""),
    ],
)
async def test_what_is_ones_own_leads_to_the_private_chat(
    stage: Stage, group: Group, ada: Person, words: str, link: str
) -> None:
    assert "yours alone" in await say(stage, ada, f"/quiz {words}", group)
    assert newest(group).rows[0][0]["url"] == f"https://t.me/gotit_bot{link}"
    assert "No quiz is running" in await say(stage, ada, "/stop", group)


@pytest.mark.parametrize(
    "command", ["stats", "topics", "privacy", "export", "forget", "pause 7", "resume", "interview 2027-02-01"]
)
async def test_a_private_command_leads_to_the_private_chat(
    stage: Stage, group: Group, ada: Person, command: str
) -> None:
    name, _, rest = command.partition(" ")
    before = len(bot_messages(group))
    text = await say(stage, ada, f"/{command}", group)
    assert text == f"\u2068/{name}\u2069 works in our private chat only."
    assert newest(group).rows[0][0]["url"] == "https://t.me/gotit_bot"
    await say(stage, ada, f"/{name}@gotit_bot {rest}", group)
    await say(stage, ada, f"/{name}@other_bot {rest}", group)
    assert len(bot_messages(group)) == before + 2, "nothing to what another bot was asked"


async def test_a_near_miss_is_one_press_away(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/quiz securty", group)
    assert "Quiz: 🔐 Security" in await tap(stage, ada, "🔐 Security", group)


async def test_an_anonymous_admin_opens_one(stage: Stage, group: Group, ada: Person, bob: Person) -> None:
    await group.promote(ada, anonymous=True)
    await say(stage, ada, "/quiz 1", group, anonymous=True)
    assert "Nobody is in yet" in newest(group).text
    await tap(stage, bob, "Start", group)
    assert "Only who opened" in bob.alerts[-1]
    await tap(stage, ada, "Start", group)
    assert len(polls(group)) == 1
    assert "stopped" in await say(stage, ada, "/stop", group, anonymous=True)


async def test_tidied_up_when_the_group_wants_it(stage: Stage, group: Group, ada: Person) -> None:
    await say(stage, ada, "/settings", group)
    await tap(stage, ada, "Tidy up", group)
    assert "deleted when it is over" in newest(group).text
    before = bot_messages(group)
    await started(stage, ada, group, "2")
    for _ in range(2):
        await vote(stage, ada, group)
        await time_is_up(stage)
        await next_round(stage)
    podium = newest(group)
    assert len(bot_messages(group)) == len(before) + 6
    await stage.pass_time(seconds=61)
    assert bot_messages(group) == [*before, podium]
    assert "Quiz: All topics" in await tap(stage, ada, "Play again", group)


async def test_a_lobby_of_a_level_without_questions_takes_any_level(bank: Bank, tmp_path: Path) -> None:
    questions = [question for question in bank.questions.values() if question.level is not Level.SENIOR]
    stage = Stage(Bank.of(bank.topics, questions), f"sqlite:///{tmp_path}/gotit.db")
    await stage.open()
    ada = stage.person("Ada")
    group = stage.telegram.add_group("Study", [], [ada])
    await stage.settle()
    text = await say(stage, ada, "/quiz security senior 3", group)
    assert "Quiz: 🔐 Security\n3 rounds, 30 seconds each\n" in text
    assert "There is no senior question of these yet, so this quiz asks any level.\n" in text
    await tap(stage, ada, "Start", group)
    assert len(polls(group)) == 1
    await stage.close()


async def test_a_lobby_tells_that_there_are_no_more_rounds(stage: Stage, group: Group, ada: Person) -> None:
    level = stage.bank.questions[stage.bank.ids("web")[0]].level
    there = len(stage.bank.ids("web", level))
    text = await say(stage, ada, f"/quiz web {level} 20", group)
    assert (
        f"{there} rounds, 30 seconds each\nThere are {there} of these, so there are no more rounds." in text
    )
    await tap(stage, ada, "Fewer", group)
    assert "no more rounds" not in lobby(group).text

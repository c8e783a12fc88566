"""Native polls: checks, votes, closing by the clock and by hand."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground.emulator import NotPossible, Telegram

QUIZ = {
    "question": "What does GIL stand for?",
    "options": [{"text": "Global Interpreter Lock"}, "General Input List"],
    "type": "quiz",
    "correct_option_ids": [0],
    "is_anonymous": False,
}


@pytest.fixture
def group(telegram, ada):
    return telegram.add_group("Study", [ada])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"question": ""}, "text must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": None}, "can't parse options JSON object"),
        ({"options": "["}, "can't parse options JSON object"),
        ({"options": {"a": 1}}, "expected an Array of String as options"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": [str(one) for one in range(13)]}, "poll can't have more than 12 options"),
        ({"options": ["a", 5]}, "expected an option to be of type String"),
        ({"options": ["a", "x" * 101]}, "poll options length must not exceed 100"),
        ({"options": ["a", " "]}, "text must be non-empty"),
        ({"options": ["a", "a"]}, "POLL_OPTION_DUPLICATE"),
        ({"type": "exam"}, "unsupported poll type specified"),
        ({"correct_option_ids": None}, "correct quiz option list must be non-empty"),
        ({"correct_option_ids": [1, 0]}, "correct quiz option list must be increasing"),
        ({"correct_option_ids": [2]}, "wrong quiz correct_option_id"),
        ({"correct_option_ids": ["0"]}, "correct option identifier must be of type Number"),
        ({"explanation": "x" * 201}, "POLL_EXPLANATION_TOO_LONG"),
        ({"explanation": "a\nb\nc\nd"}, "POLL_EXPLANATION_TOO_LONG"),
        (
            {"explanation": "<b>", "explanation_parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"description": "x" * 1025}, "message caption is too long"),
        ({"open_period": 4}, "POLL_CLOSE_DATE_INVALID"),
        ({"close_date": 5}, "POLL_CLOSE_DATE_INVALID"),
        ({"country_codes": ["DE"]}, "poll voters can be restricted only in channel chats"),
    ],
)
async def test_wrong_polls(group, refusal, telegram, changes, words):
    assert await refusal("sendPoll", chat_id=group.id, **{**QUIZ, **changes}) == f"Bad Request: {words}"
    assert telegram.world.state.polls == {}


async def test_limits_are_taken(group, api):
    sent = await api(
        "sendPoll",
        chat_id=group.id,
        question="q" * 300,
        options=[f"{one:0100}" for one in range(12)],
        type="quiz",
        correct_option_ids=[11],
        explanation="e" * 198 + "\n\n",
        description='<pre><code class="language-python">x = 1</code></pre>',
        description_parse_mode="HTML",
        open_period=5,
    )
    poll = sent["poll"]
    assert len(poll["options"]) == 12
    assert (poll["open_period"], poll["close_date"]) == (5, sent["date"] + 5)
    assert poll["description_entities"] == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


async def test_votes_reach_the_bot(telegram, group, ada, api, updates):
    await api("sendPoll", chat_id=group.id, **QUIZ)
    await updates()
    await ada.vote(group.messages[-1], "Global")
    (answer_kind, answer), (poll_kind, poll) = await updates()
    assert (answer_kind, poll_kind) == ("poll_answer", "poll")
    assert (answer["user"]["id"], answer["option_ids"], answer["poll_id"]) == (ada.id, [0], poll["id"])
    assert [option["voter_count"] for option in poll["options"]] == [1, 0]
    with pytest.raises(NotPossible, match="cannot be changed"):
        await ada.retract_vote(group.messages[-1])


async def test_a_vote_is_taken_back_where_it_may_be(group, ada, api, updates):
    await api("sendPoll", chat_id=group.id, **QUIZ, allows_revoting=True)
    await ada.vote(group.messages[-1], 1)
    await ada.vote(group.messages[-1], 0)
    await ada.retract_vote(group.messages[-1])
    answers = [content["option_ids"] for kind, content in await updates() if kind == "poll_answer"]
    assert answers == [[1], [0], []]


async def test_anonymous_polls_do_not_name_voters(group, ada, api, updates):
    await api("sendPoll", chat_id=group.id, question="Tea?", options=["yes", "no"])
    await updates()
    await ada.vote(group.messages[-1], "yes")
    assert [kind for kind, _ in await updates()] == ["poll"]


async def test_the_clock_closes_a_poll(group, ada, api, updates, clock, telegram):
    await api("sendPoll", chat_id=group.id, **QUIZ, open_period=30)
    await updates()
    clock.move(seconds=29)
    telegram.tick()
    assert await updates() == []
    clock.move(seconds=1)
    ((kind, poll),) = await updates()
    assert (kind, poll["is_closed"]) == ("poll", True)
    with pytest.raises(NotPossible, match="closed"):
        await ada.vote(group.messages[-1], 0)


async def test_a_waiting_bot_hears_of_the_end(group, api, updates, clock):
    await api("sendPoll", chat_id=group.id, **QUIZ, open_period=30)
    read = await api("getUpdates")
    poll = asyncio.create_task(api("getUpdates", offset=read[-1]["update_id"] + 1, timeout=30))
    await asyncio.sleep(0)
    clock.move(seconds=30)
    (update,) = await asyncio.wait_for(poll, 5)
    assert update["poll"]["is_closed"] is True


async def test_stopping_by_hand(group, ada, api, refusal, updates):
    sent = await api("sendPoll", chat_id=group.id, **QUIZ)
    await updates()
    where = {"chat_id": group.id, "message_id": sent["message_id"]}
    stopped = await api("stopPoll", **where)
    assert stopped["is_closed"] is True
    assert [kind for kind, _ in await updates()] == ["poll"]
    assert await refusal("stopPoll", **where) == "Bad Request: poll has already been closed"
    text = await api("sendMessage", chat_id=group.id, text="x")
    assert (
        await refusal("stopPoll", chat_id=group.id, message_id=text["message_id"])
        == "Bad Request: message is not a poll"
    )
    assert (
        await refusal("stopPoll", chat_id=group.id, message_id=99)
        == "Bad Request: message with poll to stop not found"
    )


async def test_what_a_person_sees_of_a_quiz(telegram, group, ada, api):
    eve = telegram.add_person("Eve")
    await group.add(eve)
    await api("sendPoll", chat_id=group.id, **QUIZ, explanation="A lock.")
    await ada.vote(group.messages[-1], 1)

    def poll(person):
        (chat,) = [chat for chat in telegram.view(person.id)["chats"] if chat["id"] == group.key]
        return chat["messages"][-1]["poll"]

    assert [(one["voters"], one["correct"]) for one in poll(eve)["options"]] == [(None, None), (None, None)]
    assert (poll(eve)["explanation"], poll(eve)["can_vote"], poll(eve)["total"]) == (None, True, 1)
    assert [(one["voters"], one["correct"], one["chosen"]) for one in poll(ada)["options"]] == [
        (0, True, False),
        (1, False, True),
    ]
    assert (poll(ada)["explanation"], poll(ada)["can_vote"]) == ("A lock.", False)


async def test_a_server_before_9_6_knows_one_right_option_and_no_description(clock):
    telegram = Telegram(now=clock, api_version="9.5")
    bot = telegram.add_bot("1:old", "old_bot", "Old")
    group = telegram.add_group("Study", [], [telegram.add_person("Ada")])
    fields = {"chat_id": group.id, **QUIZ, "description": "code", "open_period": 3600}
    status, answer = await telegram.call(bot.token, "sendPoll", fields)
    assert (status, answer["description"]) == (400, "Bad Request: wrong correct option ID specified")
    _, answer = await telegram.call(bot.token, "sendPoll", {**fields, "correct_option_id": 1})
    poll = answer["result"]["poll"]
    assert poll["correct_option_ids"] == [1], "the newer field is not looked at"
    assert "description" not in poll
    assert poll["open_period"] == 600

"""Broadcasts: what is posted, and what each answer is called."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from telegram import InlineKeyboardButton
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.api.errors import ConnectionCut, FloodWait, NotSent, NotSentInTime
from bot.api.limiter import Limiter, NoTurn
from bot.api.lines import Lane
from bot.api.markup import markup, payload, to_markup
from bot.api.sending import Outcome, Sender, Sent, outcome_of
from bot.api.transport import AiohttpRequest
from bot.rendering.screen import Button, Keyboard, Screen
from tests.api.fake_telegram import HALF, FakeTelegram, cut, error, ok, page, silence
from tests.api.virtual_time import VirtualTime

KEYBOARD: Keyboard = (
    (Button("Show answer", data="1:s:5"), Button("Got it", data="1:g:5", style="success")),
    (Button("Sources", url="https://docs.python.org/3/"),),
)
SCREEN = Screen("<b>What is the GIL?</b>", KEYBOARD)
SENT = {"message_id": 42, "date": 1, "chat": {"id": 5, "type": "private"}}


@pytest.fixture
def sender(telegram: FakeTelegram, request_: AiohttpRequest) -> Sender:
    return Sender(request_, telegram.base_url, Limiter())


async def test_a_screen_goes_out_as_a_plain_dictionary(telegram: FakeTelegram, sender: Sender) -> None:
    telegram.replies.append(ok(SENT))
    assert await sender.send(5, SCREEN) == Sent(Outcome.SENT, message_id=42)
    assert telegram.methods == ["sendMessage"]
    assert telegram.heard[0].fields == {
        "chat_id": 5,
        "text": "<b>What is the GIL?</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "Show answer", "callback_data": "1:s:5"},
                    {"text": "Got it", "callback_data": "1:g:5", "style": "success"},
                ],
                [{"text": "Sources", "url": "https://docs.python.org/3/"}],
            ]
        },
    }


async def test_broadcasts_keep_to_their_lane(telegram: FakeTelegram, request_: AiohttpRequest) -> None:
    telegram.replies.append(ok(SENT))
    limiter = Limiter()
    await Sender(request_, telegram.base_url, limiter).send(5, SCREEN)
    assert (limiter.tally.granted[Lane.ANSWER], limiter.tally.granted[Lane.BROADCAST]) == (0, 1)


async def test_topic_and_silence(telegram: FakeTelegram, sender: Sender) -> None:
    telegram.replies.append(ok(SENT))
    await sender.send(-5, Screen("Hi"), thread_id=3, silent=True)
    fields = telegram.heard[0].fields
    assert fields["message_thread_id"] == 3
    assert fields["disable_notification"] is True
    assert "reply_markup" not in fields


@pytest.mark.parametrize(("rate", "is_paid"), [(30, False), (31, True)])
async def test_broadcasts_above_the_free_rate_are_paid(
    telegram: FakeTelegram, request_: AiohttpRequest, rate: int, is_paid: bool
) -> None:
    telegram.replies.append(ok(SENT))
    await Sender(request_, telegram.base_url, Limiter(rate)).send(5, SCREEN)
    assert telegram.heard[0].fields.get("allow_paid_broadcast", False) is is_paid


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (error(403, "Forbidden: bot was blocked by the user"), Outcome.BLOCKED),
        (error(403, "Forbidden: user is deactivated"), Outcome.BLOCKED),
        (error(403, "Forbidden: bot was kicked from the supergroup chat"), Outcome.BLOCKED),
        (error(403, "Forbidden: bot is not a member of the group chat"), Outcome.BLOCKED),
        (error(403, "Forbidden: bot can't initiate conversation with a user"), Outcome.BLOCKED),
        (error(403, "Forbidden: the group chat was deleted"), Outcome.GONE),
        (error(400, "Bad Request: chat not found"), Outcome.GONE),
        (error(400, "Bad Request: private chat not found"), Outcome.GONE),
        (error(400, "Bad Request: not enough rights to send text messages to the chat"), Outcome.BLOCKED),
        (error(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), Outcome.BLOCKED),
        (error(400, "Bad Request: can't parse entities: Unsupported start tag"), Outcome.REFUSED),
        (error(400, "Bad Request: message is too long"), Outcome.REFUSED),
        (error(400, "Bad Request: message thread not found"), Outcome.REFUSED),
        (error(401, "Unauthorized"), Outcome.LATER),
        (error(409, "Conflict: terminated"), Outcome.LATER),
        (error(500, "Internal Server Error"), Outcome.LATER),
        (page(502, "<html>Bad Gateway</html>"), Outcome.LATER),
        (page(200, "<html>Log in</html>"), Outcome.UNKNOWN),
        (cut, Outcome.UNKNOWN),
    ],
)
async def test_outcomes(telegram: FakeTelegram, sender: Sender, reply: Any, outcome: Outcome) -> None:
    telegram.replies.append(reply)
    sent = await sender.send(5, SCREEN)
    assert sent.outcome is outcome
    assert sent.description
    assert sent.message_id is sent.retry_after is sent.new_chat_id is None


async def test_a_group_that_migrated_tells_its_new_id(telegram: FakeTelegram, sender: Sender) -> None:
    telegram.replies.append(
        error(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1001234567890)
    )
    sent = await sender.send(-5, SCREEN)
    assert (sent.outcome, sent.new_chat_id) == (Outcome.MIGRATED, -1001234567890)


async def test_a_429_holds_the_chat(telegram: FakeTelegram, request_: AiohttpRequest) -> None:
    limiter = Limiter()
    sender = Sender(request_, telegram.base_url, limiter)
    telegram.replies.append(error(429, "Too Many Requests: retry after 30", retry_after=30))
    sent = await sender.send(5, SCREEN)
    assert (sent.outcome, sent.retry_after) == (Outcome.LATER, 30.0)
    with pytest.raises(NoTurn):
        await limiter.acquire(5, Lane.ANSWER, patience=5)
    await limiter.acquire(6, Lane.ANSWER, patience=0)


async def test_429s_of_three_chats_hold_everyone(telegram: FakeTelegram, request_: AiohttpRequest) -> None:
    time = VirtualTime()  # the three come within two seconds, however long they take
    limiter = Limiter(monotonic=time.monotonic, sleep=time.sleep)
    sender = Sender(request_, telegram.base_url, limiter)
    telegram.default = error(429, "Too Many Requests: retry after 30", retry_after=30)
    sends = asyncio.gather(*(sender.send(chat_id, SCREEN) for chat_id in (1, 2)))
    await time.run(0.1)
    await sends
    await sender.send(3, SCREEN)
    with pytest.raises(NoTurn):
        await limiter.acquire(99, Lane.ANSWER, patience=5)


async def test_no_answer_in_time_is_unknown(telegram: FakeTelegram) -> None:
    telegram.default = silence
    async with AiohttpRequest(read_timeout=0.05) as request:
        sent = await Sender(request, telegram.base_url, Limiter()).send(5, SCREEN)
    assert sent.outcome is Outcome.UNKNOWN


async def test_nobody_there_is_later() -> None:
    async with AiohttpRequest() as request:
        sent = await Sender(request, f"http://127.0.0.1:1/bot1:{HALF}", Limiter()).send(5, SCREEN)
    assert sent.outcome is Outcome.LATER
    assert HALF not in sent.description


async def test_the_token_is_not_told(
    telegram: FakeTelegram, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.replies += [page(502, f"no way to {telegram.base_url}"), cut]
    for _ in range(2):
        assert HALF not in repr(await sender.send(5, SCREEN))
    assert HALF not in caplog.text + repr(sender)


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (FloodWait(3), Outcome.LATER),
        (NotSent("x"), Outcome.LATER),
        (NotSentInTime(), Outcome.LATER),
        (TimedOut(), Outcome.UNKNOWN),
        (ConnectionCut("x"), Outcome.UNKNOWN),
        (NetworkError("Bad Gateway"), Outcome.LATER),
        (TelegramError("Invalid server response"), Outcome.UNKNOWN),
        (InvalidToken(), Outcome.LATER),
        (Conflict("x"), Outcome.LATER),
        (ChatMigrated(-100), Outcome.MIGRATED),
        (Forbidden("Forbidden: bot was blocked by the user"), Outcome.BLOCKED),
        (BadRequest("Chat not found"), Outcome.GONE),
        (BadRequest("Message is not modified"), Outcome.REFUSED),
    ],
)
def test_handlers_can_ask_what_an_error_means(trouble: TelegramError, outcome: Outcome) -> None:
    assert outcome_of(trouble) is outcome


def test_the_librarys_keyboard_says_the_same() -> None:
    keyboard = to_markup(KEYBOARD)
    assert keyboard is not None
    assert keyboard.to_dict() == markup(KEYBOARD)
    assert isinstance(keyboard.inline_keyboard[0][0], InlineKeyboardButton)


def test_no_buttons_are_no_keyboard() -> None:
    assert markup(()) == {"inline_keyboard": []}
    assert to_markup(()) is None, "the library would write {}, which is no InlineKeyboardMarkup"


def test_the_fields_fit_an_edit_too() -> None:
    assert payload(Screen("x")) == {
        "text": "x",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }

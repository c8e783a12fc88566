"""python-telegram-bot's own Bot over HTTP: what the emulator answers parses there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.request import HTTPXRequest

from bot.playground.emulator.pictures import grey_png
from bot.playground.emulator.web import application

TOKEN = "7000000001:secret"


@pytest.fixture(autouse=True)
def with_time_spans(monkeypatch):
    """python-telegram-bot warns of plain seconds."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def server(telegram):
    async with TestServer(application(telegram)) as running:
        yield running


def client(server, token=TOKEN):
    root = str(server.make_url("/"))
    requests = [HTTPXRequest(connection_pool_size=4) for _ in range(2)]
    return Bot(
        token,
        base_url=f"{root}bot",
        base_file_url=f"{root}file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )


@pytest.fixture
async def bot(server):
    async with client(server) as connected:
        yield connected


async def until(come: Callable[[], object]) -> None:
    """Wait for something that another task does."""
    for _ in range(500):
        if come():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def test_who_am_i(bot):
    assert (bot.id, bot.username, bot.first_name, bot.can_join_groups) == (
        7000000001,
        "gotit_bot",
        "Gotit",
        True,
    )


async def test_text_buttons_and_presses(bot, ada):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Show answer", callback_data="s:1")]])
    sent = await bot.send_message(
        ada.id, "<b>What</b> is a GIL?", parse_mode=ParseMode.HTML, reply_markup=keyboard
    )
    assert sent.text_html == "<b>What</b> is a GIL?"
    assert sent.reply_markup == keyboard
    await ada.press("Show")
    started, pressed = await bot.get_updates()
    assert (started.message.text, started.effective_user.full_name) == ("/start", "Ada Lovelace")
    query = pressed.callback_query
    assert (query.data, query.message.message_id, query.from_user.id) == ("s:1", sent.message_id, ada.id)
    assert await query.answer("Right!", show_alert=True)
    assert ada.alerts == ["Right!"]
    edited = await query.edit_message_text("A lock.")
    assert edited.reply_markup is None
    with pytest.raises(BadRequest, match="Message is not modified"):
        await query.edit_message_text("A lock.")
    replied = await bot.send_message(ada.id, "more", reply_parameters=ReplyParameters(sent.message_id))
    assert replied.reply_to_message.text == "A lock."
    assert (await bot.copy_message(ada.id, ada.id, sent.message_id)).message_id == replied.message_id + 1
    assert (
        await bot.forward_message(ada.id, ada.id, sent.message_id)
    ).forward_origin.sender_user.id == bot.id
    assert await bot.pin_chat_message(ada.id, sent.message_id)
    assert await bot.set_message_reaction(ada.id, sent.message_id, [ReactionTypeEmoji("👍")])
    assert await bot.send_chat_action(ada.id, "typing")
    assert await bot.delete_messages(ada.id, [sent.message_id, replied.message_id])


async def test_files(bot, ada):
    sent = await bot.send_photo(ada.id, grey_png(), caption="chart", filename="chart.png")
    assert (sent.photo[0].width, sent.caption) == (160, "chart")
    await bot.edit_message_media(InputMediaPhoto(grey_png(20, 10), caption="new"), ada.id, sent.message_id)
    assert ada.last.text == "new"
    document = await bot.send_document(ada.id, b'{"cards": []}', filename="export.json")
    file = await bot.get_file(document.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b'{"cards": []}'


async def test_a_quiz_in_a_group(bot, telegram, ada):
    group = telegram.add_group("Study", [ada])
    sent = await bot.send_poll(
        group.id,
        "What is a GIL?",
        ["A lock", "A list"],
        type="quiz",
        correct_option_ids=[0],
        is_anonymous=False,
        explanation="<b>Global</b> lock",
        explanation_parse_mode=ParseMode.HTML,
        open_period=30,
        api_kwargs={"description": "x = 1"},
    )
    assert (sent.poll.correct_option_ids, sent.poll.explanation) == ((0,), "Global lock")
    await ada.vote(group.messages[-1], 0)
    kinds = [update for update in await bot.get_updates() if update.poll_answer]
    assert (kinds[0].poll_answer.user.id, kinds[0].poll_answer.option_ids) == (ada.id, (0,))
    assert (await bot.stop_poll(group.id, sent.message_id)).is_closed
    await group.promote_bot()
    admins = await bot.get_chat_administrators(group.id)
    assert {type(one).__name__ for one in admins} == {"ChatMemberOwner", "ChatMemberAdministrator"}
    assert isinstance(await bot.get_chat_member(group.id, bot.id), ChatMemberAdministrator)
    chat = await bot.get_chat(group.id)
    assert (chat.title, chat.permissions.can_send_polls) == ("Study", True)
    assert (await bot.get_chat(ada.id)).first_name == "Ada"
    assert await bot.get_chat_member_count(group.id) == 2
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["member", "administrator"]
    restricted = telegram.add_person("Eve")
    await group.add(restricted)
    await group.restrict(restricted, can_send_polls=False)
    assert (await bot.get_chat_member(group.id, restricted.id)).can_send_polls is False
    assert await bot.leave_chat(group.id)


async def test_topics_and_service_messages(bot, telegram, ada):
    group = telegram.add_group("Forum", [ada], forum=True)
    topic = await group.open_topic("Django")
    await ada.send("/quiz", group, thread=topic)
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert messages[-1].is_topic_message
    assert messages[-2].forum_topic_created.name == "Django"
    sent = await bot.send_message(group.id, "x", message_thread_id=topic)
    assert sent.message_thread_id == topic


async def test_commands_and_texts(bot):
    commands = [BotCommand("quiz", "Ask me")]
    assert await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code="de")
    assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats(), language_code="de") == tuple(
        commands
    )
    assert await bot.delete_my_commands(scope=BotCommandScopeAllPrivateChats(), language_code="de")
    assert await bot.set_my_description("A question a day")
    assert (await bot.get_my_description()).description == "A question a day"
    assert await bot.set_my_short_description("Questions")
    assert await bot.set_my_name("Gotit")
    assert (await bot.get_my_name()).name == "Gotit"
    assert (await bot.get_chat_menu_button()).type == "commands"
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.delete_webhook()
    assert (await bot.get_my_default_administrator_rights()).can_manage_chat is False


async def test_errors_become_its_errors(server, bot, telegram, ada):
    stranger = client(server, "7000000001:wrong")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    for request in stranger._request:
        await request.shutdown()
    old = telegram.add_group("Study", [ada], supergroup=False)
    new = await old.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old.id, "x")
    assert moved.value.new_chat_id == new.id
    telegram.faults.flood(3)
    with pytest.raises(RetryAfter):
        await bot.send_message(ada.id, "x")
    await ada.block_bot()
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(ada.id, "x")
    telegram.faults.cut_line()
    with pytest.raises(NetworkError):
        await bot.get_me()


async def test_two_pollers(bot, server, telegram, ada):
    (update,) = await bot.get_updates()
    first = asyncio.create_task(bot.get_updates(offset=update.update_id + 1, timeout=20))
    await until(lambda: telegram.world.polling)
    async with client(server) as other:
        second = asyncio.create_task(other.get_updates(offset=update.update_id + 1, timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await ada.send("hello")
        assert [one.message.text for one in await second] == ["hello"]


@pytest.mark.parametrize("how", ["json", "data", "params"])
async def test_parameters_in_any_form(server, ada, how):
    async with aiohttp.ClientSession() as session:
        url = server.make_url(f"/bot{TOKEN}/sendMessage")
        answer = await session.post(url, **{how: {"chat_id": ada.id, "text": "é"}})
        body = await answer.json()
    assert (answer.status, body["result"]["text"]) == (200, "é")


async def test_a_broken_body_and_a_missing_file(server):
    async with aiohttp.ClientSession() as session:
        headers = {"Content-Type": "application/json"}
        answer = await session.post(server.make_url(f"/bot{TOKEN}/getMe"), data=b"[1", headers=headers)
        assert (answer.status, (await answer.json())["ok"]) == (400, False)
        missing = await session.get(server.make_url(f"/file/bot{TOKEN}/photos/none.png"))
        assert missing.status == 404
        stranger = await session.get(server.make_url("/file/bot1:x/photos/none.png"))
        assert stranger.status == 401

"""What a polite bot does with everything else: unknown commands, stickers, edits, groups, menus."""

from __future__ import annotations

from bot.rendering.help import PRIVATE_COMMANDS
from tests.support.stage import TOKEN, Stage


async def test_unknown_commands_and_other_things(stage: Stage) -> None:
    ada = stage.person()
    assert "know no command" in await stage.say(ada, "/frobnicate <b>")
    await ada.send_sticker()
    await stage.settle()
    assert "only read words" in ada.last.text
    await ada.send_photo()
    await stage.settle()
    assert "only read words" in ada.last.text
    assert "commands and buttons only" in await stage.say(ada, "hello <there> & all")


async def test_an_edited_message_is_no_new_command(stage: Stage) -> None:
    ada = stage.person()
    command = await ada.send("/help")
    await stage.settle()
    sent = len(ada.messages())
    await ada.edit(command, "/subscribe 9:00")
    await stage.settle()
    assert len(ada.messages()) == sent


async def test_every_command_of_the_menu_is_answered(stage: Stage) -> None:
    from bot.handlers import profile

    await profile.publish(stage.app.bot)
    scope = {"type": "all_private_chats"}
    _, answer = await stage.telegram.call(TOKEN, "getMyCommands", {"scope": scope})
    ada = stage.person()
    assert len(answer["result"]) == len(PRIVATE_COMMANDS)
    for command in answer["result"]:
        text = await stage.say(ada, f"/{command['command']}")
        assert "went wrong" not in text
        assert "know no command" not in text


async def test_descriptions_are_set_once(stage: Stage) -> None:
    from bot.handlers import profile

    await profile.publish(stage.app.bot)
    first = [call.method for call in stage.telegram.calls]
    assert "setMyDescription" in first
    await profile.publish(stage.app.bot)
    again = [call.method for call in stage.telegram.calls][len(first) :]
    assert not [method for method in again if method.startswith("set")]


async def test_help_and_privacy(stage: Stage) -> None:
    ada = stage.person()
    text = await stage.say(ada, "/help")
    assert "/quiz" in text
    assert "Your name, your messages and your location" in await stage.say(ada, "/privacy")


async def test_a_group_is_told_where_to_go(stage: Stage) -> None:
    ada = stage.person()
    group = stage.telegram.add_group("Study", [ada])
    await ada.send("/help@gotit_bot", chat=group)
    await stage.settle()
    assert "private chat" in ada.last_in(group).text

"""Command menus by scope and language, the menu button, the bot's own texts."""

from __future__ import annotations

import pytest

QUIZ = {"command": "quiz", "description": "Ask me"}
HELP = {"command": "help", "description": "How it works"}


def menu(telegram, person, chat=None):
    views = telegram.view(person.id)["chats"]
    key = chat.key if chat else person.chat.key
    (view,) = [one for one in views if one["id"] == key]
    return [command["command"] for command in view["commands"]]


async def test_the_narrowest_scope_wins_in_a_private_chat(telegram, ada, api):
    assert menu(telegram, ada) == []
    await api("setMyCommands", commands=[QUIZ])
    assert menu(telegram, ada) == ["quiz"]
    await api("setMyCommands", commands=[HELP], scope={"type": "all_private_chats"})
    assert menu(telegram, ada) == ["help"]
    await api("setMyCommands", commands=[QUIZ, HELP], scope={"type": "chat", "chat_id": ada.id})
    assert menu(telegram, ada) == ["quiz", "help"]
    await api("deleteMyCommands", scope={"type": "chat", "chat_id": ada.id})
    assert menu(telegram, ada) == ["help"]


async def test_admins_of_a_group_see_more(telegram, ada, api):
    eve = telegram.add_person("Eve")
    group = telegram.add_group("Study", [eve], [ada])
    await api("setMyCommands", commands=[HELP], scope={"type": "all_group_chats"})
    await api("setMyCommands", commands=[QUIZ, HELP], scope={"type": "all_chat_administrators"})
    assert menu(telegram, ada, group) == ["quiz", "help"]
    assert menu(telegram, eve, group) == ["help"]
    member = {"type": "chat_member", "chat_id": group.id, "user_id": eve.id}
    await api("setMyCommands", commands=[QUIZ], scope=member)
    assert menu(telegram, eve, group) == ["quiz"]


async def test_the_users_language_is_tried_first(telegram, api):
    eva = telegram.add_person("Eva", language_code="de")
    await api("setMyCommands", commands=[QUIZ])
    await api("setMyCommands", commands=[HELP], language_code="de")
    assert menu(telegram, eva) == ["help"]
    assert await api("getMyCommands") == [QUIZ]
    assert await api("getMyCommands", language_code="de") == [HELP]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"command": "Quiz", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "", "description": "x"}, "command must be non-empty"),
        ({"command": "x" * 33, "description": "x"}, "command length must not exceed 32"),
        ({"command": "quiz", "description": " "}, "command description must be non-empty"),
        ({"command": "quiz", "description": "x" * 257}, "command description length must not exceed 256"),
        ({"command": "quiz"}, "can't parse BotCommand: Can't find field \"description\""),
        ("quiz", "can't parse BotCommand: expected an Object"),
    ],
)
async def test_wrong_commands(refusal, command, words):
    assert await refusal("setMyCommands", commands=[command]) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ({"type": "everyone"}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"type": "chat"}, "can't parse BotCommandScope: Can't find field \"chat_id\""),
        ({"type": "chat", "chat_id": -5}, "chat not found"),
        ("{", "can't parse BotCommandScope JSON object"),
    ],
)
async def test_wrong_scopes(refusal, scope, words):
    assert await refusal("setMyCommands", commands=[QUIZ], scope=scope) == f"Bad Request: {words}"


async def test_descriptions(telegram, ada, api, refusal):
    await api("setMyDescription", description="A question a day.")
    await api("setMyDescription", description="Jeden Tag eine Frage.", language_code="de")
    await api("setMyShortDescription", short_description="Questions")
    assert await api("getMyDescription") == {"description": "A question a day."}
    assert await api("getMyShortDescription", language_code="fr") == {"short_description": "Questions"}
    eva = telegram.add_person("Eva", language_code="de")
    (chat,) = telegram.view(eva.id)["chats"]
    assert (chat["description"], chat["started"]) == ("Jeden Tag eine Frage.", False)
    assert "TOO_LONG" in await refusal("setMyDescription", description="x" * 513)


async def test_names_and_menu_button(telegram, ada, api):
    await api("setMyName", name="Gotit!")
    assert await api("getMyName") == {"name": "Gotit!"}
    assert telegram.view(ada.id)["chats"][0]["title"] == "Gotit!"
    assert await api("getChatMenuButton", chat_id=ada.id) == {"type": "commands"}
    button = {"type": "web_app", "text": "Open", "web_app": {"url": "https://x.org"}}
    await api("setChatMenuButton", menu_button=button)
    assert await api("getChatMenuButton", chat_id=ada.id) == button
    await api("setChatMenuButton", chat_id=ada.id, menu_button={"type": "commands"})
    assert await api("getChatMenuButton", chat_id=ada.id) == {"type": "commands"}


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("{", "can't parse menu button JSON object"),
        (5, "can't parse menu button: MenuButton must be an Object"),
        ({"type": "pizza"}, "can't parse menu button: MenuButton has unsupported type"),
        ({"type": "web_app", "text": "x"}, "can't parse menu button: Can't find field \"web_app\""),
    ],
)
async def test_wrong_menu_buttons(refusal, button, words):
    assert await refusal("setChatMenuButton", menu_button=button) == f"Bad Request: {words}"


async def test_wrong_lists_languages_and_people(refusal, api):
    assert await refusal("setMyCommands", commands="[") == "Bad Request: can't parse commands JSON object"
    assert await refusal("setMyCommands", commands={}) == "Bad Request: expected an Array of BotCommand"
    assert await refusal("setMyCommands", commands=[QUIZ] * 101) == "Bad Request: BOT_COMMANDS_TOO_MUCH"
    assert (
        await refusal("setMyCommands", commands=[QUIZ], language_code="xyz")
        == "Bad Request: LANG_CODE_INVALID"
    )
    assert await refusal("setMyName", name="x", language_code="EN") == "Bad Request: LANG_CODE_INVALID"
    assert await refusal("getChatMenuButton", chat_id=5) == "Bad Request: user not found"
    await api("setMyCommands", commands=[QUIZ])
    await api("setMyCommands", commands=[])
    assert await api("getMyCommands") == []


async def test_wished_rights(api, refusal):
    await api("setMyDefaultAdministratorRights", rights={"can_pin_messages": True})
    rights = await api("getMyDefaultAdministratorRights")
    assert (rights["can_pin_messages"], rights["can_delete_messages"]) == (True, False)
    words = "Bad Request: object expected as chat administrator rights"
    assert await refusal("setMyDefaultAdministratorRights", rights=5) == words

"""What people do on the chat page (docs/playground.md, "Acting")."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.playground.emulator import acting, callbacks, files, pictures
from bot.playground.emulator.errors import NotPossible
from bot.playground.emulator.page_api import json_answer, told
from bot.playground.emulator.page_groups import GROUP_ACTIONS
from bot.playground.emulator.page_wish import Wish, read_wish
from bot.playground.emulator.state import Json, StoredFile
from bot.playground.emulator.telegram import Telegram
from bot.playground.emulator.uploads import UploadedFile
from bot.playground.emulator.views import user_view

Action = Callable[[Wish], Json]


def _add_person(wish: Wish) -> Json:
    name = wish.text("first_name").strip()
    if not name:
        raise NotPossible("a person needs a first name")
    language = wish.maybe_text("language_code") or "en"
    person = wish.telegram.add_person(
        name, wish.maybe_text("last_name"), wish.maybe_text("username"), language
    )
    return {"person": user_view(person.user)}


def _place(wish: Wish) -> Json:
    """Topic and reply of what is sent."""
    return {"topic": wish.maybe_number("topic"), "reply_to": wish.maybe_number("reply_to")}


def _send(wish: Wish) -> Json:
    anonymous = wish.flag("anonymous")
    message = acting.send_text(
        wish.world, wish.person, wish.chat, wish.text("text"), anonymous=anonymous, **_place(wish)
    )
    return {"message": message.id}


def _start(wish: Wish) -> Json:
    return {"message": acting.start(wish.world, wish.person, wish.chat, wish.maybe_text("payload") or "").id}


def _edit(wish: Wish) -> Json:
    acting.edit_text(wish.world, wish.person, wish.chat, wish.number("message"), wish.text("text"))
    return {}


def _delete(wish: Wish) -> Json:
    acting.delete(wish.world, wish.person, wish.chat, wish.numbers("messages"))
    return {}


def _press(wish: Wish) -> Json:
    number = wish.number("message")
    data = callbacks.button_data(wish.chat, number, wish.number("row"), wish.number("column"))
    return {"query": acting.press(wish.world, wish.person, wish.chat, number, data).id}


def _vote(wish: Wish) -> Json:
    acting.vote(wish.world, wish.person, wish.chat, wish.number("message"), wish.numbers("options"))
    return {}


def _react(wish: Wish) -> Json:
    acting.react(wish.world, wish.person, wish.chat, wish.number("message"), wish.maybe_text("emoji"))
    return {}


def _typing(wish: Wish) -> Json:
    acting.show_typing(wish.world, wish.person, wish.chat, wish.maybe_number("topic"))
    return {}


def _block(wish: Wish) -> Json:
    acting.block(wish.world, wish.chat, blocked=wish.flag("blocked", default=True))
    return {}


def _location(wish: Wish) -> Json:
    place = {"latitude": wish.decimal("latitude"), "longitude": wish.decimal("longitude")}
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise NotPossible("latitude is within 90, longitude within 180 degrees")
    return {
        "message": acting.send_content(
            wish.world, wish.person, wish.chat, {"location": place}, **_place(wish)
        ).id
    }


def _stored(wish: Wish, upload: UploadedFile, kind: str) -> StoredFile:
    bots = wish.world.bots_in(wish.chat)
    return files.store(wish.world, upload, kind, bots[0].user.id if bots else 0)


def _photo(wish: Wish) -> Json:
    upload = wish.file or UploadedFile("photo.png", pictures.grey_png(), "image/png")
    if pictures.size_of(upload.data) is None:
        raise NotPossible("this is no picture")
    content = files.photo_content(_stored(wish, upload, files.PHOTO))
    return _send_file(wish, content, "can_send_photos")


def _document(wish: Wish) -> Json:
    if wish.file is None or not wish.file.data:
        raise NotPossible("a document needs a file with something in it")
    content = files.document_content(_stored(wish, wish.file, files.DOCUMENT))
    return _send_file(wish, content, "can_send_documents")


def _send_file(wish: Wish, content: Json, needs: str) -> Json:
    caption = wish.maybe_text("caption")
    if caption:
        content["caption"] = caption[:1024]
    return {
        "message": acting.send_content(
            wish.world, wish.person, wish.chat, content, needs=needs, **_place(wish)
        ).id
    }


def _sticker(wish: Wish) -> Json:
    emoji = wish.maybe_text("emoji") or "🙂"
    upload = UploadedFile("sticker.webp", b"sticker " + emoji.encode(), "image/webp")
    content = files.sticker_content(_stored(wish, upload, files.STICKER), emoji)
    sent = acting.send_content(
        wish.world, wish.person, wish.chat, content, needs="can_send_other_messages", **_place(wish)
    )
    return {"message": sent.id}


ACTIONS: dict[str, Action] = {
    "person": _add_person,
    "send": _send,
    "start": _start,
    "edit": _edit,
    "delete": _delete,
    "press": _press,
    "vote": _vote,
    "react": _react,
    "typing": _typing,
    "block": _block,
    "location": _location,
    "photo": _photo,
    "document": _document,
    "sticker": _sticker,
    **GROUP_ACTIONS,
}


def routes(telegram: Telegram) -> list[web.RouteDef]:
    """The acting half of the page's interface."""

    def route(name: str, action: Action) -> web.RouteDef:
        async def act(request: web.Request) -> web.StreamResponse:
            telegram.tick()
            wish = await read_wish(telegram, request)
            return json_answer({"ok": True, **action(wish)})

        return web.post(f"/api/{name}", told(act))

    return [route(name, action) for name, action in ACTIONS.items()]

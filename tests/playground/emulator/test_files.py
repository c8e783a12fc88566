"""Photos and documents: sent, looked at, downloaded, refused."""

from __future__ import annotations

import struct

import pytest

from bot.playground.emulator import UploadedFile
from bot.playground.emulator.pictures import grey_png, size_of


def png(width, height):
    return grey_png()[:16] + struct.pack(">II", width, height) + grey_png()[24:]


async def test_a_photo(ada, api):
    files = {"photo": UploadedFile("chart.png", grey_png(300, 200), "image/png")}
    sent = await api("sendPhoto", files=files, chat_id=ada.id, caption="<b>Strong</b>", parse_mode="HTML")
    (size,) = sent["photo"]
    assert (size["width"], size["height"]) == (300, 200)
    assert (ada.last.text, ada.last.html) == ("Strong", "<b>Strong</b>")
    again = await api("sendPhoto", chat_id=ada.id, photo=size["file_id"])
    assert again["photo"] == sent["photo"]


async def test_a_document_attached_and_downloaded(telegram, ada, api):
    files = {"f1": UploadedFile("export.json", b"{}", "application/json")}
    sent = await api("sendDocument", files=files, chat_id=ada.id, document="attach://f1")
    document = sent["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "export.json",
        "application/json",
        2,
    )
    found = await api("getFile", file_id=document["file_id"])
    assert found["file_path"] == "documents/file_1.json"


async def test_a_person_sends_files(ada, updates):
    await updates()
    await ada.send_photo(caption="look")
    await ada.send_document("notes.txt", b"hello")
    await ada.send_sticker("🙂")
    (_, photo), (_, document), (_, sticker) = await updates()
    assert photo["caption"] == "look"
    assert document["document"]["file_name"] == "notes.txt"
    assert sticker["sticker"]["emoji"] == "🙂"


async def test_other_media_in_place(ada, api, refusal):
    files = {"a": UploadedFile("a.png", grey_png(), "image/png")}
    sent = await api("sendMessage", chat_id=ada.id, text="soon")
    where = {"chat_id": ada.id, "message_id": sent["message_id"]}
    media = {"type": "photo", "media": "attach://a", "caption": "now"}
    edited = await api("editMessageMedia", files=files, **where, media=media)
    assert (edited["caption"], "text" in edited) == ("now", False)
    await api("editMessageCaption", **where, caption="later")
    assert ada.last.text == "later"
    assert (
        await refusal("editMessageText", **where, text="x")
        == "Bad Request: there is no text in the message to edit"
    )
    assert await refusal("editMessageMedia", **where) == 'Bad Request: parameter "media" is required'
    wrong = {"type": "gif", "media": "attach://a"}
    words = 'Bad Request: can\'t parse InputMedia: type "gif" is unsupported'
    assert await refusal("editMessageMedia", files=files, **where, media=wrong) == words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(10, 10) + bytes(10 << 20), "file is too big for a photo"),
    ],
)
async def test_wrong_photos(ada, refusal, data, words):
    files = {"photo": UploadedFile("x.png", data, "image/png")}
    assert await refusal("sendPhoto", files=files, chat_id=ada.id) == f"Bad Request: {words}"


async def test_missing_files(ada, refusal, api):
    assert await refusal("sendPhoto", chat_id=ada.id) == "Bad Request: there is no photo in the request"
    assert await refusal("sendDocument", chat_id=ada.id) == "Bad Request: there is no document in the request"
    words = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await refusal("sendPhoto", chat_id=ada.id, photo="nonsense") == words
    assert "does not model sending a file by its URL" in await refusal(
        "sendPhoto", chat_id=ada.id, photo="https://x.org/a.png"
    )
    assert await refusal("getFile", file_id="nonsense") == "Bad Request: invalid file_id"
    assert await refusal("getFile") == "Bad Request: file_id not specified"


async def test_a_long_caption(ada, refusal):
    files = {"photo": UploadedFile("x.png", grey_png(), "image/png")}
    words = await refusal("sendPhoto", files=files, chat_id=ada.id, caption="x" * 1025)
    assert words == "Bad Request: message caption is too long"


def test_sizes_are_read_from_the_first_bytes():
    gif = b"GIF89a" + struct.pack("<HH", 30, 20)
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 30) + bytes(10)
    webp = b"RIFF....WEBPVP8X" + bytes(8) + (29).to_bytes(3, "little") + (19).to_bytes(3, "little")
    for data in (gif, jpeg, webp, png(30, 20)):
        assert size_of(data) == (30, 20)
    assert size_of(b"\xff\xd8 broken") is None

"""Files: sending photos and documents, and getting them back.

Sources: `Client::get_input_file`, the Bot API's "Sending files" (10 MB a photo, 50 MB another file,
20 MB to download; a photo's sides add up to at most 10,000 and differ at most twentyfold).
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from bot.playground.emulator import pictures
from bot.playground.emulator.entities import cleaned, formatted
from bot.playground.emulator.errors import ApiError, bad_request, not_modelled
from bot.playground.emulator.messages import LONGEST_CAPTION, caption_content, caption_of
from bot.playground.emulator.parameters import text_field
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.sending import send, sent
from bot.playground.emulator.state import Json, StoredFile
from bot.playground.emulator.uploads import UploadedFile
from bot.playground.emulator.world import World

LARGEST_PHOTO = 10 << 20
LARGEST_FILE = 50 << 20
LARGEST_DOWNLOAD = 20 << 20

PHOTO, DOCUMENT, STICKER = "photo", "document", "sticker"


def store(world: World, upload: UploadedFile, kind: str, bot_id: int) -> StoredFile:
    """Keep an uploaded file and give it its ids."""
    number = world.state.next_file_id
    world.state.next_file_id += 1
    unique = hashlib.blake2b(upload.data + kind.encode(), digest_size=9).digest()
    secret = hashlib.blake2b(unique + str((number, bot_id)).encode(), digest_size=36).digest()
    ending = upload.name.rpartition(".")[2] if "." in upload.name else ""
    path = f"{kind}s/file_{number}" + (f".{ending}" if ending else "")
    width, height = pictures.size_of(upload.data) or (0, 0)
    stored = StoredFile(
        id=base64.urlsafe_b64encode(secret).decode(),
        unique_id=base64.urlsafe_b64encode(unique).decode(),
        name=upload.name,
        mime_type=upload.mime_type,
        data=base64.b64encode(upload.data).decode(),
        size=len(upload.data),
        path=path,
        bot_id=bot_id,
        kind=kind,
        width=width,
        height=height,
    )
    world.state.files[stored.id] = stored
    return stored


def bytes_of(stored: StoredFile) -> bytes:
    """The file itself."""
    return base64.b64decode(stored.data)


def photo_content(stored: StoredFile) -> Json:
    """Content of a photo message; one size, the real one."""
    return {PHOTO: [_ids(stored) | {"width": stored.width, "height": stored.height}]}


def document_content(stored: StoredFile) -> Json:
    """Content of a document message."""
    return {DOCUMENT: _ids(stored) | {"file_name": stored.name, "mime_type": stored.mime_type}}


def _ids(stored: StoredFile) -> Json:
    return {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": stored.size}


def _input_file(request: Request, spelling: str, field: str, kind: str, missing: ApiError) -> StoredFile:
    """The file that the call brings or names."""
    upload = request.args.files.get(field)
    if upload is None and spelling.startswith("attach://"):
        upload = request.args.files.get(spelling.removeprefix("attach://"))
    if upload is not None:
        _check(upload, kind)
        return store(request.world, upload, kind, request.bot.user.id)
    if not spelling or spelling.startswith("attach://"):
        raise missing
    if spelling.lower().startswith(("http://", "https://")):
        raise not_modelled("sending a file by its URL")
    stored = request.world.state.files.get(spelling)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored


def _check(upload: UploadedFile, kind: str) -> None:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > LARGEST_FILE:
        raise ApiError(413, "Request Entity Too Large")
    if kind != PHOTO:
        return
    size = pictures.size_of(upload.data)
    if len(upload.data) > LARGEST_PHOTO:
        raise bad_request("file is too big for a photo")
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


@method("sendPhoto")
def send_photo(request: Request) -> Json:
    """A photo with an optional caption."""
    missing = bad_request("There is no photo in the request")
    stored = _input_file(request, request.args.text(PHOTO), PHOTO, PHOTO, missing)
    content = photo_content(stored) | caption_content(caption_of(request))
    return sent(request, send(request, content, "can_send_photos"))


@method("sendDocument")
def send_document(request: Request) -> Json:
    """A file with an optional caption."""
    missing = bad_request("There is no document in the request")
    stored = _input_file(request, request.args.text(DOCUMENT), DOCUMENT, DOCUMENT, missing)
    content = document_content(stored) | caption_content(caption_of(request))
    return sent(request, send(request, content, "can_send_documents"))


@method("sendSticker")
def send_sticker(request: Request) -> Json:
    """A sticker that the bot uploads or has got from a person."""
    missing = bad_request("There is no sticker in the request")
    stored = _input_file(request, request.args.text(STICKER), STICKER, STICKER, missing)
    content = sticker_content(stored, request.args.text("emoji") or "🙂")
    return sent(request, send(request, content, "can_send_other_messages"))


def sticker_content(stored: StoredFile, emoji: str) -> Json:
    """Content of a sticker message."""
    shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
    return {STICKER: _ids(stored) | shape | {"emoji": emoji}}


def media_of(request: Request, value: Any) -> Json:
    """The content that an InputMedia describes."""
    if value is None:
        raise bad_request('Parameter "media" is required')
    try:
        if not isinstance(value, dict):
            raise bad_request("expected an Object")
        caption = formatted(
            text_field(value, "caption"), text_field(value, "parse_mode"), value.get("caption_entities")
        )
        kind = text_field(value, "type", required=True)
        missing = bad_request("media not found")
        if kind not in (PHOTO, DOCUMENT):
            raise (
                not_modelled(f"media of type {kind}")
                if kind in ("video", "animation", "audio", "live_photo")
                else bad_request(f'type "{kind}" is unsupported')
            )
        stored = _input_file(request, text_field(value, "media"), "", kind, missing)
    except ApiError as error:
        if error.code != 400 or error.words.startswith("Can't parse entities"):
            raise
        raise bad_request(f"Can't parse InputMedia: {error.words}") from None
    caption = cleaned(caption, allow_empty=True)
    if len(caption.text) > LONGEST_CAPTION:
        raise bad_request("Message caption is too long")
    content = photo_content(stored) if kind == PHOTO else document_content(stored)
    return content | caption_content(caption)


@method("getFile")
def get_file(request: Request) -> Json:
    """Where to download a file from; the bytes are at `/file/bot<token>/<file_path>`."""
    file_id = request.args.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = request.world.state.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return _ids(stored) | {"file_path": stored.path}

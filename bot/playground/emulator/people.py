"""A person in the words of a test: send, press, vote, block, read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.emulator import acting, files, pictures
from bot.playground.emulator.errors import NotPossible
from bot.playground.emulator.seen import Seen, visible
from bot.playground.emulator.state import LEFT, MEMBER, Chat, Json, Press, User
from bot.playground.emulator.uploads import UploadedFile

if TYPE_CHECKING:
    from bot.playground.emulator.groups import Group
    from bot.playground.emulator.telegram import Telegram

    Place = Group | Chat | str | None


class Person:
    """Somebody who uses Telegram. `chat` is a group, a chat's key, or None for the bot's private chat."""

    def __init__(self, telegram: Telegram, user_id: int) -> None:
        self.telegram = telegram
        self.id = user_id

    def __repr__(self) -> str:
        return f"<person {self.id} {self.user.name}>"

    @property
    def user(self) -> User:
        """Names and language."""
        return self.telegram.world.state.people[self.id]

    @property
    def chat(self) -> Chat:
        """The private chat with the first bot."""
        return self.telegram.world.private_chat(self.id, self.telegram.bot.user.id)

    def messages(self, chat: Place = None) -> list[Seen]:
        """All messages that the person sees in a chat, oldest first."""
        world = self.telegram.world
        return [Seen(world, message) for message in visible(world, self._chat(chat), self.id)]

    @property
    def last(self) -> Seen:
        """The bot's newest message in the private chat."""
        return self.last_in()

    def last_in(self, chat: Place = None) -> Seen:
        """A bot's newest message in a chat, service messages aside."""
        bots = self.telegram.world.state.bots
        for seen in reversed(self.messages(chat)):
            if seen.sender in bots and not seen.message.service:
                return seen
        raise LookupError(f"no bot has written to {self.user.name} in this chat")

    @property
    def answers(self) -> list[Press]:
        """The person's presses that were answered, oldest first."""
        return [
            one
            for one in self.telegram.world.state.presses.values()
            if one.person_id == self.id and one.answered
        ]

    @property
    def alerts(self) -> list[str]:
        """Texts of answers shown in a box."""
        return [one.text for one in self.answers if one.text and one.alert]

    @property
    def toasts(self) -> list[str]:
        """Texts of answers shown for a moment."""
        return [one.text for one in self.answers if one.text and not one.alert]

    async def send(
        self,
        text: str,
        chat: Place = None,
        reply_to: Seen | None = None,
        *,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> Seen:
        """Send a text; `thread` is a forum topic, `anonymous` speaks as the group."""
        place = self._chat(chat)
        message = acting.send_text(
            self.telegram.world,
            self.id,
            place,
            text,
            reply_to=reply_to.message_id if reply_to else None,
            topic=thread,
            anonymous=anonymous,
        )
        return Seen(self.telegram.world, message)

    async def start(self, payload: str = "") -> Seen:
        """Press Start or follow `t.me/<bot>?start=<payload>`."""
        return Seen(self.telegram.world, acting.start(self.telegram.world, self.id, self.chat, payload))

    async def press(self, words: str, message: Seen | None = None, chat: Place = None) -> Press:
        """Press the button whose text contains the words, on the newest message that has one."""
        candidates = [message] if message is not None else list(reversed(self.messages(chat)))
        for seen in candidates:
            for row in seen.rows:
                for button in row:
                    if words in button["text"] and "callback_data" in button:
                        return await self.press_data(seen, button["callback_data"])
        there = [label for seen in candidates for row in seen.buttons for label in row]
        raise LookupError(f"no button {words!r}; there are: {', '.join(map(repr, there)) or 'none'}")

    async def press_data(self, message: Seen, data: str) -> Press:
        """Press with any data, also such that no button has."""
        return acting.press(self.telegram.world, self.id, message.chat, message.message_id, data)

    async def edit(self, message: Seen, text: str) -> Seen:
        """Edit an own message."""
        acting.edit_text(self.telegram.world, self.id, message.chat, message.message_id, text)
        return message

    async def delete_messages(self, *messages: Seen) -> None:
        """Delete messages of one chat for everyone."""
        ids = [seen.message_id for seen in messages]
        acting.delete(self.telegram.world, self.id, messages[0].chat, ids)

    async def send_location(self, latitude: float, longitude: float, chat: Place = None) -> Seen:
        """Share a place."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}}, chat)

    async def send_photo(self, data: bytes | None = None, caption: str = "", chat: Place = None) -> Seen:
        """Send a picture; without data a small grey one."""
        upload = UploadedFile("photo.png", data or pictures.grey_png(), "image/png")
        stored = files.store(self.telegram.world, upload, files.PHOTO, self.telegram.bot.user.id)
        return self._send(files.photo_content(stored) | ({"caption": caption} if caption else {}), chat)

    async def send_document(
        self, name: str, data: bytes, mime_type: str = "text/plain", chat: Place = None
    ) -> Seen:
        """Send a file."""
        upload = UploadedFile(name, data, mime_type)
        stored = files.store(self.telegram.world, upload, files.DOCUMENT, self.telegram.bot.user.id)
        return self._send(files.document_content(stored), chat)

    async def send_sticker(self, emoji: str = "🙂", chat: Place = None) -> Seen:
        """Send a sticker."""
        upload = UploadedFile("sticker.webp", b"sticker " + emoji.encode(), "image/webp")
        stored = files.store(self.telegram.world, upload, files.STICKER, self.telegram.bot.user.id)
        return self._send(files.sticker_content(stored, emoji), chat)

    async def block_bot(self) -> None:
        """Block the bot: it cannot write any more."""
        acting.block(self.telegram.world, self.chat, blocked=True)

    async def unblock_bot(self) -> None:
        """Take the block back."""
        acting.block(self.telegram.world, self.chat, blocked=False)

    async def vote(self, message: Seen, option: int | str | list[int]) -> None:
        """Vote in a poll, by the option's number or words."""
        chosen = option if isinstance(option, list) else [self._option(message, option)]
        acting.vote(self.telegram.world, self.id, message.chat, message.message_id, chosen)

    async def retract_vote(self, message: Seen) -> None:
        """Take a vote back; a quiz does not allow it unless it allows revoting."""
        acting.vote(self.telegram.world, self.id, message.chat, message.message_id, [])

    async def react(self, message: Seen, emoji: str | None) -> None:
        """React to a message; None takes it back."""
        acting.react(self.telegram.world, self.id, message.chat, message.message_id, emoji)

    async def join(self, group: Group) -> None:
        """Join a group."""
        group.change(self.id, MEMBER, by=self.id)

    async def leave(self, group: Group) -> None:
        """Leave a group."""
        group.change(self.id, LEFT, by=self.id)

    def _send(self, content: Json, chat: Place) -> Seen:
        message = acting.send_content(self.telegram.world, self.id, self._chat(chat), content)
        return Seen(self.telegram.world, message)

    def _chat(self, place: Place) -> Chat:
        if place is None:
            return self.chat
        if isinstance(place, Chat):
            return place
        return self.telegram.world.chat(place if isinstance(place, str) else place.chat.key)

    @staticmethod
    def _option(message: Seen, option: int | str) -> int:
        if isinstance(option, int):
            return option
        texts = [one["text"] for one in (message.poll or {"options": []})["options"]]
        for index, text in enumerate(texts):
            if option in text:
                return index
        raise NotPossible(f"no option {option!r}; there are: {texts}")

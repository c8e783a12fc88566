"""A message as a test or a person reads it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.emulator.html_output import to_html
from bot.playground.emulator.render import message_json, poll_json
from bot.playground.emulator.state import Chat, Json, Message
from bot.playground.emulator.world import World


@dataclass(frozen=True, eq=False)
class Seen:
    """A message in a chat; it shows what is there now, after edits too."""

    world: World
    message: Message

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and self.message is other.message

    def __hash__(self) -> int:
        return hash((self.message.chat, self.message.id))

    def __repr__(self) -> str:
        return f"<message {self.message.id} in {self.message.chat}: {self.text[:60]!r} {self.buttons}>"

    @property
    def chat(self) -> Chat:
        """The chat it is in."""
        return self.world.state.chats[self.message.chat]

    @property
    def message_id(self) -> int:
        """Its number in the chat."""
        return self.message.id

    @property
    def sender(self) -> int:
        """The user id of who sent it."""
        return self.message.sender

    @property
    def text(self) -> str:
        """Text or caption without markup; for a poll its question."""
        content = self.message.content
        if self.poll is not None:
            return str(self.poll["question"])
        return str(content.get("text") or content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The entities of text or caption."""
        content = self.message.content
        found: list[Json] = content.get("entities") or content.get("caption_entities") or []
        return found

    @property
    def html(self) -> str:
        """The text in Telegram's HTML."""
        return to_html(self.text, self.entities)

    @property
    def rows(self) -> list[list[Json]]:
        """The inline buttons as the bot sent them."""
        markup = self.message.markup or {}
        rows: list[list[Json]] = markup.get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline buttons, row by row."""
        return [[button["text"] for button in row] for row in self.rows]

    @property
    def poll(self) -> Json | None:
        """The poll as the bot sees it, with the right answer."""
        poll = self.world.state.polls.get(str(self.message.content.get("poll_id")))
        return poll_json(poll) if poll is not None else None

    @property
    def thread(self) -> int | None:
        """The forum topic it is in; None outside of one and in General."""
        return self.message.thread

    @property
    def deleted(self) -> bool:
        """Whether it is gone."""
        return self.message.id not in self.chat.messages

    @property
    def edited(self) -> bool:
        """Whether it was edited since it was sent."""
        return self.message.edit_date is not None

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.message.receiver is not None

    @property
    def json(self) -> Json:
        """Message of the Bot API."""
        return message_json(self.world, self.message)


def visible(world: World, chat: Chat, person_id: int) -> list[Message]:
    """The chat's messages that a person sees, oldest first; a hidden one has its stand-in's place."""
    own = [message for message in chat.messages.values() if message.receiver == person_id]
    stand_ins = {message.hides: message for message in own if message.hides is not None}
    seen: list[Message] = []
    for message in chat.messages.values():
        if message.receiver is not None:
            if message.receiver == person_id and (
                message.hides is None or message.hides not in chat.messages
            ):
                seen.append(message)
            continue
        seen.append(stand_ins.get(message.id, message))
    return seen

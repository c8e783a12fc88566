"""What a group's game sends: messages, polls and edits, in the lane of the answers.

People wait for the next round, so it goes before broadcasts; nobody's finger is on a button, so it may
wait longer than an answer. Nothing is retried here.

Servers older than Bot API 9.6 (a local one, say) know `correct_option_id` in place of `correct_option_ids`,
no description of a poll, and no `open_period` beyond ten minutes. Such a server gives itself away by refusing
the first quiz, before anyone sees it; one that takes the quiz and drops the description, by its answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram.error import ChatMigrated, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.api.errors import seconds_of
from bot.api.limiter import Limiter, NoTurn
from bot.api.lines import Lane
from bot.api.markup import payload
from bot.api.sending import Outcome, outcome_of
from bot.api.transport import post_plain
from bot.rendering.polls import Poll
from bot.rendering.screen import Screen

PATIENCE = 30.0
"""Seconds to wait for a turn: half a lease of a move, so that nobody else makes it meanwhile."""

THROWN_OUT = ("bot was kicked", "bot is not a member")
"""In a 403 from a group."""

NO_TOPIC = "message thread not found"
"""In a 400 from a forum whose topic was deleted."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a call, as of a `Sent`; `poll_id` and `has_description` of the poll, if it was one."""

    outcome: Outcome
    message_id: int | None = None
    poll_id: str | None = None
    has_description: bool = False
    new_chat_id: int | None = None
    retry_after: float | None = None
    description: str = ""

    @property
    def is_out(self) -> bool:
        """Tell whether there is no such chat, or the bot is not in it: no update need have told."""
        text = self.description.lower()
        return self.outcome is Outcome.GONE or any(words in text for words in THROWN_OUT)

    @property
    def is_topic_gone(self) -> bool:
        """Tell whether the forum topic was deleted."""
        return self.outcome is Outcome.REFUSED and NO_TOPIC in self.description.lower()


OLD_REFUSAL = "correct option"
"""In the words with which an old server refuses a quiz whose right option it does not see."""

OLD_PERIOD = 600
"""Seconds: what an old server makes of any longer `open_period`. Without one a poll stays open."""


class Poster:
    """Posts to groups.

    `shows_descriptions` turns False, until the next start, when the server turns out not to know them.

    Args:
        request: the transport.
        base_url: the API's address with the token, as `Bot.base_url` gives it.
        limiter: the one that answers and broadcasts use.
    """

    def __init__(self, request: BaseRequest, base_url: str, limiter: Limiter) -> None:
        self._request = request
        self._url = base_url
        self._limiter = limiter
        self.shows_descriptions = True

    async def send(self, chat_id: int, screen: Screen, *, thread_id: int = 0, silent: bool = False) -> Posted:
        """Send a message; `thread_id` is a forum topic, 0 for none."""
        return await self._post(
            "sendMessage", chat_id, {**payload(screen), **_place(thread_id), **_sound(silent=silent)}
        )

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> Posted:
        """Show another screen in a message; the same one again is no failure."""
        posted = await self._post("editMessageText", chat_id, {"message_id": message_id, **payload(screen)})
        if posted.outcome is Outcome.REFUSED and "message is not modified" in posted.description.lower():
            return Posted(Outcome.SENT, message_id=message_id)
        return posted

    async def poll(
        self, chat_id: int, poll: Poll, *, thread_id: int = 0, silent: bool = False, apart: bool = False
    ) -> Posted:
        """Send a native quiz poll in which everyone sees who voted, and which closes by itself.

        Args:
            apart: the snippet was sent already, so the description goes without it.
        """
        fields = _quiz(poll, apart=apart) if self.shows_descriptions else _old_quiz(poll)
        posted = await self._post(
            "sendPoll", chat_id, {**fields, **_place(thread_id), **_sound(silent=silent)}
        )
        refused = posted.outcome is Outcome.REFUSED and OLD_REFUSAL in posted.description.lower()
        if refused or (posted.outcome is Outcome.SENT and not posted.has_description):
            self.shows_descriptions = False
        return posted

    async def stop_poll(self, chat_id: int, message_id: int) -> Posted:
        """Close a poll before its time."""
        return await self._post("stopPoll", chat_id, {"message_id": message_id})

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> Posted:
        """Delete up to 100 own messages; those that are gone are passed over."""
        return await self._post("deleteMessages", chat_id, {"message_ids": list(message_ids)})

    async def _post(self, method: str, chat_id: int, fields: dict[str, Any]) -> Posted:
        with self._limiter.precedence.elsewhere():
            return await self._call(method, chat_id, fields)

    async def _call(self, method: str, chat_id: int, fields: dict[str, Any]) -> Posted:
        try:
            await self._limiter.acquire(chat_id, Lane.ANSWER, patience=PATIENCE)
        except NoTurn as error:
            return Posted(Outcome.LATER, retry_after=max(1.0, error.seconds), description=str(error))
        try:
            answer = await post_plain(self._request, f"{self._url}/{method}", {"chat_id": chat_id, **fields})
        except RetryAfter as error:
            wait = seconds_of(error)
            self._limiter.flooded(chat_id, wait)
            return Posted(Outcome.LATER, retry_after=wait, description=error.message)
        except TelegramError as error:
            new_chat_id = error.new_chat_id if isinstance(error, ChatMigrated) else None
            return Posted(outcome_of(error), new_chat_id=new_chat_id, description=error.message)
        if not isinstance(answer, dict):
            return Posted(Outcome.SENT)
        poll = answer.get("poll") or {}
        return Posted(
            Outcome.SENT,
            message_id=answer.get("message_id"),
            poll_id=poll.get("id"),
            has_description=bool(poll.get("description")),
        )


def _quiz(poll: Poll, *, apart: bool) -> dict[str, Any]:
    return {
        "question": poll.question,
        "options": [{"text": option} for option in poll.options],
        "type": "quiz",
        "is_anonymous": False,
        "correct_option_ids": [poll.right],
        "open_period": poll.seconds,
        "explanation": poll.explanation,
        "explanation_parse_mode": "HTML",
        "description": poll.chips if apart else poll.description,
        "description_parse_mode": "HTML",
    }


def _old_quiz(poll: Poll) -> dict[str, Any]:
    """Write it for a server that may be an old one: a newer one takes no notice of `correct_option_id`."""
    fields = {**_quiz(poll, apart=True), "correct_option_id": poll.right}
    if poll.seconds > OLD_PERIOD:
        del fields["open_period"]
    return fields


def _place(thread_id: int) -> dict[str, int]:
    return {"message_thread_id": thread_id} if thread_id else {}


def _sound(*, silent: bool) -> dict[str, bool]:
    return {"disable_notification": True} if silent else {}

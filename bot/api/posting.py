"""What a group's game sends: messages, polls and edits, in the lane of the answers.

People wait for the next round, so it goes before broadcasts; nobody's finger is on a button, so it may
wait longer than an answer. Nothing is retried here.
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


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a call, as of a `Sent`; `poll_id` of the poll, if it was one."""

    outcome: Outcome
    message_id: int | None = None
    poll_id: str | None = None
    new_chat_id: int | None = None
    retry_after: float | None = None
    description: str = ""


class Poster:
    """Posts to groups.

    Args:
        request: the transport.
        base_url: the API's address with the token, as `Bot.base_url` gives it.
        limiter: the one that answers and broadcasts use.
    """

    def __init__(self, request: BaseRequest, base_url: str, limiter: Limiter) -> None:
        self._request = request
        self._url = base_url
        self._limiter = limiter

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

    async def poll(self, chat_id: int, poll: Poll, *, thread_id: int = 0, silent: bool = False) -> Posted:
        """Send a native quiz poll in which everyone sees who voted, and which closes by itself."""
        fields: dict[str, Any] = {
            "question": poll.question,
            "options": [{"text": option} for option in poll.options],
            "type": "quiz",
            "is_anonymous": False,
            "correct_option_ids": [poll.right],
            "open_period": poll.seconds,
            "explanation": poll.explanation,
            "explanation_parse_mode": "HTML",
            "description": poll.description,
            "description_parse_mode": "HTML",
        }
        return await self._post("sendPoll", chat_id, {**fields, **_place(thread_id), **_sound(silent=silent)})

    async def stop_poll(self, chat_id: int, message_id: int) -> Posted:
        """Close a poll before its time."""
        return await self._post("stopPoll", chat_id, {"message_id": message_id})

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> Posted:
        """Delete up to 100 own messages; those that are gone are passed over."""
        return await self._post("deleteMessages", chat_id, {"message_ids": list(message_ids)})

    async def _post(self, method: str, chat_id: int, fields: dict[str, Any]) -> Posted:
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
        return Posted(
            Outcome.SENT,
            message_id=answer.get("message_id"),
            poll_id=(answer.get("poll") or {}).get("id"),
        )


def _place(thread_id: int) -> dict[str, int]:
    return {"message_thread_id": thread_id} if thread_id else {}


def _sound(*, silent: bool) -> dict[str, bool]:
    return {"disable_notification": True} if silent else {}

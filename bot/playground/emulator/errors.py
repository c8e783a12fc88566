"""Telegram's refusals: the status and the words.

The texts are those of TDLib's Bot API server (`telegram-bot-api/Client.cpp`,
`fail_query_with_error`) and of TDLib itself, which start with a capital letter; like the server,
`bad_request` lowers it unless the word is in capitals (`BUTTON_DATA_INVALID`).
"""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal: HTTP status, description and, where Telegram gives them, response parameters.

    `words` is the reason alone, to be put into a longer sentence ("can't parse …: reason").
    """

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None, words: str = ""
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters
        self.words = words or description

    def envelope(self) -> dict[str, Any]:
        """The answer's body."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ConnectionLost(ConnectionError):
    """The line broke: the caller learns nothing, whether the call took effect or not."""


class NoAnswer(ConnectionLost, TimeoutError):
    """The caller waited in vain; the call had no effect."""


class NotPossible(Exception):
    """A person tried what Telegram's apps do not offer; the text says why."""


def prefixed(prefix: str, words: str) -> str:
    """`words` as the server writes them after its prefix.

    The first letter becomes small, unless the second is a capital or an underscore.
    """
    if len(words) >= 2 and (words[1] == "_" or "A" <= words[1] <= "Z"):
        return f"{prefix}: {words}"
    return f"{prefix}: {words[:1].lower()}{words[1:]}"


def bad_request(words: str, parameters: dict[str, Any] | None = None) -> ApiError:
    """400 with Telegram's prefix."""
    return ApiError(400, prefixed("Bad Request", words), parameters, words)


def forbidden(words: str) -> ApiError:
    """403 with Telegram's prefix."""
    return ApiError(403, prefixed("Forbidden", words))


def conflict(words: str) -> ApiError:
    """409 with Telegram's prefix."""
    return ApiError(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> ApiError:
    """429; `retry_after` in seconds."""
    words = f"Too Many Requests: retry after {retry_after}"
    return ApiError(429, words, {"retry_after": retry_after})


def not_modelled(what: str) -> ApiError:
    """501: the Bot API has it, this emulator does not (Telegram never answers so)."""
    return ApiError(501, f"Not Implemented: the playground's emulator does not model {what}")


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a"
    " current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"

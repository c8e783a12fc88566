"""Keeps secrets out of the logs, should a text, an argument or a traceback ever carry one."""

from __future__ import annotations

import logging
from urllib.parse import quote

STAND_IN = "<secret>"
"""What is written instead of a secret."""

SHORTEST_PART = 16
"""The half of a token after its colon is hidden too if it is at least this long: a shorter
one could be an ordinary word."""

QUIET = {
    # The library prints requests and updates, texts included, below INFO.
    "telegram": logging.INFO,
    # Every statement with its values, names that a group shows included.
    "aiosqlite": logging.INFO,
    # One line with the address for each request.
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "aiohttp.access": logging.WARNING,
}
"""Loggers that would say too much, and the least level that they may use."""


class Redaction(logging.Filter):
    """Replaces secrets in whatever passes; put it on handlers, since a logger's filter skips its children.

    secrets: what must never be read: the token, the webhook's secret, a password. Empty ones are ignored.
    """

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        parts = {part for secret in secrets if secret for part in _spellings(secret)}
        self._parts = sorted(parts, key=len, reverse=True)
        self._formatter = logging.Formatter()

    def redact(self, text: str) -> str:
        """Return the text without any of the secrets."""
        for part in self._parts:
            text = text.replace(part, STAND_IN)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, cleaned; one without a secret stays as it is."""
        message = record.getMessage()
        if (clean := self.redact(message)) != message:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            traceback = self._formatter.formatException(record.exc_info)
            if (clean := self.redact(traceback)) != traceback:
                # Formatters print exc_text where there is one; without exc_info none can make it anew.
                record.exc_text, record.exc_info = clean, None
        elif record.exc_text:
            record.exc_text = self.redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redact(record.stack_info)
        return True


def quieten() -> None:
    """Keep libraries from logging addresses and texts, whatever level the operator chose."""
    for name, level in QUIET.items():
        logger = logging.getLogger(name)
        logger.setLevel(max(level, logger.getEffectiveLevel()))


def _spellings(secret: str) -> set[str]:
    """A token appears whole, percent-encoded in an address, or as the part after its colon."""
    own_part = secret.partition(":")[2]
    spellings = {secret, quote(secret, safe="")}
    if len(own_part) >= SHORTEST_PART:
        spellings.add(own_part)
    return spellings

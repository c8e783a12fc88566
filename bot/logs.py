"""Logging, set up once: one line per event, for people or for machines, and never a secret."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.api.in_order import ids_in_hand
from bot.api.redaction import Redaction, quieten
from bot.config import Config

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, with the ids of the update in work and a traceback, if any."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **(ids_in_hand.get() or {}),
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            fields["traceback"] = record.exc_text
        return orjson.dumps(fields).decode()


def set_up(config: Config) -> None:
    """Log to standard error at the operator's level; the token and the database's URL are never shown."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(JsonLines() if config.log_format == "json" else logging.Formatter(TEXT))
    secrets = [config.bot_token, config.database_url, config.webhook_secret, config.metrics_token]
    lines.addFilter(Redaction(*(secret.get_secret_value() for secret in secrets if secret)))
    logging.basicConfig(level=config.log_level, handlers=[lines], force=True)
    # A line per run of a job, or per rule tried on each paragraph, tells an operator nothing.
    for name in ("apscheduler", "alembic", "markdown_it"):
        logging.getLogger(name).setLevel(logging.WARNING)
    quieten()

"""No secret gets into a log line, whatever carries it there."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.api.redaction import QUIET, STAND_IN, Redaction, quieten
from tests.api.fake_telegram import HALF, TOKEN

LOGGER = logging.getLogger("tests.redaction")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a handler with the filter writes; only this logger's, and nothing goes further up."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.addFilter(Redaction(TOKEN, "", "webhook/secret"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.DEBUG)
    LOGGER.propagate = False
    yield text
    LOGGER.removeHandler(handler)
    LOGGER.propagate = True


@pytest.mark.parametrize(
    "spelling",
    [
        TOKEN,
        HALF,
        TOKEN.replace(":", "%3A"),
        f"https://x/bot{TOKEN}/getMe",
        "webhook/secret",
        "webhook%2Fsecret",
    ],
)
def test_in_text_and_arguments(lines: io.StringIO, spelling: str) -> None:
    LOGGER.info(f"asked {spelling} twice")  # noqa: G004  # the careless way is what is tested
    LOGGER.info("asked %s twice", spelling)
    LOGGER.info("asked %(where)s twice", {"where": spelling})
    LOGGER.info("asked %r", ValueError(spelling))
    said = lines.getvalue()
    assert said.count(STAND_IN) == 4
    assert spelling not in said
    assert HALF not in said


def test_in_tracebacks_and_their_causes(lines: io.StringIO) -> None:
    try:
        try:
            raise OSError(f"no way to {TOKEN}")
        except OSError as error:
            raise ValueError("outer") from error
    except ValueError:
        LOGGER.exception("it failed", stack_info=True)
    said = lines.getvalue()
    assert "it failed" in said
    assert "ValueError: outer" in said
    assert f"OSError: no way to {STAND_IN}" in said
    assert HALF not in said


def test_a_second_handler_sees_the_clean_record_too(lines: io.StringIO) -> None:
    second = io.StringIO()
    later = logging.StreamHandler(second)

    class Afresh(logging.Formatter):
        """Does not look whether the traceback was made into text already."""

        def format(self, record: logging.LogRecord) -> str:
            traceback = self.formatException(record.exc_info) if record.exc_info else record.exc_text
            return f"{record.getMessage()} {traceback}"

    later.setFormatter(Afresh())
    LOGGER.addHandler(later)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        LOGGER.exception("failed with %s", TOKEN)
    LOGGER.removeHandler(later)
    assert "ValueError" in second.getvalue()
    assert HALF not in second.getvalue() + lines.getvalue()


def test_what_is_clean_stays_as_it_is(lines: io.StringIO) -> None:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "user %d rated %s", (5, "Good"), None)
    assert Redaction(TOKEN).filter(record)
    assert record.args == (5, "Good")
    LOGGER.info("user %d rated %s", 5, "Good")
    assert lines.getvalue() == "user 5 rated Good\n"


def test_a_short_half_is_not_hunted_for() -> None:
    assert Redaction("1:bot").redact("the bot") == "the bot"


def test_talkative_libraries_are_quietened(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in QUIET:
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.ERROR)
    quieten()
    assert not logging.getLogger("telegram.Bot").isEnabledFor(logging.DEBUG)
    assert logging.getLogger("telegram.Bot").isEnabledFor(logging.INFO)
    assert not logging.getLogger("aiosqlite").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("httpx").isEnabledFor(logging.WARNING)

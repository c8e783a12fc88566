"""What became of a request that was not answered with 200, as the library's errors.

aiohttp's texts carry the address, and with it the token; so may a proxy's error page.
Neither gets through here.
"""

from __future__ import annotations

import re
from urllib.parse import quote

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.api.errors import ConnectionCut, FloodWait, NotSent, NotSentInTime

ERROR_PAGE = 300
"""Bytes kept of an error answer that is not JSON: a proxy's page does not belong into a log line."""

_TOKEN = re.compile(r"/bot([^/]+)/")


def failure_of(error: Exception, url: str) -> TelegramError:
    """Say as the library would what kept a request from being answered."""
    text = f"{type(error).__name__}: {error}".removesuffix(": ").replace(url, "<address>")
    text = _without_token(text.encode(), url).decode()
    match error:
        case aiohttp.ConnectionTimeoutError():
            return NotSentInTime(f"Timed out while connecting ({type(error).__name__})")
        case aiohttp.ClientConnectorError() | aiohttp.ClientHttpProxyError() | aiohttp.InvalidURL():
            return NotSent(text)
        case TimeoutError():
            return TimedOut()
        case aiohttp.ClientError() | OSError():
            return ConnectionCut(text)
        case _:
            return NetworkError(text)


def checked(status: int, payload: bytes, url: str) -> bytes:
    """Clean an error answer, or raise if it asks to wait."""
    if status == 429 and (wait := _retry_after(payload)):
        raise FloodWait(wait)
    if not payload.lstrip().startswith(b"{"):
        payload = payload[:ERROR_PAGE]
    return _without_token(payload, url)


def _retry_after(payload: bytes) -> int | None:
    try:
        wait = orjson.loads(payload)["parameters"]["retry_after"]
    except (ValueError, LookupError, TypeError):
        return None
    return wait if isinstance(wait, int) and wait > 0 else None


def _without_token(text: bytes, url: str) -> bytes:
    if found := _TOKEN.search(url):
        for spelling in (found[1], quote(found[1], safe="")):
            text = text.replace(spelling.encode(), b"<token>")
    return text

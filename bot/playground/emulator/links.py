"""Which links Telegram takes, and how it writes them. Source: TDLib's `LinkManager::check_link`."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from bot.playground.emulator.errors import bad_request

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_APP_LINK = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)


def user_of_link(link: str) -> int:
    """The user id of `tg://user?id=…`, else 0."""
    parts = urlsplit(link.strip())
    if parts.scheme.lower() != "tg" or parts.netloc.lower() != "user":
        return 0
    spelled = parse_qs(parts.query).get("id", ["0"])[0]
    return int(spelled) if spelled.isdecimal() else 0


def checked_link(link: str) -> str:
    """The link as Telegram keeps it; `URL '…' is invalid: …` for one that it refuses."""
    try:
        return _checked(link.strip())
    except _WrongLink as wrong:
        raise bad_request(f"URL '{link}' is invalid: {wrong}") from None


class _WrongLink(Exception):
    """Why the link is refused."""


def _checked(link: str) -> str:
    app = _APP_LINK.match(link)
    if app:
        return f"{app[1].lower()}://{link[app.end() :]}"
    scheme_match = _SCHEME.match(link)
    scheme = scheme_match[1].lower() if scheme_match else "http"
    if scheme not in ("http", "https"):
        raise _WrongLink("Unsupported URL protocol")
    rest = link[scheme_match.end() :] if scheme_match else link
    host_end = re.search(r"[/?#]", rest)
    authority = rest[: host_end.start()] if host_end else rest
    tail = rest[host_end.start() :] if host_end else ""
    host, _, port = authority.rpartition("@")[2].partition(":")
    if not host:
        raise _WrongLink("URL host is empty")
    if port and not (port.isdecimal() and 0 < int(port) < 65536):
        raise _WrongLink("Wrong port number specified in the URL")
    if any(character.isspace() for character in authority):
        raise _WrongLink("Disallowed character in URL host")
    if "." not in host:
        raise _WrongLink("Wrong HTTP URL")
    if not tail.startswith("/"):
        tail = f"/{tail}"
    return f"{scheme}://{authority.lower()}{tail.replace(' ', '%20')}"

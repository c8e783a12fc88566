"""The way out: python-telegram-bot's requests over aiohttp, with JSON by orjson.

The library's own transport collapses beyond about thirty requests in flight. This one
keeps the library's error mapping (it lives in `BaseRequest`) and adds two things: errors
tell whether the request can have arrived, and no error text carries the bot's token.

Everything but `AiohttpRequest.exchange` is independent of HTTP; a test that wants no
network subclasses and answers there.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.request import getproxies

import aiohttp
import orjson
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput, UploadFileDict
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.api.failures import checked, failure_of

CONNECTIONS = 256
"""Open connections at most: Telegram's 1,000 messages a second at 80 ms each need 80."""

UPLOAD_SECONDS = 60.0
"""How long a file may take to go up."""

_JSON = {"Content-Type": "application/json", "User-Agent": BaseRequest.USER_AGENT}
_PLAIN = {"User-Agent": BaseRequest.USER_AGENT}


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """One request. It has no repr: its address carries the token.

    body: the parameters as JSON; empty for none, and for a call with files.
    files, fields: what goes up as a form, and the parameters beside it.
    """

    verb: str
    url: str
    body: bytes
    timeout: aiohttp.ClientTimeout
    files: UploadFileDict = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """The Bot API's name for what is asked, such as `sendMessage`."""
        return self.url.rpartition("/")[2]


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's transport over one aiohttp session.

    Args:
        connections: open connections at most; more requests wait for one.
        connect_timeout: seconds for a new connection.
        pool_timeout: seconds to wait for a free connection.
        write_timeout: seconds to write a request without files.
        read_timeout: seconds of silence that are borne while the answer is awaited.

    The four together stay within 20 s, a third of a delivery's lease.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        connect_timeout: float = 5.0,
        pool_timeout: float = 2.0,
        write_timeout: float = 3.0,
        read_timeout: float = 10.0,
    ) -> None:
        self._connections = connections
        self._limits = (pool_timeout, connect_timeout, write_timeout, read_timeout)
        self._timeout = _timeout(*self._limits)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds of silence that are borne when a call does not say otherwise."""
        return self._limits[3]

    async def initialize(self) -> None:
        """Open the session; connections are made as they are needed."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                # Looking a proxy up costs a thread's turn for each request: only where one is set.
                trust_env=bool(getproxies()),
            )

    async def shutdown(self) -> None:
        """Close every connection; more than once does no harm."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request; the library calls this and makes its errors of the status.

        Returns:
            The HTTP status and the answer's bytes.

        Raises:
            NotSent: there was no connection, nothing has arrived.
            TimedOut, ConnectionCut: the request may have arrived.
            FloodWait: Telegram asks to wait.
        """
        given = (pool_timeout, connect_timeout, write_timeout, read_timeout)
        if request_data is not None and request_data.contains_files:
            files = request_data.multipart_data
            call = Call(method, url, b"", self._time_for(given, files), files, request_data.parameters)
        else:
            call = Call(method, url, _json(request_data), self._time_for(given, {}))
        failure: TelegramError
        try:
            status, payload = await self.exchange(call)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure = failure_of(error, url)
        else:
            return status, payload if status < 300 else checked(status, payload, url)
        # Out here the error has no context: aiohttp's texts carry the address.
        raise failure

    async def exchange(self, call: Call) -> tuple[int, bytes]:
        """Speak HTTP: send one call, return the status and the body. Tests answer here instead.

        Raises:
            aiohttp.ClientError, OSError: as aiohttp does; TimeoutError is one of them.
        """
        if self._session is None:
            raise RuntimeError("initialize() comes before the first request")
        async with self._session.request(
            call.verb,
            call.url,
            data=_form(call) if call.files else call.body or None,
            headers=_JSON if call.body else _PLAIN,
            timeout=call.timeout,
            allow_redirects=False,  # another address must not be given the token
        ) as answer:
            return answer.status, await answer.read()

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """Read Telegram's answer.

        Raises:
            TelegramError: it is not an answer of the Bot API.
        """
        try:
            answer = orjson.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not ("result" in answer or "description" in answer):
            raise TelegramError("Invalid server response")
        return answer

    def _time_for(self, given: tuple[ODVInput[float], ...], files: UploadFileDict) -> aiohttp.ClientTimeout:
        if not files and all(value is BaseRequest.DEFAULT_NONE for value in given):
            return self._timeout
        defaults = (*self._limits[:2], UPLOAD_SECONDS if files else self._limits[2], self._limits[3])
        return _timeout(
            *(
                own if isinstance(value, DefaultValue) else value
                for value, own in zip(given, defaults, strict=True)
            )
        )


class Encoded:
    """A body that is JSON already, where the library hands a RequestData through to its transport."""

    contains_files = False

    def __init__(self, body: bytes) -> None:
        self.body = body


async def post_plain(
    request: BaseRequest, url: str, fields: Mapping[str, object], *, read_timeout: float | None = None
) -> Any:
    """Post plain dictionaries with the library's error mapping, past its object layer.

    Args:
        request: the transport.
        url: the method's full address; it carries the token.
        fields: the method's parameters, of JSON's own types.
        read_timeout: seconds; None is the transport's default.

    Returns:
        The answer's `result`, unparsed.
    """
    return await post_encoded(
        request, url, orjson.dumps(fields) if fields else b"", read_timeout=read_timeout
    )


async def post_encoded(
    request: BaseRequest, url: str, body: bytes, *, read_timeout: float | None = None
) -> Any:
    """Post a body that is JSON already; else the same."""
    return await request.post(
        url,
        cast("RequestData", Encoded(body)),
        read_timeout=BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout,
    )


def _json(request_data: RequestData | Encoded | None) -> bytes:
    if isinstance(request_data, Encoded):
        return request_data.body
    parameters = request_data.parameters if request_data else {}
    return orjson.dumps(parameters) if parameters else b""


def _timeout(
    pool: float | None, connect: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    """Aiohttp has no limit for writing: it is part of the total."""
    whole = None if None in (pool, connect, write, read) else sum(filter(None, (pool, connect, write, read)))
    waiting = None if pool is None or connect is None else pool + connect
    return aiohttp.ClientTimeout(total=whole, connect=waiting, sock_connect=connect, sock_read=read)


def _form(call: Call) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in call.fields.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    for name, (filename, content, mime_type) in call.files.items():
        # As a stream: aiohttp warns of large bytes.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=mime_type)
    return form

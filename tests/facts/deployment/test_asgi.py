"""Django's ASGI handler takes HTTP scopes and refuses websocket and lifespan."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

Asgi = Callable[..., Awaitable[list[dict[str, Any]]]]


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
async def test_other_scopes_are_refused(asgi: Asgi, kind: str) -> None:
    with pytest.raises(ValueError, match=f"only handle ASGI/HTTP connections, not {kind}"):
        await asgi("/ws/chat/", kind)


async def test_http_is_answered_in_events(asgi: Asgi) -> None:
    sent = await asgi("/nothing-here/")
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 404

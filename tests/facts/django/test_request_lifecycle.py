"""Middleware, URL resolving, view, rendering, middleware, sending: in this order."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.functional import SimpleLazyObject

log: list[str] = []
AUTH = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


class Watch:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        log.append(f"in: match {request.resolver_match}, transaction {connection.in_atomic_block}")
        response = self.get_response(request)
        log.append("out")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        log.append(f"hook: {request.resolver_match.view_name}, transaction {connection.in_atomic_block}")


def note() -> None:
    log.append(f"render: transaction {connection.in_atomic_block}")


def page(request: HttpRequest) -> HttpResponse:
    log.append(f"view: transaction {connection.in_atomic_block}")
    template = engines["django"].from_string("{{ note }}")
    return TemplateResponse(request, template, {"note": note})


def stream(request: HttpRequest) -> HttpResponse:
    def chunks() -> Iterator[str]:
        log.append(f"chunk: transaction {connection.in_atomic_block}")
        yield "hi"

    return StreamingHttpResponse(chunks())


@pytest.fixture(autouse=True)
def site(urls: Callable[..., None]) -> Iterator[None]:
    def started(**_: Any) -> None:
        log.append("started")

    def finished(**_: Any) -> None:
        log.append("finished")

    urls(path("page/", page, name="page"), path("stream/", stream))
    request_started.connect(started)
    request_finished.connect(finished)
    log.clear()
    with override_settings(MIDDLEWARE=[f"{__name__}.Watch"]):
        yield
    request_started.disconnect(started)
    request_finished.disconnect(finished)


def test_the_order_of_the_stages(client: Client, committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    client.get("/page/")
    assert log == [
        "started",
        "in: match None, transaction False",
        "hook: page, transaction False",
        "view: transaction True",
        "render: transaction False",
        "out",
        "finished",
    ]


def test_a_stream_is_produced_after_the_middleware(
    client: Client, committed_db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    response = client.get("/stream/")
    assert log[-1] == "out"
    b"".join(response.streaming_content)
    assert log[-2:] == ["chunk: transaction False", "finished"]


def test_session_and_user_are_lazy(
    client: Client, urls: Callable[..., None], count_queries: Any, db: Any
) -> None:
    seen: list[Any] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.user)
        return HttpResponse()

    urls(path("quiet/", view))
    client.cookies["sessionid"] = "a" * 32
    with override_settings(MIDDLEWARE=AUTH), count_queries() as sql:
        client.get("/quiet/")
        assert sql == []
        assert isinstance(seen[0], SimpleLazyObject)
        assert not seen[0].is_authenticated
    assert len(sql) == 1

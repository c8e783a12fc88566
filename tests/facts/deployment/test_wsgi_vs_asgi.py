"""Under ASGI a plain def view runs in a thread of its own beside the event loop."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path

Asgi = Callable[..., Awaitable[list[dict[str, Any]]]]


def here() -> bytes:
    return str(threading.get_ident()).encode()


async def test_sync_views_of_two_requests_run_side_by_side_in_two_threads(
    asgi: Asgi, urls: Callable[..., None]
) -> None:
    meeting = threading.Barrier(2)

    def view(request: HttpRequest) -> HttpResponse:
        meeting.wait(timeout=5)  # passes only if both requests are inside at once
        return HttpResponse(here())

    urls(path("meet/", view))
    first, second = await asyncio.gather(asgi("/meet/"), asgi("/meet/"))
    assert first[0]["status"] == second[0]["status"] == 200
    assert len({first[1]["body"], second[1]["body"], here()}) == 3


async def test_nothing_limits_the_threads(asgi: Asgi, urls: Callable[..., None]) -> None:
    many = 40  # more than the 32 threads at most of a loop's own pool
    meeting = threading.Barrier(many)

    def view(request: HttpRequest) -> HttpResponse:
        meeting.wait(timeout=10)
        return HttpResponse(here())

    urls(path("meet/", view))
    answers = await asyncio.gather(*(asgi("/meet/") for _ in range(many)))
    assert len({sent[1]["body"] for sent in answers}) == many


async def test_async_views_run_on_the_event_loop(asgi: Asgi, urls: Callable[..., None]) -> None:
    async def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(here())

    urls(path("loop/", view))
    assert (await asgi("/loop/"))[1]["body"] == here()


def test_an_async_view_works_under_wsgi(urls: Callable[..., None], rf: RequestFactory) -> None:
    async def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("hello")

    urls(path("loop/", view))
    statuses: list[str] = []
    environ = rf.get("/loop/").environ
    body = WSGIHandler()(environ, lambda status, headers: statuses.append(status))
    assert b"".join(body) == b"hello"
    assert statuses == ["200 OK"]

"""LocMemCache belongs to one process; page caches keep GET and HEAD with status 200, and nothing private."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.cache import cache_control, cache_page

TWO_WORKERS = """
    import multiprocessing
    from django.conf import settings
    from django.core.cache import cache

    settings.configure()
    cache.set("rate", 7, 600)

    def worker():
        cache.set("rate", 8, 600)
        print("worker", cache.get("rate"), flush=True)

    process = multiprocessing.get_context("fork").Process(target=worker)
    process.start()
    process.join()
    print("other", cache.get("rate"))
"""


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_each_process_has_its_own_default_cache(run_python: Callable[..., Any]) -> None:
    assert run_python(TWO_WORKERS).stdout.split() == ["worker", "8", "other", "7"]


def served(urls: Callable[..., None], view: Callable[..., HttpResponse], method: str = "get") -> int:
    """How often the view ran for two requests."""
    runs: list[int] = []

    def counted(request: HttpRequest) -> HttpResponse:
        runs.append(1)
        return view(request)

    urls(path("", cache_page(600)(counted)))
    for _ in range(2):
        getattr(Client(), method)("/")
    return len(runs)


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@pytest.mark.parametrize(("method", "runs"), [("get", 1), ("head", 1), ("post", 2)])
def test_methods(urls: Callable[..., None], method: str, runs: int) -> None:
    assert served(urls, plain, method) == runs


def test_other_statuses_are_not_kept(urls: Callable[..., None]) -> None:
    assert served(urls, lambda request: HttpResponse(status=404)) == 2


def test_private_responses_are_not_kept(urls: Callable[..., None]) -> None:
    assert served(urls, cache_control(private=True)(plain)) == 2


@override_settings(MIDDLEWARE=[])
def test_each_query_string_is_a_page_of_its_own(client: Client) -> None:
    texts: list[str] = []
    view = cache_page(600)(lambda request: HttpResponse(request.GET["page"]))
    with override_settings(ROOT_URLCONF=(path("", view),)):
        texts += [client.get("/", {"page": page}).content.decode() for page in "121"]
    assert texts == ["1", "2", "1"]


def test_a_cached_none_is_told_from_a_miss_by_a_sentinel() -> None:
    missing = object()
    cache.set("nothing", None)
    assert cache.get("nothing", missing) is None
    assert cache.get("never-set", missing) is missing

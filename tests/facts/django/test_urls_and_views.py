"""The first pattern that matches wins; method and query string take no part in it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, re_path, reverse


def echo(label: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **captured: Any) -> HttpResponse:
        return HttpResponse(f"{label} {captured} {request.method}")

    return view


def test_the_upper_pattern_wins_either_way(urls: Callable[..., None], client: Client) -> None:
    general, special = path("books/<slug:slug>/", echo("book")), path("books/top/", echo("top"))
    urls(general, special)
    assert client.get("/books/top/").content == b"book {'slug': 'top'} GET"
    urls(special, general)
    assert client.get("/books/top/").content == b"top {} GET"


def test_converters_check_and_convert(urls: Callable[..., None], client: Client) -> None:
    urls(path("y/<int:year>/", echo("year")), re_path("^r/(?P<year>[0-9]+)/$", echo("text")))
    assert client.get("/y/2026/").content == b"year {'year': 2026} GET"
    assert client.get("/r/2026/").content == b"text {'year': '2026'} GET"
    assert client.get("/y/soon/").status_code == 404


def test_method_and_query_string_do_not_matter(urls: Callable[..., None], client: Client) -> None:
    urls(path("books/", echo("all")))
    assert client.get("/books/?page=2").content == b"all {} GET"
    assert client.delete("/books/").content == b"all {} DELETE"


def test_include_passes_on_the_rest_and_reverse_builds_it(urls: Callable[..., None], client: Client) -> None:
    urls(path("api/", include([path("books/<slug:slug>/", echo("api"), name="book")])))
    assert client.get("/api/books/emma/").content == b"api {'slug': 'emma'} GET"
    assert reverse("book", args=["emma"]) == "/api/books/emma/"


@pytest.mark.parametrize(("append", "status"), [(True, 301), (False, 404)])
def test_a_missing_slash_is_redirected_by_common_middleware(
    urls: Callable[..., None], client: Client, append: bool, status: int
) -> None:
    urls(path("books/", echo("all")))
    with override_settings(MIDDLEWARE=["django.middleware.common.CommonMiddleware"], APPEND_SLASH=append):
        assert client.get("/books").status_code == status
        assert client.get("/nothing").status_code == 404

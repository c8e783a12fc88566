"""cache_page stores a page before the session adds Vary: Cookie; the per-site cache stores it afterwards."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.cache import cache_control, cache_page, never_cache
from django.views.decorators.vary import vary_on_cookie

pytestmark = pytest.mark.usefixtures("db")

AUTH = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
PER_SITE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    *AUTH,
    "django.middleware.cache.FetchFromCacheMiddleware",
]
View = Callable[[HttpRequest], HttpResponse]


def greet(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"hello {request.user.get_username()}")


@pytest.fixture
def seen_by(urls: Callable[..., None]) -> Iterator[Callable[..., list[str]]]:
    """What Ann and then Bob read on a page with this view."""
    cache.clear()

    def visit(view: View, middleware: list[str]) -> list[str]:
        urls(path("", view))
        with override_settings(MIDDLEWARE=middleware):
            texts: list[str] = []
            for name in ["ann", "bob"]:
                browser = Client()
                browser.force_login(User.objects.create(username=name))
                texts.append(browser.get("/").content.decode())
            return texts

    yield visit
    cache.clear()


def test_cache_page_serves_one_user_to_the_next(seen_by: Callable[..., list[str]]) -> None:
    assert seen_by(cache_page(600)(greet), AUTH) == ["hello ann", "hello ann"]


def test_the_response_that_leaks_does_carry_vary_cookie(urls: Callable[..., None]) -> None:
    cache.clear()
    urls(path("", cache_page(600)(greet)))
    with override_settings(MIDDLEWARE=AUTH):
        browser = Client()
        browser.force_login(User.objects.create(username="ann"))
        assert "Cookie" in browser.get("/").headers["Vary"]
    cache.clear()


@pytest.mark.parametrize("guard", [vary_on_cookie, cache_control(private=True), never_cache])
def test_what_the_view_says_itself_is_respected(
    seen_by: Callable[..., list[str]], guard: Callable[[View], View]
) -> None:
    assert seen_by(cache_page(600)(guard(greet)), AUTH) == ["hello ann", "hello bob"]


def test_a_guard_outside_of_cache_page_comes_too_late(seen_by: Callable[..., list[str]]) -> None:
    assert seen_by(vary_on_cookie(cache_page(600)(greet)), AUTH) == ["hello ann", "hello ann"]


def test_the_per_site_cache_sees_the_header(seen_by: Callable[..., list[str]]) -> None:
    assert seen_by(greet, PER_SITE) == ["hello ann", "hello bob"]


def test_the_update_middleware_below_the_session_leaks_as_well(seen_by: Callable[..., list[str]]) -> None:
    wrong: list[Any] = [*AUTH, PER_SITE[0], PER_SITE[-1]]
    assert seen_by(greet, wrong) == ["hello ann", "hello ann"]

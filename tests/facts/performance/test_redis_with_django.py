"""Sessions in the cache alone are lost with it; cached_db and signed cookies survive."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

AUTH = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("engine", "afterwards"), [("cache", ""), ("cached_db", "ann"), ("signed_cookies", "ann"), ("db", "ann")]
)
def test_who_is_logged_in_after_the_cache_was_emptied(
    urls: Callable[..., None], engine: str, afterwards: str
) -> None:
    def who(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.user.get_username())

    urls(path("", who))
    with override_settings(MIDDLEWARE=AUTH, SESSION_ENGINE=f"django.contrib.sessions.backends.{engine}"):
        browser = Client()
        browser.force_login(User.objects.create(username="ann"))
        assert browser.get("/").content == b"ann"
        cache.clear()
        assert browser.get("/").content.decode() == afterwards


def test_the_redis_backend_is_part_of_django() -> None:
    assert RedisCache.__module__ == "django.core.cache.backends.redis"

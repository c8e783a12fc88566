"""Form tokens differ but unmask to one secret; Origin and, on HTTPS, the Referer are checked as well."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token, rotate_token
from django.test import Client, override_settings
from django.urls import path

MIDDLEWARE = override_settings(MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"])


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def login(request: HttpRequest) -> HttpResponse:
    rotate_token(request)
    return HttpResponse()


@pytest.fixture
def browser(urls: Callable[..., None]) -> Client:
    urls(path("", form), path("login/", login))
    return Client(enforce_csrf_checks=True)


def post(browser: Client, token: str, **headers: Any) -> int:
    return browser.post("/", {"csrfmiddlewaretoken": token}, **headers).status_code


@MIDDLEWARE
def test_both_tabs_can_submit_and_more_than_once(browser: Client) -> None:
    first, second = browser.get("/").text, browser.get("/").text
    assert first != second
    assert [post(browser, token) for token in (first, second, first)] == [200, 200, 200]


@MIDDLEWARE
def test_cookie_without_a_token_is_refused(browser: Client) -> None:
    browser.get("/")
    assert "csrftoken" in browser.cookies
    assert browser.post("/").status_code == 403


@MIDDLEWARE
def test_token_of_another_visitor_is_refused(browser: Client) -> None:
    browser.get("/")
    stranger = Client(enforce_csrf_checks=True).get("/").text
    assert post(browser, stranger) == 403


@MIDDLEWARE
def test_login_renews_the_secret(browser: Client) -> None:
    token = browser.get("/").text
    before = browser.cookies["csrftoken"].value
    browser.get("/login/")
    assert browser.cookies["csrftoken"].value != before
    assert post(browser, token) == 403


@MIDDLEWARE
@pytest.mark.parametrize("method", ["get", "head", "options", "trace"])
def test_safe_methods_are_not_checked(browser: Client, method: str) -> None:
    assert getattr(browser, method)("/").status_code == 200


@MIDDLEWARE
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_unsafe_methods_are_checked(browser: Client, method: str) -> None:
    browser.get("/")
    assert getattr(browser, method)("/").status_code == 403


@MIDDLEWARE
def test_foreign_origin_is_refused_unless_trusted(browser: Client) -> None:
    token = browser.get("/").text
    assert post(browser, token, headers={"origin": "https://evil.example"}) == 403
    assert post(browser, token, headers={"origin": "http://testserver"}) == 200
    with override_settings(CSRF_TRUSTED_ORIGINS=["https://evil.example"]):
        fresh = Client(enforce_csrf_checks=True)
        assert post(fresh, fresh.get("/").text, headers={"origin": "https://evil.example"}) == 200


@MIDDLEWARE
def test_behind_a_tls_proxy_the_own_origin_is_foreign_until_the_header_is_named(browser: Client) -> None:
    token = browser.get("/").text
    visitor = {"host": "testserver", "origin": "https://testserver", "x-forwarded-proto": "https"}
    assert post(browser, token, headers=visitor) == 403
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        assert post(browser, token, headers=visitor) == 200


@MIDDLEWARE
def test_https_without_origin_needs_the_own_referer(browser: Client) -> None:
    token = browser.get("/").text
    assert post(browser, token, secure=True) == 403
    assert post(browser, token, secure=True, headers={"referer": "https://evil.example/"}) == 403
    assert post(browser, token, secure=True, headers={"referer": "https://testserver/"}) == 200
    assert post(browser, token) == 200


@MIDDLEWARE
@override_settings(CSRF_USE_SESSIONS=True, SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies")
def test_secret_can_live_in_the_session(browser: Client) -> None:
    with override_settings(
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ]
    ):
        fresh = Client(enforce_csrf_checks=True)
        token = fresh.get("/").text
        assert "csrftoken" not in fresh.cookies
        assert post(fresh, token) == 200

"""Frames are denied by default; behind a TLS proxy the redirect loops until its header is named."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_exempt, xframe_options_sameorigin

FRAMES = override_settings(MIDDLEWARE=["django.middleware.clickjacking.XFrameOptionsMiddleware"])
SECURITY = override_settings(MIDDLEWARE=["django.middleware.security.SecurityMiddleware"])
PROXY = override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
BEHIND_TLS = {"x-forwarded-proto": "https"}


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


@pytest.fixture(autouse=True)
def pages(urls: Callable[..., None]) -> None:
    urls(
        path("", page),
        path("own/", xframe_options_sameorigin(page)),
        path("widget/", xframe_options_exempt(page)),
    )


def get(url: str = "/", **more: Any) -> Any:
    return Client().get(url, **more)


@FRAMES
def test_frames_are_denied_unless_a_decorator_says_otherwise() -> None:
    assert get().headers["X-Frame-Options"] == "DENY"
    assert get("/own/").headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "X-Frame-Options" not in get("/widget/").headers


def test_new_project_has_both_middleware_classes(tmp_path: Any) -> None:
    from django.core.management import call_command

    call_command("startproject", "shop", str(tmp_path))
    settings = (tmp_path / "shop" / "settings.py").read_text()
    assert "XFrameOptionsMiddleware" in settings
    assert "SecurityMiddleware" in settings
    assert "SECURE_SSL_REDIRECT" not in settings


@SECURITY
@override_settings(SECURE_SSL_REDIRECT=True)
def test_redirect_loops_behind_a_proxy_that_ends_tls() -> None:
    response = get(headers=BEHIND_TLS)
    assert (response.status_code, response.url) == (301, "https://testserver/")


@SECURITY
@PROXY
@override_settings(SECURE_SSL_REDIRECT=True)
def test_named_proxy_header_ends_the_loop_and_can_be_forged() -> None:
    assert get(headers=BEHIND_TLS).status_code == 200
    assert get().status_code == 301


@SECURITY
@override_settings(SECURE_HSTS_SECONDS=3600)
def test_hsts_is_sent_over_https_only() -> None:
    assert get(secure=True).headers["Strict-Transport-Security"] == "max-age=3600"
    assert "Strict-Transport-Security" not in get().headers


@SECURITY
@override_settings(SECURE_HSTS_SECONDS=0)
def test_zero_seconds_send_no_header_so_hsts_is_not_taken_back() -> None:
    assert "Strict-Transport-Security" not in get(secure=True).headers


def test_https_settings_are_off_by_default() -> None:
    from django.conf import global_settings

    assert global_settings.X_FRAME_OPTIONS == "DENY"
    assert global_settings.SECURE_SSL_REDIRECT is False
    assert global_settings.SECURE_HSTS_SECONDS == 0
    assert global_settings.SESSION_COOKIE_SECURE is False
    assert global_settings.CSRF_COOKIE_SECURE is False

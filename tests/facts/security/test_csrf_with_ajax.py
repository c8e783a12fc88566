"""A token counts in the header, not in a JSON body; a page without one must force the cookie."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.csrf import ensure_csrf_cookie
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

MIDDLEWARE = override_settings(MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"])


def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


@pytest.fixture
def browser(urls: Callable[..., None]) -> Client:
    urls(path("token/", with_token), path("plain/", plain), path("spa/", ensure_csrf_cookie(plain)))
    return Client(enforce_csrf_checks=True)


def post_json(browser: Client, body: dict[str, str], **headers: str) -> int:
    response = browser.post("/plain/", json.dumps(body), content_type="application/json", headers=headers)
    return response.status_code


@MIDDLEWARE
def test_token_in_a_json_body_is_not_seen(browser: Client) -> None:
    token = browser.get("/token/").text
    assert post_json(browser, {"csrfmiddlewaretoken": token}) == 403
    assert post_json(browser, {}, **{"X-CSRFToken": token}) == 200


@MIDDLEWARE
def test_plain_cookie_value_is_accepted_in_the_header(browser: Client) -> None:
    masked = browser.get("/token/").text
    cookie = browser.cookies["csrftoken"].value
    assert cookie != masked
    assert post_json(browser, {}, **{"X-CSRFToken": cookie}) == 200


@MIDDLEWARE
def test_page_without_a_token_sets_no_cookie_unless_forced(browser: Client) -> None:
    browser.get("/plain/")
    assert "csrftoken" not in browser.cookies
    browser.get("/spa/")
    assert "csrftoken" in browser.cookies


@MIDDLEWARE
def test_test_client_skips_the_check_by_default(browser: Client) -> None:
    assert post_json(browser, {}) == 403
    assert post_json(Client(), {}) == 200


def test_json_leaves_request_post_empty(browser: Client) -> None:
    response = browser.post("/plain/", json.dumps({"a": "b"}), content_type="application/json")
    assert response.text == "0"
    assert browser.post("/plain/", {"a": "b"}).text == "1"


class OrderView(APIView):
    authentication_classes = (SessionAuthentication,)
    permission_classes = ()

    def post(self, request: Request) -> Response:
        return Response()


@pytest.fixture
def api(urls: Callable[..., None]) -> Client:
    urls(path("orders/", OrderView.as_view()), path("token/", with_token))
    return Client(enforce_csrf_checks=True)


@override_settings(
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]
)
def test_drf_checks_the_token_of_a_logged_in_session_alone(db: Any, api: Client) -> None:
    assert api.post("/orders/").status_code == 200
    api.force_login(User.objects.create(username="ann"))
    token = api.get("/token/").text
    assert api.post("/orders/").status_code == 403
    assert api.post("/orders/", headers={"X-CSRFToken": token}).status_code == 200

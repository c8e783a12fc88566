"""Django sends no CORS headers and runs a foreign form post all the same; the CSRF check is what stops it."""

import json
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

FOREIGN = {"origin": "https://evil.example"}


@pytest.fixture
def moved(urls: Callable[..., None]) -> list[str]:
    amounts: list[str] = []

    def transfer(request: HttpRequest) -> HttpResponse:
        body = request.POST or json.loads(request.body)
        amounts.append(body["amount"])
        return HttpResponse()

    urls(path("transfer/", transfer))
    return amounts


def test_form_post_of_a_foreign_page_runs_without_cors_headers(moved: list[str]) -> None:
    response = Client().post("/transfer/", {"amount": "100"}, headers=FOREIGN)
    assert moved == ["100"]
    assert not [name for name in response.headers if name.startswith("Access-Control")]


def test_view_that_parses_any_body_takes_json_as_text_plain(moved: list[str]) -> None:
    Client().post("/transfer/", '{"amount": "100"}', content_type="text/plain", headers=FOREIGN)
    assert moved == ["100"]


@override_settings(MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"])
def test_csrf_middleware_stops_it(moved: list[str]) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/transfer/", {"amount": "100"}, headers=FOREIGN).status_code == 403
    assert moved == []

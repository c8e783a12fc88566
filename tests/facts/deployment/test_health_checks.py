"""Liveness touches no database, readiness answers 503 without it; probes meet Django's guards."""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from django.db import OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

pytestmark = pytest.mark.usefixtures("db")


def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def readyz(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return HttpResponse("db", status=503)
    return HttpResponse("ok")


@pytest.fixture(autouse=True)
def _site(urls: Callable[..., None]) -> None:
    urls(path("livez", livez), path("readyz", readyz))


def test_liveness_needs_no_query_and_readiness_one(client: Client, count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        assert client.get("/livez").status_code == 200
    assert not sql
    with count_queries() as sql:
        assert client.get("/readyz").status_code == 200
    assert sql == ["SELECT 1"]


def test_atomic_requests_makes_even_liveness_open_a_transaction(
    client: Client, count_queries: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connections["default"].settings_dict, "ATOMIC_REQUESTS", True)
    with count_queries() as sql:
        client.get("/livez")
    assert sql[0].startswith("SAVEPOINT")  # BEGIN outside of the test's own transaction


def test_readiness_alone_fails_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> NoReturn:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connections["default"], "cursor", refuse)
    assert client.get("/readyz").status_code == 503
    assert client.get("/livez").status_code == 200


@override_settings(MIDDLEWARE=["django.middleware.common.CommonMiddleware"], ALLOWED_HOSTS=["shop.example"])
def test_a_probe_by_ip_address_is_refused(client: Client) -> None:
    assert client.get("/livez", headers={"host": "10.0.0.7:8000"}).status_code == 400
    assert client.get("/livez", headers={"host": "shop.example"}).status_code == 200


@override_settings(MIDDLEWARE=["django.middleware.security.SecurityMiddleware"], SECURE_SSL_REDIRECT=True)
def test_the_https_redirect_catches_probes() -> None:
    assert Client().get("/livez").status_code == 301
    with override_settings(SECURE_REDIRECT_EXEMPT=["^livez$"]):
        assert Client().get("/livez").status_code == 200

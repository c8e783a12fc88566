"""The debug page masks settings by name only and shows local variables; DEBUG logs queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, reset_queries
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.log import DEFAULT_LOGGING
from django.views.decorators.debug import sensitive_variables

from tests.facts.shop.models import Author

LEAKY = override_settings(
    DEBUG=True,
    DATABASE_URL="postgres://shop:url-password@db/shop",
    PAYMENT_API_URL="https://pay.example/?key=pay-password",
    PAYMENT={"PASSWORD": "nested-password", "HOST": "pay.example"},
    SECRET_KEY="signing-password",
    SECRET_KEY_FALLBACKS=["former-password"],
)


@pytest.fixture
def page(urls: Callable[..., None]) -> Callable[[str], str]:
    urls(path("buy/", buy, name="buy_page"))
    return lambda url: Client(raise_request_exception=False).get(url, headers={"accept": "text/html"}).text


@LEAKY
def test_settings_are_masked_by_name_only(page: Callable[[str], str]) -> None:
    shown = page("/buy/")
    assert "url-password" in shown
    for hidden in ("pay-password", "nested-password", "signing-password", "former-password"):
        assert hidden not in shown


@LEAKY
def test_local_variables_are_shown_in_spite_of_sensitive_variables(page: Callable[[str], str]) -> None:
    assert "4111 1111" in page("/buy/")


@LEAKY
def test_not_found_page_lists_url_patterns(page: Callable[[str], str]) -> None:
    assert "buy_page" in page("/no-such-page/")


def test_page_without_debug_tells_nothing(page: Callable[[str], str]) -> None:
    shown = page("/buy/")
    assert "4111" not in shown
    assert "LookupError" not in shown


def test_queries_are_logged_up_to_nine_thousand_while_debug(db: Any) -> None:
    assert connection.queries_log.maxlen == 9000
    with override_settings(DEBUG=True):
        reset_queries()
        Author.objects.count()
        assert len(connection.queries) == 1
        reset_queries()
    Author.objects.count()
    assert connection.queries == []


def test_mail_to_admins_needs_debug_false() -> None:
    assert DEFAULT_LOGGING["handlers"]["mail_admins"]["filters"] == ["require_debug_false"]


def test_empty_allowed_hosts_means_local_names_while_debug(rf: Any) -> None:
    with override_settings(DEBUG=True, ALLOWED_HOSTS=[]):
        assert rf.get("/", headers={"host": "localhost:8000"}).get_host() == "localhost:8000"


def test_bool_of_the_text_false_is_true() -> None:
    assert bool("False") is True


# At the end of the file: the page quotes the lines around it, and the settings above would stand among them.
@sensitive_variables("card")
def buy(request: HttpRequest) -> HttpResponse:
    card = "4111 1111"
    raise LookupError(len(card))

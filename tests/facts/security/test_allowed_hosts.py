"""get_host() matches names, not endings; whoever reads META or trusts a forwarded header bypasses it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path


def host_of(rf: Any, host: str, **headers: str) -> str:
    name: str = rf.get("/", headers={"host": host, **headers}).get_host()
    return name


@pytest.mark.parametrize("host", ["shop.example", "SHOP.example:8443", "a.b.shop.example"])
@override_settings(ALLOWED_HOSTS=[".shop.example"])
def test_leading_dot_matches_the_domain_and_its_subdomains(rf: Any, host: str) -> None:
    assert host_of(rf, host) == host


@pytest.mark.parametrize("host", ["my-shop.example", "shop.example.evil.example"])
@override_settings(ALLOWED_HOSTS=[".shop.example"])
def test_other_names_are_refused(rf: Any, host: str) -> None:
    with pytest.raises(DisallowedHost):
        host_of(rf, host)


@override_settings(ALLOWED_HOSTS=["shop.example"])
def test_plain_name_excludes_subdomains(rf: Any) -> None:
    assert host_of(rf, "shop.example:80") == "shop.example:80"
    with pytest.raises(DisallowedHost):
        host_of(rf, "www.shop.example")


@override_settings(ALLOWED_HOSTS=["*"])
def test_star_matches_everything(rf: Any) -> None:
    assert host_of(rf, "evil.example") == "evil.example"


def test_empty_list_allows_local_names_only_while_debug(rf: Any) -> None:
    with override_settings(ALLOWED_HOSTS=[], DEBUG=True):
        assert host_of(rf, "localhost") == "localhost"
    with override_settings(ALLOWED_HOSTS=[], DEBUG=False), pytest.raises(DisallowedHost):
        host_of(rf, "localhost")


@override_settings(ALLOWED_HOSTS=["shop.example"])
def test_meta_is_not_checked(rf: Any) -> None:
    request = rf.get("/", headers={"host": "evil.example"})
    assert request.META["HTTP_HOST"] == request.headers["Host"] == "evil.example"


@override_settings(ALLOWED_HOSTS=["*"], USE_X_FORWARDED_HOST=True)
def test_forwarded_host_becomes_the_source(rf: Any) -> None:
    forged = {"x-forwarded-host": "evil.example"}
    assert host_of(rf, "shop.example", **forged) == "evil.example"
    with override_settings(USE_X_FORWARDED_HOST=False):
        assert host_of(rf, "shop.example", **forged) == "shop.example"
    with override_settings(ALLOWED_HOSTS=["shop.example"]), pytest.raises(DisallowedHost):
        host_of(rf, "shop.example", **forged)


def test_common_middleware_answers_400_for_every_page(urls: Callable[..., None]) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    urls(path("", page))
    stranger = {"host": "evil.example"}
    assert Client().get("/", headers=stranger).status_code == 200
    with override_settings(MIDDLEWARE=["django.middleware.common.CommonMiddleware"]):
        assert Client().get("/", headers=stranger).status_code == 400

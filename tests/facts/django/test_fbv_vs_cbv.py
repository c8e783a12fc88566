"""as_view() gives a function that makes an instance per request; class attributes are shared all the same."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.views import View


class Basket(View):
    items: list[int] = []  # noqa: RUF012  the shared list is the point
    limit = 3

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.own = []

    def get(self, request: HttpRequest) -> HttpResponse:
        self.items.append(1)
        self.own.append(1)
        return HttpResponse(f"{len(self.items)} shared, {len(self.own)} own")


def test_a_class_attribute_survives_and_an_instance_attribute_does_not(rf: RequestFactory) -> None:
    Basket.items.clear()
    view = Basket.as_view()
    assert [view(rf.get("/")).content for _ in range(2)] == [b"1 shared, 1 own", b"2 shared, 1 own"]


def test_other_methods(urls: Callable[..., None], client: Client) -> None:
    urls(path("basket/", Basket.as_view()))
    refused = client.post("/basket/")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.head("/basket/").status_code == 200
    assert client.options("/basket/").status_code == 200


def test_as_view_takes_existing_attributes_alone() -> None:
    assert callable(Basket.as_view(limit=5))
    with pytest.raises(TypeError, match="invalid keyword"):
        Basket.as_view(colour="red")


def test_sync_and_async_handlers_do_not_mix() -> None:
    class Mixed(View):
        def get(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse()

        async def post(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse()

    with pytest.raises(ImproperlyConfigured, match="be all sync or all async"):
        Mixed.as_view()

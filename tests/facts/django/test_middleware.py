"""Middleware runs down the list with the request and up with the response; exceptions arrive as responses."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client, override_settings
from django.urls import path

log: list[str] = []


class Layer:
    """Writes down what it sees; answers itself if the request says so."""

    name = ""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        log.append(f"init {self.name}")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        log.append(f"in {self.name}")
        if request.GET.get("stop") == self.name:
            return HttpResponse("early")
        try:
            response = self.get_response(request)
        except Http404:
            pytest.fail("the exception has reached a middleware")
        log.append(f"out {self.name} {response.status_code}")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        log.append(f"view {self.name}")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        log.append(f"exception {self.name}")

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        log.append(f"template {self.name}")
        return response


class A(Layer):
    name = "A"


class B(Layer):
    name = "B"


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


def page(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, engines["django"].from_string("hi"))


@pytest.fixture(autouse=True)
def chain(urls: Callable[..., None]) -> Iterator[None]:
    urls(path("page/", page), path("missing/", missing))
    with override_settings(MIDDLEWARE=[f"{__name__}.A", f"{__name__}.B"]):
        log.clear()
        yield


def test_down_with_the_request_and_up_with_the_response(client: Client) -> None:
    client.get("/page/")
    assert log[2:] == [
        "in A",
        "in B",
        "view A",
        "view B",
        "template B",
        "template A",
        "out B 200",
        "out A 200",
    ]


def test_init_runs_once(client: Client) -> None:
    client.get("/page/")
    client.get("/page/")
    assert sorted(entry for entry in log if entry.startswith("init")) == ["init A", "init B"]


def test_an_exception_comes_back_as_a_response(client: Client) -> None:
    assert client.get("/missing/").status_code == 404
    assert log[4:] == ["view A", "view B", "exception B", "exception A", "out B 404", "out A 404"]


def test_the_setting_to_propagate_exceptions_spares_http404(client: Client) -> None:
    with override_settings(DEBUG_PROPAGATE_EXCEPTIONS=True):
        assert client.get("/missing/").status_code == 404


def test_an_unknown_path_has_a_status_and_no_exception_hook(client: Client) -> None:
    assert client.get("/nowhere/").status_code == 404
    assert log[2:] == ["in A", "in B", "out B 404", "out A 404"]


def test_an_early_answer_passes_the_layers_above_it(client: Client) -> None:
    assert client.get("/page/?stop=B").content == b"early"
    assert log[2:] == ["in A", "in B", "out A 200"]

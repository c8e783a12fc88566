"""A view picks the data, a template arranges it; the framework and its URLconf choose the view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import path


def test_two_templates_show_the_data_of_one_view(urls: Callable[..., None], client: Client) -> None:
    def books(request: HttpRequest, layout: str) -> HttpResponse:
        template = engines["django"].from_string(layout)
        return TemplateResponse(request, template, {"titles": ["Emma", "Ada"]})

    urls(
        path("list/", books, {"layout": "{% for t in titles %}- {{ t }} {% endfor %}"}),
        path("count/", books, {"layout": "{{ titles|length }}"}),
    )
    assert client.get("/list/").content == b"- Emma - Ada "
    assert client.get("/count/").content == b"2"


def test_a_view_may_answer_without_a_template(urls: Callable[..., None], client: Client) -> None:
    urls(path("books.json", lambda request: JsonResponse({"titles": ["Emma"]})))
    response = client.get("/books.json")
    assert response.json() == {"titles": ["Emma"]}
    assert response.templates == []

"""The client goes through URLs and middleware without a server; RequestFactory makes a bare request."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.backends.base import BaseEngine
from django.template.backends.django import DjangoTemplates
from django.template.backends.dummy import TemplateStrings
from django.test import Client, RequestFactory, SimpleTestCase, override_settings
from django.urls import path

AUTH = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("this input breaks the view")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


def who(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"hello {request.user}")


def save(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"saved": True}, status=201)


def old(request: HttpRequest) -> HttpResponse:
    return redirect("/missing/")


@pytest.fixture(autouse=True)
def _site(urls: Callable[..., None]) -> None:
    urls(*(path(f"{view.__name__}/", view) for view in (broken, missing, who, save, old)))


def test_the_client_raises_what_the_view_did_not_handle(client: Client) -> None:
    with pytest.raises(ValueError, match="breaks the view"):
        client.get("/broken/")


@pytest.mark.filterwarnings("ignore")
def test_a_client_told_so_returns_status_500() -> None:
    response = Client(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    assert b"ValueError" not in response.content  # no debug page
    assert response.exc_info[0] is ValueError


def test_http404_becomes_a_response(client: Client) -> None:
    assert client.get("/missing/").status_code == 404


@pytest.mark.usefixtures("db")
@override_settings(MIDDLEWARE=AUTH)
def test_force_login_needs_no_password(client: Client) -> None:
    client.force_login(User.objects.create(username="ann"))
    assert client.get("/who/").content == b"hello ann"


@override_settings(MIDDLEWARE=AUTH)
def test_requestfactory_runs_no_middleware(rf: RequestFactory) -> None:
    request = rf.get("/who/")
    with pytest.raises(AttributeError, match="user"):
        who(request)
    request.user = User(username="ann")
    assert who(request).content == b"hello ann"


@override_settings(MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"])
def test_csrf_is_checked_only_on_demand(client: Client) -> None:
    assert client.post("/save/").status_code == 201
    assert Client(enforce_csrf_checks=True).post("/save/").status_code == 403


def test_assertions_check_the_status_too(client: Client) -> None:
    case: Any = SimpleTestCase()
    with pytest.raises(AssertionError, match="expected 200"):
        case.assertContains(client.get("/missing/"), "")
    with pytest.raises(AssertionError, match="Couldn't retrieve redirection page"):
        case.assertRedirects(client.get("/old/"), "/missing/")


@pytest.mark.parametrize(
    ("backend", "context"), [(DjangoTemplates, {"orders": [17]}), (TemplateStrings, None)]
)
def test_context_is_there_for_django_templates_only(
    urls: Callable[..., None], client: Client, backend: type[BaseEngine], context: dict[str, Any] | None
) -> None:
    engine = backend({"NAME": "shop", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}})
    template = engine.from_string("orders")
    urls(path("", lambda request: HttpResponse(template.render({"orders": [17]}))))
    seen = client.get("/").context
    assert (seen if seen is None else {"orders": seen["orders"]}) == context

"""Serializers give native types, renderers bytes; a ModelViewSet has six actions and no URL of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import ModelSerializer
from rest_framework.settings import DEFAULTS
from rest_framework.viewsets import ModelViewSet

from tests.facts.shop.models import Author


class AuthorSerializer(ModelSerializer[Author]):
    class Meta:
        model = Author
        fields = ("id", "name")


class AuthorViewSet(ModelViewSet[Author]):
    queryset = Author.objects.all()
    serializer_class = AuthorSerializer


def test_a_serializer_gives_native_types_and_a_renderer_bytes() -> None:
    data = AuthorSerializer(Author(id=7, name="Ada")).data
    assert isinstance(data, dict)
    assert data == {"id": 7, "name": "Ada"}
    assert JSONRenderer().render(data) == b'{"id":7,"name":"Ada"}'


def test_a_viewset_cannot_be_routed_without_actions() -> None:
    with pytest.raises(TypeError, match="`actions` argument must be provided"):
        AuthorViewSet.as_view()


def test_a_router_makes_two_urls_for_six_actions(urls: Callable[..., None], client: Client, db: Any) -> None:
    router = SimpleRouter()
    router.register("authors", AuthorViewSet)
    assert [pattern.name for pattern in router.urls] == ["author-list", "author-detail"]
    assert {action for pattern in router.urls for action in pattern.callback.actions.values()} == {
        "list", "create", "retrieve", "update", "partial_update", "destroy",
    }  # fmt: skip
    urls(path("", include(router.urls)))
    assert client.post("/authors/", {"name": "Ada"}).status_code == 201
    assert client.get("/authors/").json()[0]["name"] == "Ada"


def test_the_body_is_parsed_after_the_checks(urls: Callable[..., None], client: Client, db: Any) -> None:
    class ClosedViewSet(AuthorViewSet):
        permission_classes = (IsAuthenticated,)

    for name, viewset in (("open", AuthorViewSet), ("closed", ClosedViewSet)):
        urls(path(f"{name}/", viewset.as_view({"post": "create"})))
        broken = client.post(f"/{name}/", "{", content_type="application/json")
        assert broken.status_code == {"open": 400, "closed": 403}[name]


def test_open_and_unpaginated_by_default() -> None:
    assert DEFAULTS["DEFAULT_PERMISSION_CLASSES"] == ["rest_framework.permissions.AllowAny"]
    assert DEFAULTS["DEFAULT_PAGINATION_CLASS"] is None

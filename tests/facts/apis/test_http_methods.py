"""A second DELETE gets another status and leaves the same state; safe methods pass the CSRF check."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import ModelViewSet

from tests.facts.shop.models import Author


class AuthorSerializer(ModelSerializer[Author]):
    class Meta:
        model = Author
        fields = ("id", "name")


class AuthorViewSet(ModelViewSet):
    queryset = Author.objects.all()
    serializer_class = AuthorSerializer


def test_delete_twice_gives_204_and_404_and_one_state(
    urls: Callable[..., None], client: Client, db: Any
) -> None:
    router = SimpleRouter()
    router.register("authors", AuthorViewSet)
    urls(path("", include(router.urls)))
    ada, _ = (Author.objects.create(name=name) for name in ("Ada", "Bob"))
    codes, states = [], []
    for _ in range(2):
        codes.append(client.delete(f"/authors/{ada.pk}/").status_code)
        states.append([author.name for author in Author.objects.all()])
    assert codes == [204, 404]
    assert states == [["Bob"], ["Bob"]]


def test_head_is_answered_by_get_without_content(urls: Callable[..., None], client: Client, db: Any) -> None:
    urls(path("authors/", AuthorViewSet.as_view({"get": "list"})))
    response = client.head("/authors/")
    assert response.status_code == 200
    assert response.content == b""


def test_the_csrf_check_lets_safe_methods_pass_and_no_others(urls: Callable[..., None]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("done")

    urls(path("", view))
    with override_settings(MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"]):
        strict = Client(enforce_csrf_checks=True)
        codes = {method: strict.generic(method, "/").status_code for method in ("GET", "OPTIONS", "TRACE")}
        assert set(codes.values()) == {200}
        assert strict.generic("QUERY", "/").status_code == 403  # safe by RFC 10008, unknown to Django
        assert strict.post("/").status_code == strict.delete("/").status_code == 403

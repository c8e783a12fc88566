"""PUT without an optional field keeps the old value; a missing required one is 400; PUT creates nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.serializers import IntegerField, ModelSerializer
from rest_framework.test import APIRequestFactory
from rest_framework.viewsets import ModelViewSet

from tests.facts.shop.models import Book


class BookSerializer(ModelSerializer[Book]):
    class Meta:
        model = Book
        fields = ("title", "stock")


class BookViewSet(ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = BookSerializer


def send(method: str, book_id: int, data: dict[str, Any], view: Any = BookViewSet) -> Any:
    handlers = {"put": "update", "patch": "partial_update"}
    request = getattr(APIRequestFactory(), method)("/", data, format="json")
    return view.as_view(handlers)(request, pk=book_id)


@pytest.fixture
def book(add_book: Callable[..., Book]) -> Book:
    return add_book(title="Old", stock=5)


def test_put_skips_an_absent_optional_field(book: Book) -> None:
    assert send("put", book.pk, {"title": "Sums"}).status_code == 200
    book.refresh_from_db()
    assert (book.title, book.stock) == ("Sums", 5)


def test_a_default_of_the_serializer_field_resets_it(book: Book) -> None:
    class Resetting(BookSerializer):
        stock = IntegerField(default=0)

    class ResettingViewSet(BookViewSet):
        serializer_class = Resetting

    assert send("put", book.pk, {"title": "Sums"}, ResettingViewSet).status_code == 200
    book.refresh_from_db()
    assert book.stock == 0


def test_put_needs_the_required_fields_and_patch_does_not(book: Book) -> None:
    response = send("put", book.pk, {"stock": 3})
    assert response.status_code == 400
    assert set(response.data) == {"title"}
    assert send("patch", book.pk, {"stock": 3}).status_code == 200
    book.refresh_from_db()
    assert (book.title, book.stock) == ("Old", 3)


def test_put_to_an_unknown_url_creates_nothing(book: Book) -> None:
    assert send("put", book.pk + 1, {"title": "Sums"}).status_code == 404

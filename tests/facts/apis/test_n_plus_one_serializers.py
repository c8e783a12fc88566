"""Three books with nested author and tags cost 1 + 3 x 2 queries; the view's queryset cures it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from rest_framework.serializers import ModelSerializer, SerializerMethodField, StringRelatedField

from tests.facts.needs import needs
from tests.facts.shop.models import Author, Book


class AuthorSerializer(ModelSerializer[Author]):
    class Meta:
        model = Author
        fields = ("name",)


class BookSerializer(ModelSerializer[Book]):
    author = AuthorSerializer()
    tags = StringRelatedField(many=True)

    class Meta:
        model = Book
        fields = ("title", "author", "tags")


@pytest.fixture
def queries(add_book: Callable[..., Book], count_queries: Any) -> Callable[..., int]:
    """Count the queries that this serializer runs for three books."""
    for _ in range(3):
        add_book()

    def count(serializer: Any, books: Any) -> int:
        with count_queries() as sql:
            assert len(serializer(books, many=True).data) == 3
        return len(sql)

    return count


def test_three_books_cost_seven_queries(queries: Callable[..., int]) -> None:
    assert queries(BookSerializer, Book.objects.all()) == 7


def test_the_queryset_of_the_view_cures_it(queries: Callable[..., int]) -> None:
    assert queries(BookSerializer, Book.objects.select_related("author").prefetch_related("tags")) == 2
    assert queries(BookSerializer, Book.objects.prefetch_related("author", "tags")) == 3


@needs(django="6.1")
def test_fetch_peers_loads_foreign_keys_for_all_rows_and_no_many_to_many(queries: Callable[..., int]) -> None:
    peers = Book.objects.fetch_mode(models.FETCH_PEERS)
    assert queries(BookSerializer, peers) == 1 + 1 + 3


def serializer(*fields: str, **declared: Any) -> Any:
    meta = type("Meta", (), {"model": Book, "fields": fields})
    return type("Twin", (ModelSerializer,), {"Meta": meta, **declared})


def test_the_id_of_a_foreign_key_is_free_and_many_to_many_ids_are_not(queries: Callable[..., int]) -> None:
    assert queries(serializer("author"), Book.objects.all()) == 1
    assert queries(serializer("tags"), Book.objects.all()) == 4


def test_a_filter_in_a_method_field_ignores_the_prefetch(queries: Callable[..., int]) -> None:
    def get_short(self: Any, book: Book) -> int:
        return len(book.tags.filter(name="short"))

    filtering = serializer("short", short=SerializerMethodField(), get_short=get_short)
    assert queries(filtering, Book.objects.prefetch_related("tags")) == 5

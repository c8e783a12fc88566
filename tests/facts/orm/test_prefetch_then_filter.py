"""A prefetched relation answers all(); filter() on it is a query of its own."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db.models import Prefetch, Sum, prefetch_related_objects

from tests.facts.shop.models import Author, Book

pytestmark = pytest.mark.usefixtures("library")

LOADING = 2  # authors, books
AUTHORS = 3


def get_if_there(books: Any) -> None:
    with suppress(Book.DoesNotExist):
        books.get(title="Book 1")


def test_the_quiz_runs_five_queries(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        for author in Author.objects.prefetch_related("books"):
            author.books.filter(stock=0).count()
            len(author.books.all())
    assert len(sql) == LOADING + AUTHORS


@pytest.mark.parametrize(
    "use",
    [
        lambda books: list(books.all()),
        lambda books: books.all()[:1],
        lambda books: len(books.all()),
        lambda books: books.count(),
        lambda books: books.exists(),
    ],
)
def test_served_from_the_cache(count_queries: Callable[..., Any], use: Callable[..., Any]) -> None:
    with count_queries() as sql:
        for author in Author.objects.prefetch_related("books"):
            use(author.books)
    assert len(sql) == LOADING


@pytest.mark.parametrize(
    "use",
    [
        lambda books: list(books.filter(stock=0)),
        lambda books: list(books.exclude(stock=0)),
        lambda books: list(books.order_by("title")),
        lambda books: list(books.values("title")),
        lambda books: books.aggregate(Sum("price")),
        get_if_there,
        lambda books: books.first(),
        lambda books: books.last(),
    ],
)
def test_asks_the_database_per_parent(count_queries: Callable[..., Any], use: Callable[..., Any]) -> None:
    with count_queries() as sql:
        for author in Author.objects.prefetch_related("books"):
            use(author.books)
    assert len(sql) == LOADING + AUTHORS


def test_first_is_served_from_rows_prefetched_in_an_order(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        for author in Author.objects.prefetch_related(Prefetch("books", Book.objects.order_by("title"))):
            author.books.first()
    assert len(sql) == LOADING


def test_prefetch_with_to_attr_filters_in_advance(count_queries: Callable[..., Any]) -> None:
    sold_out = Book.objects.filter(stock=0)
    with count_queries() as sql:
        authors = list(
            Author.objects.order_by("pk").prefetch_related(Prefetch("books", sold_out, to_attr="sold_out"))
        )
        assert [len(author.sold_out) for author in authors] == [1, 0, 0]
    assert len(sql) == LOADING
    assert isinstance(authors[0].sold_out, list)
    assert authors[0].books.count() == 3


def test_without_to_attr_all_returns_the_filtered_rows() -> None:
    ada = Author.objects.prefetch_related(Prefetch("books", Book.objects.filter(stock=0))).get(name="Ada")
    assert len(ada.books.all()) == 1


def test_writing_through_the_relation_clears_its_cache(count_queries: Callable[..., Any]) -> None:
    ada, bob, _ = Author.objects.order_by("pk").prefetch_related("books")
    ada.books.add(*bob.books.all())
    with count_queries() as sql:
        assert len(ada.books.all()) == 4
    assert len(sql) == 1


def test_prefetching_for_objects_already_loaded(count_queries: Callable[..., Any]) -> None:
    authors = list(Author.objects.all())
    with count_queries() as sql:
        prefetch_related_objects(authors, "books")
        assert sum(len(author.books.all()) for author in authors) == 4
    assert len(sql) == 1

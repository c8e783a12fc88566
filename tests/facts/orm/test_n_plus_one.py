"""A loop over relations that were not loaded queries once per row; eager loading keeps the number fixed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Count

from tests.facts.needs import needs
from tests.facts.shop.models import Author, Book

pytestmark = pytest.mark.usefixtures("library")


def show(books: models.QuerySet[Book]) -> list[str]:
    return [f"{book.author.name} {[tag.name for tag in book.tags.all()]}" for book in books]


def test_two_relations_cost_two_queries_per_row(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        show(Book.objects.all())
    assert len(sql) == 1 + 2 * 4


@pytest.mark.parametrize("extra", [0, 10])
def test_the_cure_does_not_depend_on_the_number_of_rows(
    count_queries: Callable[..., Any], add_book: Callable[..., Book], extra: int
) -> None:
    for _ in range(extra):
        add_book(Author.objects.get(name="Cy"))
    with count_queries() as sql:
        show(Book.objects.select_related("author").prefetch_related("tags"))
    assert len(sql) == 2


def test_join_and_count_leave_one_query(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        shown = [
            (b.author.name, b.n) for b in Book.objects.select_related("author").annotate(n=Count("tags"))
        ]
    assert ("Ada", 2) in shown
    assert len(sql) == 1


def test_two_prefetches_and_count_need_three_queries(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        shown = [(b.author.name, b.tags.count()) for b in Book.objects.prefetch_related("author", "tags")]
    assert ("Ada", 2) in shown
    assert len(sql) == 3


def test_select_related_refuses_a_to_many_relation() -> None:
    with pytest.raises(FieldError, match="select_related"):
        list(Book.objects.select_related("author", "tags"))


def test_iterator_and_only_do_not_help(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        light = Book.objects.only("title", "author").iterator()
        shown = [(b.author.name, b.tags.count()) for b in light]
    assert ("Ada", 2) in shown
    assert len(sql) == 1 + 2 * 4


def test_the_foreign_key_itself_needs_no_query(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        assert all(book.author_id for book in Book.objects.all())
    assert len(sql) == 1


@needs(django="6.1")
def test_fetch_modes_cover_foreign_keys_and_not_managers(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        show(Book.objects.fetch_mode(models.FETCH_PEERS))
    assert len(sql) == 1 + 1 + 4
    from django.core.exceptions import FieldFetchBlocked

    with pytest.raises(FieldFetchBlocked):
        show(Book.objects.fetch_mode(models.FETCH_RAISE))

"""A QuerySet runs its SQL when rows are needed, and caches them after a full evaluation only."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from tests.facts.shop.models import Book

pytestmark = pytest.mark.usefixtures("library")


def test_the_quiz_runs_three_queries(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        books = Book.objects.order_by("title")
        first = books[0]
        again = books[0]
        titles = [book.title for book in books]
        last = books[len(titles) - 1]
    assert len(sql) == 3
    assert first == again != last


def test_chaining_runs_nothing(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        Book.objects.filter(stock__gt=0).exclude(price=1).order_by("title")[:5]
    assert sql == []


@pytest.mark.parametrize("use", [list, len, bool, lambda qs: None in qs, pickle.dumps, lambda qs: [*qs]])
def test_full_evaluation_fills_the_cache(count_queries: Callable[..., Any], use: Callable[..., Any]) -> None:
    books = Book.objects.all()
    with count_queries() as sql:
        use(books)
        list(books)
        books[0], books.count(), books.exists()
    assert len(sql) == 1


@pytest.mark.parametrize(
    "use",
    [
        lambda qs: qs[0],
        lambda qs: list(qs[:2]),
        lambda qs: qs.first(),
        lambda qs: qs.get(pk=qs.values("pk")[:1]),
        lambda qs: qs.count(),
        lambda qs: qs.exists(),
        lambda qs: list(qs.iterator()),
        repr,
    ],
)
def test_partial_access_leaves_the_cache_empty(
    count_queries: Callable[..., Any], use: Callable[..., Any]
) -> None:
    books = Book.objects.all()
    with count_queries() as sql:
        use(books)
        use(books)
    assert len(sql) == 2


def test_printing_fetches_at_most_21_rows(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        repr(Book.objects.all())
    assert sql[0].endswith("LIMIT 21")


def test_all_on_an_evaluated_queryset_asks_again(count_queries: Callable[..., Any]) -> None:
    books = Book.objects.all()
    with count_queries() as sql:
        list(books)
        list(books)
        list(books.all())
    assert len(sql) == 2


def test_a_step_runs_at_once_and_gives_a_list(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        every_second = Book.objects.all()[::2]
    assert isinstance(every_second, list)
    assert len(sql) == 1

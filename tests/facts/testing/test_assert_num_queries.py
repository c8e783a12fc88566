"""With one parent row, N+1 costs as many queries as a prefetch; with three it shows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import Client, TransactionTestCase
from django.urls import path

from tests.facts.shop.models import Author, Book

pytestmark = pytest.mark.usefixtures("db")


def make(number: int) -> None:
    for count in range(number):
        author = Author.objects.create(name=f"Author {count}")
        Book.objects.create(author=author, title="Tea", isbn=f"{count}", price=1)


def read(authors: QuerySet[Author]) -> None:
    for author in authors:
        list(author.books.all())


@pytest.mark.parametrize(("number", "with_prefetch", "without"), [(1, 2, 2), (3, 2, 4)])
def test_queries_of_a_list(
    count_queries: Callable[..., Any], number: int, with_prefetch: int, without: int
) -> None:
    make(number)
    with count_queries() as sql:
        read(Author.objects.prefetch_related("books"))
    assert len(sql) == with_prefetch
    with count_queries() as sql:
        read(Author.objects.all())
    assert len(sql) == without


def test_the_message_lists_the_sql_and_debug_may_be_off() -> None:
    make(1)
    case: Any = TransactionTestCase()
    with (
        pytest.raises(AssertionError, match=r"2 queries executed, 1 expected[\s\S]*SELECT"),
        case.assertNumQueries(1),
    ):
        read(Author.objects.all())
    assert not connection.queries_logged


def test_a_queryset_that_nobody_reads_costs_nothing() -> None:
    case: Any = TransactionTestCase()
    with case.assertNumQueries(0):
        Author.objects.prefetch_related("books")


def test_a_request_of_the_client_counts(urls: Callable[..., None], client: Client) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        read(Author.objects.all())
        return HttpResponse()

    make(3)
    urls(path("authors/", page))
    case: Any = TransactionTestCase()
    with case.assertNumQueries(4):
        client.get("/authors/")


def test_the_other_alias_is_left_out() -> None:
    case: Any = TransactionTestCase()
    with case.assertNumQueries(0, using="sqlite"), case.assertNumQueries(1):
        Author.objects.count()

"""exists() and count() ask the database; len() and bool() fetch the rows, which all of them then reuse."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, Template

from tests.facts.shop.models import Author, Book

pytestmark = pytest.mark.usefixtures("library")


def test_the_quiz_runs_two_queries(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        books = Book.objects.filter(stock__gt=0)
        if books.count() > 0:
            for book in books:
                assert book.title
            assert len(books) == 3
    assert len(sql) == 2
    assert "COUNT(*)" in sql[0]


def test_one_evaluation_serves_test_length_and_loop(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        books = Book.objects.filter(stock=0)
        if books:
            assert len(books) == 1
            assert [book.stock for book in books] == [0]
    assert len(sql) == 1


def test_exists_selects_a_constant_with_limit_1(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        assert Book.objects.order_by("title").exists()
    assert sql[0].startswith('SELECT 1 AS "a" FROM')
    assert sql[0].endswith("LIMIT 1")


def test_cache_answers_after_evaluation(count_queries: Callable[..., Any]) -> None:
    books = Book.objects.all()
    book = next(iter(books))
    with count_queries() as sql:
        assert books.exists()
        assert books.count() == len(books) == 4
        assert books.contains(book)
    assert sql == []


def test_prefetched_relation_counts_without_sql(count_queries: Callable[..., Any]) -> None:
    authors = list(Author.objects.order_by("pk").prefetch_related("books"))
    with count_queries() as sql:
        assert [author.books.count() for author in authors] == [3, 1, 0]
        assert [author.books.all().exists() for author in authors] == [True, True, False]
    assert sql == []


@pytest.mark.parametrize(
    ("source", "counted"),
    [("{% if books %}{% endif %}", False), ("{{ books|length }}", False), ("{{ books.count }}", True)],
)
def test_templates_load_rows_or_count(count_queries: Callable[..., Any], source: str, counted: bool) -> None:
    with count_queries() as sql:
        Template(source).render(Context({"books": Book.objects.all()}))
    assert [("COUNT(*)" in statement) for statement in sql] == [counted]


def test_contains_asks_for_one_row(count_queries: Callable[..., Any]) -> None:
    book = Book.objects.first()
    with count_queries() as sql:
        assert Book.objects.all().contains(book)
        assert book in Book.objects.all()
    assert sql[0].endswith("LIMIT 1")
    assert "LIMIT" not in sql[1]

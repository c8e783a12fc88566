"""select_related() joins to-one relations; prefetch_related() runs one query per step of the path."""

import warnings
from collections.abc import Callable
from typing import Any

import django
import pytest
from django.core.exceptions import FieldError
from django.db.models import Prefetch

from tests.facts.shop.models import Author, Book, Customer, CustomerProfile, Tag


@pytest.fixture(autouse=True)
def two_authors_with_three_books_each(db: Any) -> None:
    tag = Tag.objects.create(name="classic")
    for name in ("Ada", "Bob"):
        author = Author.objects.create(name=name)
        for number in range(3):
            book = Book.objects.create(title="t", author=author, isbn=f"{name}{number}", price=1)
            book.tags.add(tag)


def test_the_quiz_runs_three_queries(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        list(Author.objects.prefetch_related("books__tags"))
    assert len(sql) == 3


def test_without_prefetching_there_are_nine(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        for author in Author.objects.all():
            for book in author.books.all():
                list(book.tags.all())
    assert len(sql) == 9


def test_select_related_is_one_join(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        assert {book.author.name for book in Book.objects.select_related("author")} == {"Ada", "Bob"}
    assert len(sql) == 1
    assert "JOIN" in sql[0]


def test_select_related_follows_one_to_one_both_ways(count_queries: Callable[..., Any]) -> None:
    customer = Customer.objects.create(name="Eve", email="e@example.com")
    CustomerProfile.objects.create(customer=customer)
    with count_queries() as sql:
        assert not Customer.objects.select_related("profile").get().profile.newsletter
        assert CustomerProfile.objects.select_related("customer").get().customer.name == "Eve"
    assert len(sql) == 2


@pytest.mark.parametrize(("model", "relation"), [(Author, "books"), (Book, "tags")])
def test_select_related_refuses_to_many(model: Any, relation: str) -> None:
    with pytest.raises(FieldError):
        list(model.objects.select_related(relation))


def test_prefetch_takes_a_forward_key_and_shares_the_object(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        prefetched = {id(book.author) for book in list(Book.objects.prefetch_related("author"))}
    assert len(sql) == 2
    joined = [book.author for book in Book.objects.select_related("author")]
    assert (len(prefetched), len({id(author) for author in joined})) == (2, 6)


def test_filter_after_prefetch_queries_again(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        for author in Author.objects.prefetch_related("books"):
            list(author.books.filter(stock=0))
    assert len(sql) == 2 + 2
    with count_queries() as sql:
        list(
            Author.objects.prefetch_related(
                Prefetch("books", Book.objects.filter(stock=0), to_attr="none_left")
            )
        )
    assert len(sql) == 2


def test_no_parents_no_further_query(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        list(Author.objects.filter(name="Nobody").prefetch_related("books"))
    assert len(sql) == 1


def test_select_related_without_arguments_is_deprecated_since_6_1() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Book.objects.select_related()
    assert bool(caught) == (django.VERSION >= (6, 1))


def test_iterator_needs_a_chunk_size_for_prefetching(count_queries: Callable[..., Any]) -> None:
    authors = Author.objects.prefetch_related("books")
    with pytest.raises(ValueError, match="chunk_size must be provided"):
        authors.iterator()
    with count_queries() as sql:
        list(authors.iterator(chunk_size=1))
    assert len(sql) == 1 + 2

"""annotate() gives each row a value, aggregate() makes one dict; a filter before limits what is counted."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Avg, Count, F, Q, Sum

from tests.facts.shop.models import Author, Book, Customer, Order

pytestmark = pytest.mark.usefixtures("library")


def counts(authors: Any) -> dict[str, int]:
    return {author.name: author.n for author in authors}


def test_annotate_is_lazy_and_aggregate_is_not(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        Author.objects.annotate(n=Count("books"))
        assert sql == []
        total = Book.objects.aggregate(mean=Avg("price"))
    assert len(sql) == 1
    assert total == {"mean": Decimal(10)}


def test_authors_without_books_count_zero() -> None:
    assert counts(Author.objects.annotate(n=Count("books"))) == {"Ada": 3, "Bob": 1, "Cy": 0}


def test_a_filter_before_limits_what_is_counted() -> None:
    assert counts(Author.objects.filter(books__stock=0).annotate(n=Count("books"))) == {"Ada": 1}


def test_a_filter_after_leaves_the_count_alone() -> None:
    late = Author.objects.annotate(n=Count("books", distinct=True)).filter(books__stock=0)
    assert counts(late) == {"Ada": 3}


def test_without_distinct_a_filter_after_multiplies_the_count_by_its_matches() -> None:
    counted = Author.objects.annotate(n=Count("books"))
    assert counts(counted.filter(books__stock=0)) == {"Ada": 3}
    assert counts(counted.filter(books__stock=5, name="Ada")) == {"Ada": 6}


def test_a_filter_on_the_annotation_is_having() -> None:
    assert "HAVING COUNT" in str(Author.objects.annotate(n=Count("books")).filter(n__gt=2).query)


def test_two_conditions_side_by_side() -> None:
    ada = Author.objects.annotate(n=Count("books"), out=Count("books", filter=Q(books__stock=0))).get(
        name="Ada"
    )
    assert (ada.n, ada.out) == (3, 1)


def test_values_set_the_groups_and_order_by_splits_them() -> None:
    grouped = Book.objects.values("author").annotate(n=Count("pk"))
    assert sorted(row["n"] for row in grouped) == [1, 3]
    assert len(grouped.order_by("title")) == 4
    assert len(grouped.order_by("title").order_by()) == 2


def test_nothing_counts_zero_and_sums_to_none() -> None:
    nothing = Book.objects.filter(stock=99)
    empty = nothing.aggregate(n=Count("pk"), total=Sum("price"), safe=Sum("price", default=0))
    assert empty == {"n": 0, "total": None, "safe": 0}


def test_two_to_many_relations_inflate_each_other() -> None:
    book = Book.objects.first()
    for number in (1, 2, 3):
        customer_order(book, number)
    inflated = Book.objects.annotate(tags_n=Count("tags"), lines_n=Count("lines")).get(pk=book.pk)
    assert (inflated.tags_n, inflated.lines_n) == (6, 6)
    right = Book.objects.annotate(
        tags_n=Count("tags", distinct=True), lines_n=Count("lines", distinct=True)
    ).get(pk=book.pk)
    assert (right.tags_n, right.lines_n) == (2, 3)


def customer_order(book: Book, number: int) -> None:
    customer = Customer.objects.create(name="Eve", email=f"{number}@example.com")
    Order.objects.create(customer=customer).lines.create(book=book, price=1)


def test_annotating_without_an_aggregate_does_not_group() -> None:
    worth = Book.objects.annotate(total=F("price") * F("stock"))
    assert "GROUP BY" not in str(worth.query)
    assert worth.filter(stock=5).first().total == 50


def test_mean_of_counts() -> None:
    assert Author.objects.annotate(n=Count("books")).aggregate(mean=Avg("n")) == {
        "mean": pytest.approx(4 / 3)
    }

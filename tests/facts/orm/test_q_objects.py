"""Q objects express OR and NOT; Python's or between them loses one, and an empty Q matches all rows."""

import pytest
from django.db.models import Count, Q

from tests.facts.shop.models import Author, Book

pytestmark = pytest.mark.usefixtures("library")

OUT = Q(stock=0)
CHEAP = Q(price__lt=5)


def where(condition: Q) -> str:
    return str(Book.objects.filter(condition).query).split(" WHERE ")[1]


def test_python_or_keeps_the_first_q_and_and_the_last() -> None:
    assert (OUT or CHEAP) is OUT
    assert (OUT and CHEAP) is CHEAP


def test_operators_become_sql() -> None:
    assert " OR " in where(OUT | CHEAP)
    assert " AND " in where(OUT & CHEAP)
    assert where(~OUT).startswith("NOT ")


def test_exclusive_or_matches_one_of_two() -> None:
    assert Book.objects.filter(Q(stock=0) ^ Q(price=10)).count() == 3


def test_keyword_arguments_are_joined_by_and_with_the_q() -> None:
    assert Book.objects.filter(OUT | CHEAP, author__name="Bob").count() == 0


def test_a_negated_pair_leaves_out_rows_where_both_hold() -> None:
    negated = Book.objects.filter(~Q(stock=0, price=10))
    assert negated.count() == 3
    assert set(negated) == set(Book.objects.exclude(stock=0, price=10))
    assert Book.objects.filter(~Q(stock=0, price=99)).count() == 4


def test_an_empty_q_matches_every_row() -> None:
    assert Book.objects.filter(Q()).count() == Book.objects.count() == 4


def test_or_over_a_to_many_relation_repeats_objects() -> None:
    hits = Author.objects.filter(Q(books__stock=5) | Q(books__price=10))
    assert hits.filter(name="Ada").count() == 3
    assert hits.filter(name="Ada").distinct().count() == 1


def test_exclude_keeps_rows_with_null() -> None:
    assert Book.objects.exclude(published="2026-01-01").count() == 4
    assert "IS NOT NULL" in where(~Q(published="2026-01-01"))


def test_q_fits_into_an_aggregate() -> None:
    assert Author.objects.annotate(n=Count("books", filter=OUT_BOOK)).get(name="Ada").n == 1


OUT_BOOK = Q(books__stock=0)

"""F() lets the database compute, so that no update is lost."""

import threading
from collections.abc import Callable
from typing import Any

import django
import pytest
from django.core.exceptions import FieldError
from django.db import connections
from django.db.models import F

from tests.facts.shop.models import Author, Book

in_library = pytest.mark.usefixtures("library")


def two_readers() -> tuple[Book, Book]:
    pk = Book.objects.filter(stock=5).values_list("pk", flat=True).first()
    return Book.objects.get(pk=pk), Book.objects.get(pk=pk)


@in_library
def test_read_change_save_loses_an_update() -> None:
    one, two = two_readers()
    for reader in (one, two):
        reader.stock -= 1
        reader.save()
    assert Book.objects.get(pk=one.pk).stock == 4


@in_library
def test_f_in_update_loses_none(count_queries: Callable[..., Any]) -> None:
    one, two = two_readers()
    with count_queries() as sql:
        for reader in (one, two):
            Book.objects.filter(pk=reader.pk).update(stock=F("stock") - 1)
    assert Book.objects.get(pk=one.pk).stock == 3
    assert 'SET "stock" = ("shop_book"."stock" - 1)' in sql[0]


@in_library
def test_a_condition_in_the_update_sells_the_last_copy_once() -> None:
    book, _ = two_readers()
    Book.objects.filter(pk=book.pk).update(stock=1)
    last_copy = Book.objects.filter(pk=book.pk, stock__gt=0)
    assert [last_copy.update(stock=F("stock") - 1) for _ in range(2)] == [1, 0]
    assert Book.objects.get(pk=book.pk).stock == 0


def test_the_second_update_tests_again_once_the_first_has_committed(
    second_connection: Any, add_book: Callable[..., Book]
) -> None:
    book = add_book(Author.objects.create(name="Dee"), stock=1)
    second_connection.execute("UPDATE shop_book SET stock = stock - 1 WHERE id = %s", [book.pk])
    changed: list[int] = []

    def buy() -> None:
        changed.append(Book.objects.filter(pk=book.pk, stock__gt=0).update(stock=F("stock") - 1))
        connections.close_all()

    loser = threading.Thread(target=buy)
    loser.start()
    loser.join(0.1)
    assert changed == []
    second_connection.commit()
    loser.join()
    assert changed == [0]


@in_library
def test_f_in_update_cannot_cross_a_relation() -> None:
    with pytest.raises(FieldError, match="Joined field references are not permitted"):
        Book.objects.update(title=F("author__name"))


@in_library
def test_f_compares_columns_and_sorts_nulls() -> None:
    assert Book.objects.filter(stock__lt=F("price")).count() == 4
    assert "NULLS LAST" in str(Book.objects.order_by(F("published").desc(nulls_last=True)).query)


@in_library
def test_an_assigned_f_is_applied_again_before_django_6() -> None:
    book, _ = two_readers()
    book.stock = F("stock") - 1
    book.save()
    book.save()
    stored = Book.objects.get(pk=book.pk).stock
    if django.VERSION >= (6, 0):
        assert book.stock == stored == 4
    else:
        assert stored == 3

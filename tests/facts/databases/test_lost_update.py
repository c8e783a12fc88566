"""Two read-compute-write calls inside atomic() lose one change; F(), a row lock or Repeatable Read do not."""

import threading
from collections.abc import Callable
from typing import Any

import psycopg.errors
import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F

from tests.facts.shop.models import Author, Book


@pytest.fixture
def book(committed_db: Any) -> Book:
    author = Author.objects.create(name="Ada")
    return Book.objects.create(title="Engines", author=author, isbn="1", price=9, stock=10)


def at_once(reserve: Callable[[Callable[[], object]], None]) -> list[BaseException]:
    """Run `reserve` in two threads that meet where it calls its argument; what they raised."""
    both_read = threading.Barrier(2)
    errors: list[BaseException] = []

    def work() -> None:
        try:
            reserve(lambda: both_read.wait(timeout=5))
        except OperationalError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def stock(book: Book) -> int:
    book.refresh_from_db()
    return book.stock


def test_second_save_writes_the_same_number(book: Book) -> None:
    def reserve(meet: Callable[[], object]) -> None:
        with transaction.atomic():
            mine = Book.objects.get(pk=book.pk)
            meet()
            mine.stock -= 1
            mine.save()

    assert at_once(reserve) == []
    assert stock(book) == 9


def test_update_fields_does_not_save_the_counter(book: Book) -> None:
    def reserve(meet: Callable[[], object]) -> None:
        mine = Book.objects.get(pk=book.pk)
        meet()
        mine.stock -= 1
        mine.save(update_fields=["stock"])

    at_once(reserve)
    assert stock(book) == 9


def test_f_expression_loses_nothing_and_reports_the_row_count(book: Book) -> None:
    sold = []

    def reserve(meet: Callable[[], object]) -> None:
        meet()
        sold.append(Book.objects.filter(pk=book.pk, stock__gt=0).update(stock=F("stock") - 1))

    at_once(reserve)
    assert stock(book) == 8
    Book.objects.update(stock=1)
    at_once(reserve)
    assert stock(book) == 0
    assert sorted(sold) == [0, 1, 1, 1]


def test_row_lock_makes_the_second_reader_wait(book: Book) -> None:
    def reserve(meet: Callable[[], object]) -> None:
        meet()
        with transaction.atomic():
            mine = Book.objects.select_for_update().get(pk=book.pk)
            mine.stock -= 1
            mine.save()

    assert at_once(reserve) == []
    assert stock(book) == 8


def test_repeatable_read_refuses_the_second_write(book: Book) -> None:
    def reserve(meet: Callable[[], object]) -> None:
        with transaction.atomic():
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            mine = Book.objects.get(pk=book.pk)
            meet()
            mine.stock -= 1
            mine.save()

    (error,) = at_once(reserve)
    assert isinstance(error.__cause__, psycopg.errors.SerializationFailure)
    assert stock(book) == 9

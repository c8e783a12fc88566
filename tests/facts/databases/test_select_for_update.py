"""Row locks last as long as the transaction; they stop writers and lockers, not plain reads."""

from collections.abc import Iterator
from typing import Any

import psycopg.errors
import pytest
from django.db import transaction
from django.db.utils import NotSupportedError

from tests.facts.shop.models import Author, Book, Customer, Order, OrderLine


@pytest.fixture
def order(committed_db: Any) -> Order:
    return Order.objects.create(customer=Customer.objects.create(name="Ann", email="ann@shop.example"))


@pytest.fixture
def other(second_connection: Any) -> Iterator[Any]:
    second_connection.execute("SET lock_timeout = '50ms'")
    second_connection.commit()
    yield second_connection
    second_connection.rollback()


def waits(other: Any, sql: str, pk: int) -> bool:
    try:
        other.execute(sql, [pk])
    except psycopg.errors.LockNotAvailable:
        return True
    finally:
        other.rollback()
    return False


READ = "SELECT * FROM shop_order WHERE id = %s"
LOCK = "SELECT * FROM shop_order WHERE id = %s FOR UPDATE"
WRITE = "UPDATE shop_order SET status = 'sent' WHERE id = %s"
DELETE = "DELETE FROM shop_order WHERE id = %s"
CUSTOMER = "UPDATE shop_customer SET name = 'Bea' WHERE id = %s"
REFER = "SELECT * FROM shop_order WHERE id = %s FOR KEY SHARE"  # what a foreign key's check takes


def test_writers_and_lockers_wait_and_readers_do_not(order: Order, other: Any) -> None:
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=order.pk)
        assert [waits(other, sql, order.pk) for sql in (LOCK, WRITE, DELETE)] == [True, True, True]
        assert not waits(other, READ, order.pk)
    assert not waits(other, WRITE, order.pk)


def test_lock_outlives_save(order: Order, other: Any) -> None:
    with transaction.atomic():
        mine = Order.objects.select_for_update().get(pk=order.pk)
        mine.save()
        assert waits(other, WRITE, order.pk)


def test_autocommit_mode_raises(order: Order) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        Order.objects.select_for_update().get(pk=order.pk)


def test_sqlite_does_nothing(committed_db: Any, count_queries: Any) -> None:
    with count_queries("sqlite") as sql:
        assert list(Order.objects.using("sqlite").select_for_update()) == []
    assert "FOR UPDATE" not in sql[0]


def test_joined_rows_are_locked_unless_of_says_otherwise(order: Order, other: Any) -> None:
    with transaction.atomic():
        Order.objects.select_for_update().select_related("customer").get(pk=order.pk)
        assert waits(other, CUSTOMER, order.customer_id)
    with transaction.atomic():
        Order.objects.select_for_update(of=("self",)).select_related("customer").get(pk=order.pk)
        assert not waits(other, CUSTOMER, order.customer_id)
        assert waits(other, WRITE, order.pk)


def test_no_key_lets_others_refer_to_the_row(order: Order, other: Any) -> None:
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=order.pk)
        assert waits(other, REFER, order.pk)
    with transaction.atomic():
        Order.objects.select_for_update(no_key=True).get(pk=order.pk)
        assert not waits(other, REFER, order.pk)
        assert waits(other, WRITE, order.pk)


def test_nowait_fails_and_skip_locked_leaves_out(order: Order, second_connection: Any) -> None:
    second_connection.execute(LOCK, [order.pk])
    with transaction.atomic():
        assert list(Order.objects.select_for_update(skip_locked=True)) == []
    with pytest.raises(Exception, match="could not obtain lock"), transaction.atomic():
        list(Order.objects.select_for_update(nowait=True))


def test_nullable_side_of_an_outer_join_cannot_be_locked(order: Order) -> None:
    author = Author.objects.create(name="Ada")
    book = Book.objects.create(title="Engines", author=author, isbn="1", price=9)
    OrderLine.objects.create(order=order, book=book, price=9)
    with pytest.raises(NotSupportedError, match="nullable side"), transaction.atomic():
        list(Customer.objects.select_for_update().select_related("profile"))
    with transaction.atomic():
        assert list(Customer.objects.select_for_update(of=("self",)).select_related("profile"))

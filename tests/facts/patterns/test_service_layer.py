"""A service keeps steps together; Django's own ModelForm writes past it."""

from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.forms import modelform_factory

from tests.facts.shop.models import Author, Book, Customer, Order, OrderLine


def place_order(customer: Customer, items: list[tuple[Book, int]], sent: list[int]) -> Order:
    with transaction.atomic():
        order = Order.objects.create(customer=customer)
        for book, quantity in items:
            taken = Book.objects.filter(pk=book.pk, stock__gte=quantity).update(stock=F("stock") - quantity)
            if not taken:
                raise LookupError(book.title)
            OrderLine.objects.create(order=order, book=book, quantity=quantity, price=book.price)
        transaction.on_commit(partial(sent.append, order.pk))
    return order


@pytest.fixture
def customer(committed_db: Any) -> Customer:
    return Customer.objects.create(name="Ann", email="ann@example.com")


@pytest.fixture
def book(committed_db: Any) -> Book:
    ada = Author.objects.create(name="Ada")
    return Book.objects.create(title="Sums", author=ada, isbn="1", price=10, stock=5)


def test_all_steps_happen_or_none(customer: Customer, book: Book) -> None:
    sent: list[int] = []
    order = place_order(customer, [(book, 2)], sent)
    assert sent == [order.pk]
    with pytest.raises(LookupError):
        place_order(customer, [(book, 99)], sent)
    assert Order.objects.count() == 1
    assert sent == [order.pk]


def test_a_model_form_writes_past_the_service(customer: Customer, book: Book) -> None:
    form = modelform_factory(OrderLine, fields=["order", "book", "quantity", "price"])
    order = Order.objects.create(customer=customer)
    line = form({"order": order.pk, "book": book.pk, "quantity": 2, "price": 10})
    assert line.is_valid()
    line.save()
    book.refresh_from_db()
    assert book.stock == 5

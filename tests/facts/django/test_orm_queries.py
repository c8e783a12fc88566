"""Reading is lazy, writing is not; update() and bulk_create() bypass save() and its signals."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models.signals import post_delete, post_save

from tests.facts.shop.models import Author, Book


@pytest.fixture
def heard(db: Any) -> Iterator[list[str]]:
    """Which signals were sent for books."""
    names: list[str] = []

    def saved(**_: Any) -> None:
        names.append("post_save")

    def deleted(**_: Any) -> None:
        names.append("post_delete")

    post_save.connect(saved, sender=Book)
    post_delete.connect(deleted, sender=Book)
    yield names
    post_save.disconnect(saved, sender=Book)
    post_delete.disconnect(deleted, sender=Book)


@pytest.fixture
def author(db: Any) -> Author:
    return Author.objects.create(name="Ada")


def test_create_related_create_and_save_send_the_signal(heard: list[str], author: Author) -> None:
    book = Book.objects.create(title="a", author=author, isbn="1", price=1)
    author.books.create(title="b", isbn="2", price=1)
    book.save(update_fields=["price"])
    assert heard == ["post_save"] * 3


def test_update_and_bulk_create_send_none(heard: list[str], author: Author) -> None:
    Book.objects.bulk_create([Book(title="a", author=author, isbn="1", price=1)])
    Book.objects.filter(stock=0).update(price=2)
    assert heard == []


def test_queryset_delete_skips_the_method_but_sends_the_signal(
    heard: list[str], author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    Book.objects.bulk_create([Book(title="a", author=author, isbn="1", price=1)])
    monkeypatch.setattr(Book, "delete", lambda self: pytest.fail("Model.delete() was called"))
    Book.objects.all().delete()
    assert heard == ["post_delete"]


def test_filters_are_lazy_and_rows_are_cached(author: Author, count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        books = Book.objects.filter(stock__gt=0).exclude(price__gt=50)
        assert sql == []
        list(books)
        list(books)
    assert len(sql) == 1

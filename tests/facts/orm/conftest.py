"""A small library for the twins of the topic orm."""

from collections.abc import Callable

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.facts.shop.models import Author, Book, Tag


@pytest.fixture
def add_book() -> Callable[..., Book]:
    """`add_book(author, **fields)` stores a book with a fresh ISBN; the default stock is 5, the price 10."""

    def add(author: Author, **fields: object) -> Book:
        number = Book.objects.count() + 1
        values: dict[str, object] = {
            "title": f"Book {number}",
            "isbn": f"{number:013}",
            "price": 10,
            "stock": 5,
        }
        return Book.objects.create(author=author, **(values | fields))

    return add


@pytest.fixture
def library(db: BaseDatabaseWrapper, add_book: Callable[..., Book]) -> None:
    """Ada has three books (one is out of stock), Bob has one, Cy has none; each book has two tags."""
    ada, bob, _ = (Author.objects.create(name=name) for name in ("Ada", "Bob", "Cy"))
    tags = [Tag.objects.create(name=name) for name in ("classic", "short")]
    for author, stock in ((ada, 0), (ada, 5), (ada, 5), (bob, 5)):
        add_book(author, stock=stock).tags.set(tags)

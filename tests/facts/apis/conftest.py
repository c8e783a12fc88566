"""A book with its author and tags, for the twins of the topic apis."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.facts.shop.models import Author, Book, Tag


@pytest.fixture
def add_book(db: Any) -> Callable[..., Book]:
    """`add_book(**fields)` stores a book with a fresh ISBN, an author of its own and two tags."""

    def add(**fields: Any) -> Book:
        number = Book.objects.count() + 1
        values = {"title": f"Book {number}", "isbn": f"{number:013}", "price": 10, "stock": 5}
        author = Author.objects.create(name=f"Author {number}")
        book = Book.objects.create(author=author, **(values | fields))
        book.tags.set(Tag.objects.get_or_create(name=name)[0] for name in ("classic", "short"))
        return book

    return add

"""bulk_create() and bulk_update() save statements, and skip save() and its signals."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, models
from django.db.models.signals import post_save, pre_save
from django.test.utils import isolate_apps

from tests.facts.shop.models import Author, Book

in_library = pytest.mark.usefixtures("library")


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """The titles of the books for which a save signal was sent."""
    titles: list[str] = []

    def listen(instance: Book, **_: Any) -> None:
        titles.append(instance.title)

    for signal in (pre_save, post_save):
        signal.connect(listen, sender=Book)
    yield titles
    for signal in (pre_save, post_save):
        signal.disconnect(listen, sender=Book)


def some_books(number: int) -> list[Book]:
    author = Author.objects.get(name="Cy")
    return [Book(title=f"t{i}", author=author, isbn=f"x{i}", price=i) for i in range(number)]


@in_library
def test_one_insert_for_many_rows_and_no_signal(count_queries: Callable[..., Any], heard: list[str]) -> None:
    books = some_books(20)
    with count_queries() as sql:
        Book.objects.bulk_create(books)
    assert len([statement for statement in sql if statement.startswith("INSERT")]) == 1
    assert heard == []
    Book.objects.create(title="single", author=books[0].author, isbn="s", price=1)
    assert heard == ["single", "single"]


@in_library
def test_primary_keys_come_back_unless_conflicts_are_ignored() -> None:
    assert all(book.pk for book in Book.objects.bulk_create(some_books(3)))
    again = Book.objects.bulk_create(some_books(4), ignore_conflicts=True)
    assert [book.pk for book in again] == [None] * 4
    assert Book.objects.filter(isbn__startswith="x").count() == 4


@in_library
def test_bulk_update_is_one_statement_with_cases(count_queries: Callable[..., Any], heard: list[str]) -> None:
    books = list(Book.objects.all())
    for number, book in enumerate(books):
        book.price = number
    with count_queries() as sql:
        assert Book.objects.bulk_update(books, ["price"]) == 4
    updates = [statement for statement in sql if statement.startswith("UPDATE")]
    assert len(updates) == 1
    assert updates[0].count("WHEN") == 4
    assert heard == []


@in_library
def test_batch_size_splits_the_statement(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        Book.objects.bulk_create(some_books(20), batch_size=8)
    assert len([statement for statement in sql if statement.startswith("INSERT")]) == 3


def test_all_batches_are_one_transaction(committed_db: Any) -> None:
    author = Author.objects.create(name="Dee")
    stored = Book(title="t", author=author, isbn="x3", price=1)
    stored.save()
    books = [Book(title="t", author=author, isbn=f"x{i}", price=1) for i in range(4)]
    with pytest.raises(IntegrityError):
        Book.objects.bulk_create(books, batch_size=2)
    assert list(Book.objects.all()) == [stored]


@in_library
def test_duplicates_in_one_batch_update_once() -> None:
    book = Book.objects.first()
    twin = Book.objects.get(pk=book.pk)
    book.price, twin.price = 1, 2
    assert Book.objects.bulk_update([book, twin], ["price"]) == 1
    assert Book.objects.get(pk=book.pk).price == 1


@in_library
@isolate_apps("tests.facts.shop")
def test_auto_now_add_works_in_bulk_create_and_auto_now_not_in_bulk_update() -> None:
    class Note(models.Model):
        text = models.CharField(max_length=9)
        made = models.DateTimeField(auto_now_add=True)
        changed = models.DateTimeField(auto_now=True)

        class Meta:
            app_label = "twin_bulk_operations"

    with connection.schema_editor() as schema:
        schema.create_model(Note)
    [note] = Note.objects.bulk_create([Note(text="a")])
    assert note.made
    before = note.changed
    note.text = "b"
    Note.objects.bulk_update([note], ["text"])
    assert Note.objects.get().changed == before
    note.save()
    assert Note.objects.get().changed > before

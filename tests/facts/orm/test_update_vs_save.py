"""update() changes named columns in SQL; save() writes all loaded fields of one object, with model logic."""

from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, connection, models, transaction
from django.db.models.signals import post_save
from django.test.utils import isolate_apps

from tests.facts.shop.models import Book, Customer, Order

pytestmark = pytest.mark.usefixtures("library")


def loaded_twice() -> tuple[Book, Book]:
    pk = Book.objects.filter(stock=5).values_list("pk", flat=True).first()
    return Book.objects.get(pk=pk), Book.objects.get(pk=pk)


def test_save_writes_stale_fields_too() -> None:
    mine, theirs = loaded_twice()
    theirs.stock = 4
    theirs.save()
    mine.price = 12
    mine.save()
    assert Book.objects.values_list("price", "stock").get(pk=mine.pk) == (12, 5)


def test_update_fields_leaves_other_columns_alone() -> None:
    mine, theirs = loaded_twice()
    theirs.stock = 4
    theirs.save()
    mine.price = 12
    mine.save(update_fields=["price"])
    assert Book.objects.values_list("price", "stock").get(pk=mine.pk) == (12, 4)


def test_update_sends_no_signal_and_leaves_objects_in_memory_alone() -> None:
    heard: list[Any] = []

    def listen(**kwargs: Any) -> None:
        heard.append(kwargs["instance"])

    post_save.connect(listen, sender=Book)
    try:
        mine, _ = loaded_twice()
        assert Book.objects.filter(pk=mine.pk).update(price=12) == 1
        assert (heard, mine.price) == ([], 10)
        mine.save()
        assert heard == [mine]
    finally:
        post_save.disconnect(listen, sender=Book)


def test_a_conditional_update_has_one_winner() -> None:
    order = Order.objects.create(customer=Customer.objects.create(name="Eve", email="e@example.com"))
    fresh = Order.objects.filter(pk=order.pk, status="new")
    assert [fresh.update(status="paid") for _ in range(2)] == [1, 0]


def test_update_counts_matched_rows_even_if_nothing_changes() -> None:
    assert Book.objects.update(price=10) == 4


def test_update_cannot_set_a_related_column_but_may_filter_by_one() -> None:
    with pytest.raises(FieldDoesNotExist):
        Book.objects.update(author__name="x")
    assert Book.objects.filter(author__name="Ada").update(price=1) == 3


def test_update_refuses_a_slice() -> None:
    with pytest.raises(TypeError, match="slice"):
        Book.objects.all()[:1].update(price=1)


def test_save_inserts_a_row_that_is_gone() -> None:
    mine, theirs = loaded_twice()
    theirs.delete()
    for limits in ({"update_fields": ["price"]}, {"force_update": True}):
        with pytest.raises(DatabaseError), transaction.atomic():
            mine.save(**limits)
    mine.save()
    assert Book.objects.filter(pk=mine.pk).exists()


@isolate_apps("tests.facts.shop")
def test_auto_now_is_set_by_save_and_by_neither_update_nor_unnamed() -> None:
    class Note(models.Model):
        text = models.CharField(max_length=9)
        changed = models.DateTimeField(auto_now=True)

        class Meta:
            app_label = "twin_update_vs_save"

    with connection.schema_editor() as schema:
        schema.create_model(Note)
    note = Note.objects.create(text="a")
    first = Note.objects.get().changed
    Note.objects.update(text="b")
    note.save(update_fields=["text"])
    assert Note.objects.get().changed == first
    note.save()
    assert Note.objects.get().changed > first


def test_a_deferred_field_is_not_written() -> None:
    mine = Book.objects.filter(stock=5).only("price").first()
    Book.objects.filter(pk=mine.pk).update(stock=4)
    mine.price = 12
    mine.save()
    assert Book.objects.values_list("price", "stock").get(pk=mine.pk) == (12, 4)

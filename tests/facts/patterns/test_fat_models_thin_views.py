"""A queryset method chains and reaches the manager; a bulk write calls no model method."""

from typing import Any

from django.db import connection, models
from django.test.utils import isolate_apps

from tests.facts.shop.models import Customer, Order


@isolate_apps("tests.facts.shop")
def test_queryset_methods_chain_and_bulk_writes_bypass_model_methods(committed_db: Any) -> None:
    class ParcelQuerySet(models.QuerySet[Any]):
        def unpaid(self) -> "ParcelQuerySet":
            return self.filter(status="new")

    called: list[str] = []

    class Parcel(models.Model):
        status = models.CharField(max_length=10, default="new")
        objects = ParcelQuerySet.as_manager()

        class Meta:
            app_label = "twin_fat_models"

        def save(self, *args: Any, **kwargs: Any) -> None:
            called.append("save")
            super().save(*args, **kwargs)

    with connection.schema_editor() as editor:
        editor.create_model(Parcel)
    try:
        Parcel.objects.bulk_create([Parcel(), Parcel(status="paid")])
        assert Parcel.objects.exclude(pk=0).unpaid().count() == Parcel.objects.unpaid().count() == 1
        Parcel.objects.unpaid().update(status="cancelled")
        assert called == []
        Parcel().save()
        assert called == ["save"]
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Parcel)


def test_a_check_in_memory_misses_another_request_and_a_conditional_update_does_not(db: Any) -> None:
    ann = Customer.objects.create(name="Ann", email="ann@example.com")
    order = Order.objects.create(customer=ann)
    loaded_before = Order.objects.get(pk=order.pk)
    Order.objects.filter(pk=order.pk).update(status="sent")
    assert loaded_before.status == "new"  # so that cancel() would go on
    assert Order.objects.filter(pk=order.pk).exclude(status="sent").update(status="cancelled") == 0
    assert Order.objects.get(pk=order.pk).status == "sent"

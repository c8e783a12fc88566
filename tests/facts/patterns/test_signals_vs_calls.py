"""post_save reports each saved row, fixtures included, and no bulk write; it knows no business event."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models.signals import post_save
from django.test import Client

from tests.facts.shop.models import Customer


@pytest.fixture
def mails() -> Iterator[list[tuple[str, bool, bool]]]:
    """Who was "welcomed" by a careless receiver: name, created, raw."""
    sent: list[tuple[str, bool, bool]] = []

    def welcome(sender: Any, instance: Customer, created: bool, raw: bool, **kwargs: Any) -> None:
        sent.append((instance.name, created, raw))

    post_save.connect(welcome, sender=Customer)
    yield sent
    post_save.disconnect(welcome, sender=Customer)


def test_every_later_save_sends_post_save_too(db: Any, mails: list[Any]) -> None:
    ann = Customer.objects.create(name="Ann", email="ann@example.com")
    ann.name = "Anna"
    ann.save()
    assert mails == [("Ann", True, False), ("Anna", False, False)]


def test_a_login_saves_the_user_again(db: Any, client: Client) -> None:
    ann = User.objects.create_user("ann")
    fields: list[Any] = []

    def note(sender: Any, update_fields: Any, **kwargs: Any) -> None:
        fields.append(update_fields)

    post_save.connect(note, sender=User)
    try:
        client.force_login(ann)
    finally:
        post_save.disconnect(note, sender=User)
    assert fields == [frozenset({"last_login"})]


def test_bulk_create_and_update_send_nothing(db: Any, mails: list[Any]) -> None:
    Customer.objects.bulk_create([Customer(name="Ann", email="ann@example.com")])
    Customer.objects.update(name="Anna")
    assert mails == []


def test_a_failed_full_clean_sends_nothing(db: Any, mails: list[Any]) -> None:
    with pytest.raises(ValidationError, match="Enter a valid email"):
        Customer(name="Ann", email="nowhere").full_clean()
    assert mails == []


def test_fixtures_send_post_save_with_raw(db: Any, mails: list[Any], tmp_path: Path) -> None:
    fixture = tmp_path / "customers.json"
    fixture.write_text(
        '[{"model": "shop.customer", "pk": 1, "fields": {"name": "Ann", "email": "ann@example.com"}}]'
    )
    call_command("loaddata", fixture, verbosity=0)
    assert mails == [("Ann", True, True)]

"""null concerns the column, blank concerns validation."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, models, transaction
from django.forms import modelform_factory
from django.test.utils import isolate_apps


@pytest.fixture
def person(db: Any) -> Iterator[Any]:
    """A model with each combination; its table goes when the test's transaction is rolled back."""
    with isolate_apps("tests.facts.shop"):

        class Person(models.Model):
            name = models.CharField(max_length=9)
            note = models.CharField(max_length=9, blank=True)
            email = models.EmailField(unique=True, null=True, blank=True)
            birthday = models.DateField(blank=True)
            married = models.DateField(null=True, blank=True)

            class Meta:
                app_label = "twin_null_vs_blank"

        with connections["default"].schema_editor() as schema:
            schema.create_model(Person)
        yield Person


def submit(model: Any, **data: str) -> Any:
    form = modelform_factory(model, fields="__all__")({"name": "Ada", "birthday": "2026-01-02"} | data)
    assert form.is_valid(), form.errors
    return form.save()


def test_an_empty_date_with_blank_alone_passes_the_form_and_fails_in_the_database(person: Any) -> None:
    with pytest.raises(IntegrityError, match='null value in column "birthday"'), transaction.atomic():
        submit(person, birthday="")


def test_with_both_an_empty_date_is_stored_as_null(person: Any) -> None:
    assert submit(person, married="").married is None


def test_optional_text_is_stored_as_the_empty_string(person: Any) -> None:
    assert submit(person, note="").note == ""


def test_nullable_unique_text_is_stored_as_null_so_two_may_be_empty(person: Any) -> None:
    assert submit(person, email="").email is None
    assert submit(person, email="").email is None
    person.objects.create(name="Eve", birthday="2026-01-02", email="")
    with pytest.raises(IntegrityError), transaction.atomic():
        person.objects.create(name="Eva", birthday="2026-01-02", email="")


def test_save_does_not_check_blank(person: Any) -> None:
    nameless = person.objects.create(name="", birthday="2026-01-02")
    with pytest.raises(ValidationError, match="cannot be blank"):
        nameless.full_clean()


def test_changing_blank_runs_no_sql(person: Any) -> None:
    old = person._meta.get_field("name")
    new = old.clone()
    new.blank = True
    new.set_attributes_from_name("name")
    with connections["default"].schema_editor(collect_sql=True) as schema:
        schema.alter_field(person, old, new)
    assert schema.collected_sql == []

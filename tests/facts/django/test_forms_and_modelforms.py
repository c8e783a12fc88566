"""A ModelForm takes fields from a model, validates the instance and saves it."""

from typing import Any

import django
import pytest
from django.forms import ModelForm

from tests.facts.shop.models import Author, Book, Customer, Tag


class BookForm(ModelForm):
    class Meta:
        model = Book
        fields = ("title", "author", "price", "isbn", "stock", "tags")


class CarelessBookForm(BookForm):
    def clean(self) -> dict[str, Any]:
        return self.cleaned_data


class CustomerForm(ModelForm):
    class Meta:
        model = Customer
        fields = ("name", "email")


class CarelessForm(CustomerForm):
    def clean(self) -> dict[str, Any]:
        return self.cleaned_data


@pytest.fixture
def valid(db: Any) -> dict[str, Any]:
    author = Author.objects.create(name="Ada")
    tag = Tag.objects.create(name="classic")
    return {"title": "t", "author": author.pk, "price": "1", "isbn": "1", "stock": "1", "tags": [tag.pk]}


def test_commit_false_leaves_many_to_many_for_later(valid: dict[str, Any]) -> None:
    form = BookForm(valid)
    book = form.save(commit=False)
    assert book.pk is None
    book.save()
    assert book.tags.count() == 0
    form.save_m2m()
    assert book.tags.count() == 1


def test_plain_save_writes_many_to_many(valid: dict[str, Any]) -> None:
    assert BookForm(valid).save().tags.count() == 1


def test_saving_an_invalid_form_raises(valid: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="didn't validate"):
        BookForm(valid | {"title": ""}).save()


def test_a_failed_form_has_changed_its_instance(valid: dict[str, Any]) -> None:
    book = BookForm(valid).save()
    assert not BookForm(valid | {"title": "other", "price": "dear"}, instance=book).is_valid()
    assert book.title == "other"


def test_model_constraints_are_checked(valid: dict[str, Any]) -> None:
    form = BookForm(valid | {"stock": "-1"})
    assert not form.is_valid()
    assert "stock_not_negative" in str(form.errors)


def test_own_clean_without_super_skips_constraints_since_6_1(valid: dict[str, Any]) -> None:
    assert CarelessBookForm(valid | {"stock": "-1"}).is_valid() == (django.VERSION >= (6, 1))


def test_fields_outside_of_the_form_are_ignored(valid: dict[str, Any]) -> None:
    assert BookForm(valid | {"id": "77"}).save().pk != 77


def test_own_clean_without_super_skips_uniqueness(db: Any) -> None:
    data = {"name": "Eve", "email": "e@example.com"}
    CustomerForm(data).save()
    assert not CustomerForm(data).is_valid()
    assert CarelessForm(data).is_valid()

"""Field checks first, then serializer validators, then validate(); the model's own rules are left out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from rest_framework.serializers import CharField, DateField, ModelSerializer, Serializer, ValidationError

from tests.facts.shop.models import Book, OrderLine


def test_the_order_of_checks_and_field_errors_end_it() -> None:
    ran: list[str] = []

    def validator(value: Any) -> None:
        ran.append("field validator")

    def whole(attrs: Any) -> None:
        ran.append("serializer validator")

    class Stay(Serializer[Any]):
        start = CharField(validators=[validator])
        end = CharField()

        class Meta:
            validators = (whole,)

        def validate_start(self, value: str) -> str:
            ran.append("validate_start")
            return value

        def validate(self, attrs: Any) -> Any:
            ran.append("validate")
            return attrs

    assert Stay(data={"start": "a", "end": "b"}).is_valid()
    assert ran == ["field validator", "validate_start", "serializer validator", "validate"]
    ran.clear()
    failed = Stay(data={"start": "a", "end": ""})
    assert not failed.is_valid()
    assert ran == ["field validator", "validate_start"]


def test_errors_of_all_fields_are_collected() -> None:
    class Stay(Serializer[Any]):
        start = DateField()
        end = DateField()

    failed = Stay(data={"start": "x"})
    assert not failed.is_valid()
    assert set(failed.errors) == {"start", "end"}


class Careless(Serializer[Any]):
    start = DateField()
    end = DateField()

    def validate(self, attrs: Any) -> Any:
        if attrs["end"] < attrs["start"]:
            raise ValidationError("ends too early")
        return attrs


class Careful(Careless):
    def validate(self, attrs: Any) -> Any:
        def value(name: str) -> Any:
            if name in attrs:
                return attrs[name]
            return getattr(self.instance, name)

        if value("end") < value("start"):
            raise ValidationError("ends too early")
        return attrs


class Stored:
    start = date(2027, 1, 5)
    end = date(2027, 1, 9)


def test_partial_validation_without_the_other_field_raises_key_error() -> None:
    with pytest.raises(KeyError, match="start"):
        Careless(Stored(), data={"end": "2027-01-01"}, partial=True).is_valid()


@pytest.mark.parametrize(("end", "valid"), [("2027-01-06", True), ("2027-01-01", False)])
def test_the_careful_version_takes_the_rest_from_the_instance(end: str, valid: bool) -> None:
    partial = Careful(Stored(), data={"end": end}, partial=True)
    assert partial.is_valid() is valid
    whole = Careful(data={"start": "2027-01-05", "end": end})
    assert whole.is_valid() is valid
    if not valid:
        assert set(whole.errors) == {"non_field_errors"}


def test_clean_and_check_constraints_are_not_consulted(
    add_book: Callable[..., Book], monkeypatch: Any
) -> None:
    class StockSerializer(ModelSerializer[Book]):
        class Meta:
            model = Book
            fields = ("stock",)

    def clean(self: Book) -> None:
        raise AssertionError("clean() was called")

    monkeypatch.setattr(Book, "clean", clean)
    book = add_book()
    with pytest.raises(AssertionError):
        book.full_clean()
    serializer = StockSerializer(book, data={"stock": -1})
    assert serializer.is_valid()
    with pytest.raises(IntegrityError, match="stock_not_negative"), transaction.atomic():
        serializer.save()


def test_unique_constraints_are_checked_by_a_query(add_book: Callable[..., Book], count_queries: Any) -> None:
    class BookSerializer(ModelSerializer[Book]):
        class Meta:
            model = Book
            fields = ("isbn",)

    book = add_book()
    with count_queries() as sql:
        taken = BookSerializer(data={"isbn": book.isbn})
        assert not taken.is_valid()
    assert len(sql) == 1
    assert sql[0].startswith("SELECT 1")


def test_errors_of_many_are_a_dict_by_position() -> None:
    failed = Careless(data=[{"start": "2027-01-01", "end": "2027-01-02"}, {}], many=True)
    assert not failed.is_valid()
    assert set(failed.errors) == {1}


def test_the_shop_has_a_unique_constraint_to_copy() -> None:
    assert [constraint.name for constraint in OrderLine._meta.constraints] == ["book_once_per_order"]

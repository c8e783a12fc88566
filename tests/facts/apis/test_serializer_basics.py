"""A ModelSerializer writes fields, validators, create() and update(); a plain Serializer cannot save()."""

from typing import Any

import pytest
from rest_framework.serializers import CharField, DecimalField, ModelSerializer, Serializer
from rest_framework.validators import UniqueTogetherValidator, UniqueValidator

from tests.facts.shop.models import Author, Book, OrderLine


class PlainBook(Serializer[Any]):
    title = CharField()
    price = DecimalField(max_digits=8, decimal_places=2)


class AuthorSerializer(ModelSerializer[Author]):
    class Meta:
        model = Author
        fields = ("id", "name")


def test_a_plain_serializer_cannot_save() -> None:
    serializer = PlainBook(data={"title": "Sums", "price": "10.00"})
    assert serializer.is_valid()
    with pytest.raises(NotImplementedError, match="create"):
        serializer.save()


def test_save_needs_is_valid_first() -> None:
    with pytest.raises(AssertionError, match="is_valid"):
        PlainBook(data={"title": "Sums"}).save()


def test_a_model_serializer_has_fields_and_unique_validators() -> None:
    class BookSerializer(ModelSerializer[Book]):
        class Meta:
            model = Book
            fields = ("title", "isbn")

    class LineSerializer(ModelSerializer[OrderLine]):
        class Meta:
            model = OrderLine
            fields = ("order", "book", "price")

    fields = BookSerializer().fields
    assert fields["title"].max_length == 200
    assert any(isinstance(validator, UniqueValidator) for validator in fields["isbn"].validators)
    [together] = LineSerializer().validators
    assert isinstance(together, UniqueTogetherValidator)


def test_save_merges_extra_values_and_creates_or_updates(db: Any) -> None:
    created = AuthorSerializer(data={"name": "Ada"})
    assert created.is_valid()
    author = created.save(name="Set by the server")
    assert author.name == "Set by the server"
    changed = AuthorSerializer(author, data={"name": "Bob"})
    assert changed.is_valid()
    assert changed.save().pk == author.pk


def test_unknown_and_read_only_input_is_ignored(db: Any) -> None:
    serializer = AuthorSerializer(data={"id": 77, "name": "Ada", "colour": "red"})
    assert serializer.is_valid()
    assert serializer.validated_data == {"name": "Ada"}


def test_a_nested_write_is_refused(db: Any) -> None:
    class Nested(ModelSerializer[Book]):
        author = AuthorSerializer()

        class Meta:
            model = Book
            fields = ("title", "isbn", "price", "author")

    serializer = Nested(data={"title": "Sums", "isbn": "1", "price": "1", "author": {"name": "Ada"}})
    assert serializer.is_valid(), serializer.errors
    with pytest.raises(AssertionError, match="does not support writable nested fields"):
        serializer.save()

"""get_or_create() is SELECT, then INSERT: a unique constraint alone prevents the second row."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import MultipleObjectsReturned
from django.db import IntegrityError, connection, transaction

from tests.facts.shop.models import Author, Customer, Tag


def overtaken_by(rival: Any, table: str, name: str) -> AbstractContextManager[None]:
    """Another connection inserts and commits `name` between our SELECT and our INSERT."""

    def overtake(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT"):
            rival.execute(f"INSERT INTO {table} (name) VALUES (%s)", [name])
            rival.commit()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(overtake)


def test_without_a_constraint_there_are_two_rows(second_connection: Any) -> None:
    with overtaken_by(second_connection, "shop_author", "Ada"):
        _, created = Author.objects.get_or_create(name="Ada")
    assert created
    assert Author.objects.filter(name="Ada").count() == 2
    with pytest.raises(MultipleObjectsReturned):
        Author.objects.get_or_create(name="Ada")


def test_atomic_does_not_help(second_connection: Any) -> None:
    with transaction.atomic(), overtaken_by(second_connection, "shop_author", "Ada"):
        Author.objects.get_or_create(name="Ada")
    assert Author.objects.filter(name="Ada").count() == 2


def test_select_for_update_does_not_help(second_connection: Any) -> None:
    with transaction.atomic(), overtaken_by(second_connection, "shop_author", "Ada"):
        list(Author.objects.select_for_update().filter(name="Ada"))
        Author.objects.get_or_create(name="Ada")
    assert Author.objects.filter(name="Ada").count() == 2


def test_with_a_constraint_the_loser_gets_the_winners_row(second_connection: Any) -> None:
    with overtaken_by(second_connection, "shop_tag", "classic"):
        tag, created = Tag.objects.get_or_create(name="classic")
    assert not created
    assert Tag.objects.get() == tag


def test_the_savepoint_keeps_an_outer_transaction_usable(second_connection: Any) -> None:
    with transaction.atomic(), overtaken_by(second_connection, "shop_tag", "classic"):
        Tag.objects.get_or_create(name="classic")
        assert Tag.objects.count() == 1


def test_at_repeatable_read_the_second_get_does_not_see_the_winner(second_connection: Any) -> None:
    with transaction.atomic(), overtaken_by(second_connection, "shop_tag", "classic"):
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(IntegrityError):
            Tag.objects.get_or_create(name="classic")


def test_other_fields_in_the_lookup_end_in_an_integrity_error(db: Any) -> None:
    Customer.objects.create(name="Eve", email="eve@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.get_or_create(email="eve@example.com", name="Eva")
    _, created = Customer.objects.get_or_create(email="eve@example.com", defaults={"name": "Eva"})
    assert not created


def test_update_or_create_locks_the_row_it_finds(db: Any, count_queries: Callable[..., Any]) -> None:
    Tag.objects.create(name="classic")
    with count_queries() as sql:
        Tag.objects.update_or_create(name="classic", defaults={"name": "short"})
    assert any("FOR UPDATE" in statement for statement in sql)


def test_a_case_insensitive_lookup_creates_from_defaults(db: Any) -> None:
    tag, _ = Tag.objects.get_or_create(name__iexact="classic", defaults={"name": "Classic"})
    assert tag.name == "Classic"
    assert Tag.objects.get_or_create(name__iexact="CLASSIC") == (tag, False)

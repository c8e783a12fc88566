"""A bound value stays one value; glued into the text it becomes SQL."""

from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections

from tests.facts.shop.models import Customer

BOUND = "SELECT id FROM shop_customer WHERE name = %s"
HOSTILE = "x' OR '1'='1"


@pytest.fixture(autouse=True)
def customers(db: Any) -> None:
    for alias in ("default", "sqlite"):
        for name in ("Ann", "x'; DROP TABLE shop_customer; --"):
            Customer.objects.using(alias).create(name=name, email=f"{len(name)}@shop.example")


def count(sql: str, params: list[str] | None = None, alias: str = "default") -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        return len(cursor.fetchall())


def test_glued_value_makes_a_condition_that_is_true_for_all_rows() -> None:
    assert count(BOUND.replace("%s", f"'{HOSTILE}'")) == 2


@pytest.mark.parametrize("alias", ["default", "sqlite"])
def test_bound_value_is_looked_up_as_it_is_on_every_backend(alias: str) -> None:
    assert count(BOUND, [HOSTILE], alias) == 0
    assert count(BOUND, ["x'; DROP TABLE shop_customer; --"], alias) == 1
    assert count("SELECT * FROM shop_customer", alias=alias) == 2


def test_question_mark_is_no_placeholder_on_postgresql() -> None:
    with pytest.raises(ProgrammingError, match="0 placeholders but 1 parameters"):
        count(BOUND.replace("%s", "?"), ["Ann"])


def test_lookup_binds_its_value() -> None:
    sql, params = Customer.objects.filter(name=HOSTILE).query.sql_with_params()
    assert "%s" in sql
    assert HOSTILE not in sql
    assert params == (HOSTILE,)


def test_django_binds_in_the_client_unless_told() -> None:
    from psycopg import ClientCursor

    with connection.cursor() as cursor:
        assert isinstance(cursor.cursor, ClientCursor)
        assert cursor.mogrify(BOUND, ["O'Brien"]).endswith("name = 'O''Brien'")

"""An unquoted placeholder with params is safe; quotes around it, repr() and formatting are not."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.facts.shop.models import Customer


def found(sql: str, params: list[str] | None = None) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor]


@pytest.fixture
def customers(db: Any) -> None:
    for name in ["Ann", "O'Brien"]:
        Customer.objects.create(name=name, email=f"{name}@shop.example")


BOUND = "SELECT name FROM shop_customer WHERE name = %s"
QUOTED = "SELECT name FROM shop_customer WHERE name = '%s'"


def test_bound_value_stays_a_value(customers: None) -> None:
    assert found(BOUND, ["O'Brien"]) == ["O'Brien"]
    assert found(BOUND, ["' OR 1=1 --"]) == []
    assert found(BOUND, [" OR 1=1 --"]) == []


def test_quoted_placeholder_lets_the_value_out(customers: None) -> None:
    assert len(found(QUOTED, [" OR 1=1 --"])) == 2


def test_formatting_lets_the_value_out(customers: None) -> None:
    assert len(found(QUOTED % "' OR 1=1 --")) == 2


def test_repr_lets_the_value_out(customers: None) -> None:
    name = "' OR 1=1 --\""
    sql = "SELECT name FROM shop_customer WHERE name = "
    assert repr(name) == "'\\' OR 1=1 --\"'"
    assert len(found(f"{sql}{name!r}")) == 2


def test_column_name_cannot_be_bound(customers: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        found("SELECT name FROM shop_customer ORDER BY %s", ["name"])


def test_list_is_one_parameter_of_any(customers: None) -> None:
    ids = list(Customer.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shop_customer WHERE id = ANY(%s)", [ids])
        assert cursor.fetchone() == (2,)


def test_percent_is_doubled_beside_parameters(customers: None) -> None:
    assert found(f"{BOUND} OR name LIKE 'O%%'", ["Ann"]) == ["Ann", "O'Brien"]


def test_bound_like_keeps_its_wildcards(customers: None) -> None:
    assert len(found("SELECT name FROM shop_customer WHERE name LIKE %s", ["%"])) == 2


def test_patched_orm_refuses_a_connector_from_a_dictionary(customers: None) -> None:
    from_request = {"name": "Ann", "email": "x", "_connector": "OR 1=1 OR"}
    with pytest.raises((ValueError, TypeError)):
        Customer.objects.filter(**from_request).exists()

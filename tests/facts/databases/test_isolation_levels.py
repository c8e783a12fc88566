"""Repeatable Read allows write skew, Serializable does not; Read Committed sees each commit at once."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import IsolationLevel
from psycopg.errors import SerializationFailure

COUNT = "SELECT count(*) FROM doctor WHERE on_call"


@pytest.fixture
def two(empty_database: str) -> Iterator[list[Any]]:
    with psycopg.connect(empty_database) as first, psycopg.connect(empty_database) as second:
        first.execute("CREATE TABLE doctor (name text, on_call bool)")
        first.execute("INSERT INTO doctor VALUES ('ann', true), ('bea', true)")
        first.commit()
        yield [first, second]


def set_level(two: list[Any], level: IsolationLevel) -> None:
    for connection in two:
        connection.isolation_level = level


def on_call(connection: Any) -> int:
    number: int = connection.execute(COUNT).fetchone()[0]
    return number


def sign_off(connection: Any, name: str) -> None:
    connection.execute("UPDATE doctor SET on_call = false WHERE name = %s", [name])


def both_sign_off(two: list[Any]) -> None:
    assert [on_call(connection) for connection in two] == [2, 2]
    for connection, name in zip(two, ["ann", "bea"], strict=True):
        sign_off(connection, name)
    for connection in two:
        connection.commit()


def test_repeatable_read_lets_both_sign_off(two: list[Any]) -> None:
    set_level(two, IsolationLevel.REPEATABLE_READ)
    both_sign_off(two)
    assert on_call(two[0]) == 0


def test_serializable_aborts_one_with_40001(two: list[Any]) -> None:
    set_level(two, IsolationLevel.SERIALIZABLE)
    with pytest.raises(SerializationFailure) as error:
        both_sign_off(two)
    assert error.value.sqlstate == "40001"
    for connection in two:
        connection.rollback()
    assert on_call(two[0]) == 1


def test_row_locks_on_what_is_read_stop_write_skew(two: list[Any]) -> None:
    first, second = two
    second.execute("SET lock_timeout = '50ms'")
    second.commit()
    first.execute("SELECT * FROM doctor WHERE on_call FOR UPDATE")
    with pytest.raises(psycopg.errors.LockNotAvailable):
        second.execute("SELECT * FROM doctor WHERE on_call FOR UPDATE")


def test_same_row_fails_under_repeatable_read_only(two: list[Any]) -> None:
    first, second = two
    set_level(two, IsolationLevel.REPEATABLE_READ)
    on_call(second)
    sign_off(first, "ann")
    first.commit()
    with pytest.raises(SerializationFailure):
        sign_off(second, "ann")
    second.rollback()
    set_level(two, IsolationLevel.READ_COMMITTED)
    on_call(second)
    sign_off(first, "bea")
    first.commit()
    sign_off(second, "bea")


@pytest.mark.parametrize(
    ("level", "second_look"),
    [
        (IsolationLevel.READ_UNCOMMITTED, 1),
        (IsolationLevel.READ_COMMITTED, 1),
        (IsolationLevel.REPEATABLE_READ, 2),
        (IsolationLevel.SERIALIZABLE, 2),
    ],
)
def test_snapshot_is_per_statement_or_per_transaction(
    two: list[Any], level: IsolationLevel, second_look: int
) -> None:
    first, second = two
    second.isolation_level = level
    assert on_call(second) == 2
    sign_off(first, "ann")
    assert on_call(second) == 2  # no dirty read, not even under Read Uncommitted
    first.commit()
    assert on_call(second) == second_look


def test_repeatable_read_sees_no_phantom(two: list[Any]) -> None:
    first, second = two
    second.isolation_level = IsolationLevel.REPEATABLE_READ
    assert on_call(second) == 2
    first.execute("INSERT INTO doctor VALUES ('cy', true)")
    first.commit()
    assert on_call(second) == 2


def test_snapshot_is_taken_at_the_first_query_not_at_begin(two: list[Any]) -> None:
    first, second = two
    second.autocommit = True
    second.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    sign_off(first, "ann")
    first.commit()
    assert on_call(second) == 1
    second.execute("ROLLBACK")

"""A pool and CONN_MAX_AGE exclude each other; CONN_MAX_AGE is one connection per thread."""

import threading
from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models import JSONField


def wrapper(**changed: Any) -> DatabaseWrapper:
    settings = deepcopy(connections["default"].settings_dict) | {"CONN_MAX_AGE": 0} | changed
    return DatabaseWrapper(settings, alias="twin_configure_postgresql")


def test_pool_with_conn_max_age_raises_improperly_configured(db: Any) -> None:
    both = wrapper(CONN_MAX_AGE=600, OPTIONS={"pool": True})
    with pytest.raises(ImproperlyConfigured, match="persistent connections"):
        both.connect()


def test_without_a_pool_conn_max_age_connects(committed_db: Any) -> None:
    persistent = wrapper(CONN_MAX_AGE=600)
    persistent.connect()
    persistent.close()


def test_each_thread_has_a_connection_of_its_own(committed_db: Any) -> None:
    backends = []

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backends.append(cursor.fetchone()[0])

    def in_a_thread() -> None:
        ask()
        connection.close()

    ask()
    ask()
    thread = threading.Thread(target=in_a_thread)
    thread.start()
    thread.join()
    assert backends[0] == backends[1] != backends[2]


def test_django_uses_read_committed_unless_told(db: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)


def test_jsonfield_is_not_postgresql_only() -> None:
    assert JSONField().db_type(connections["sqlite"]) == "text"
    assert JSONField().db_type(connections["default"]) == "jsonb"

"""A kept connection belongs to one thread: as many threads, so many connections."""

import sys
import threading
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

THREADS = 5


def test_every_thread_keeps_a_connection_open(committed_db: Any) -> None:
    backends = set()
    all_asked = threading.Barrier(THREADS)

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backends.add(cursor.fetchone()[0])
        all_asked.wait(timeout=10)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(backends) == THREADS


def test_default_closes_at_the_end_of_the_request_and_none_keeps(committed_db: Any) -> None:
    settings = connection.settings_dict
    assert settings["CONN_MAX_AGE"] == 0
    connection.close()
    connection.connect()
    request_finished.send(sender=None)
    assert connection.connection is None

    settings["CONN_MAX_AGE"] = None
    try:
        connection.connect()
        request_finished.send(sender=None)
        assert connection.connection is not None
    finally:
        settings["CONN_MAX_AGE"] = 0


def test_an_overdue_connection_stays_open_until_a_request_begins(
    committed_db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)
    connection.close()
    connection.connect()
    assert connection.close_at is not None
    connection.close_at -= 61
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.connection is not None
    request_started.send(sender=None)
    assert connection.connection is None


class ConnectionPool:
    """In place of psycopg_pool's, which need not be installed: Django's own part is under test."""

    check_connection = None

    def __init__(self, **options: Any) -> None:
        self.options = options


def test_threads_of_a_process_share_one_pool_per_alias(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg_pool", SimpleNamespace(ConnectionPool=ConnectionPool))
    monkeypatch.setattr(DatabaseWrapper, "_connection_pools", {})
    pooled = {"CONN_MAX_AGE": 0, "OPTIONS": {"pool": {"min_size": 2, "max_size": 4}}}
    settings = deepcopy(connection.settings_dict) | pooled
    one_thread, another_thread = (DatabaseWrapper(settings, alias="twin_pool") for _ in range(2))
    assert one_thread.pool is another_thread.pool
    assert one_thread.pool.options["max_size"] == 4
    assert DatabaseWrapper(settings, alias="twin_other_pool").pool is not one_thread.pool


def test_postgresql_allows_a_hundred_connections_by_default(db: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT boot_val FROM pg_settings WHERE name = 'max_connections'")
        assert cursor.fetchone() == ("100",)

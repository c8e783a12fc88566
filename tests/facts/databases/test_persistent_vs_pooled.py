"""A kept connection belongs to one thread: as many threads, so many connections."""

import threading
from typing import Any

from django.core.signals import request_finished
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


def test_pool_is_one_per_process_and_alias() -> None:
    assert DatabaseWrapper._connection_pools == {}


def test_postgresql_starts_with_a_hundred_connections(db: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT boot_val FROM pg_settings WHERE name = 'max_connections'")
        assert cursor.fetchone() == ("100",)

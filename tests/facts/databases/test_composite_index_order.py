"""An index (customer_id, placed_at) serves its prefix; placed_at alone reads all of the index or table."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

TABLE = """
    CREATE TABLE shop_order (id bigint PRIMARY KEY, customer_id int, status int, placed_at timestamptz);
    INSERT INTO shop_order
        SELECT i, i % 10000, i % 4, now() - i * interval '29 seconds' FROM generate_series(1, 40000) i;
    INSERT INTO shop_order
        SELECT i, 7, 3, now() - i * interval '1 minute' FROM generate_series(40001, 41000) i;
    VACUUM ANALYZE shop_order
"""
TODAY = "SELECT * FROM shop_order WHERE placed_at >= now() - interval '1 day'"


@pytest.fixture
def server(empty_database: str) -> Iterator[Any]:
    with psycopg.connect(empty_database, autocommit=True) as opened:
        for statement in TABLE.split(";"):
            opened.execute(statement)
        yield opened


@pytest.fixture
def by_customer(server: Any) -> Any:
    server.execute("CREATE INDEX order_by_customer ON shop_order (customer_id, placed_at)")
    server.execute("ANALYZE shop_order")
    return server


def plan(server: Any, sql: str, how: str = "EXPLAIN") -> str:
    return "\n".join(row[0] for row in server.execute(f"{how} {sql}"))


def test_range_on_the_second_column_alone_reads_the_whole_table(by_customer: Any) -> None:
    assert "Seq Scan on shop_order" in plan(by_customer, TODAY)


def pages_read(server: Any, sql: str) -> int:
    buffers = plan(server, sql, "EXPLAIN ANALYZE").split("Buffers: shared")[1].split("\n")[0]
    return sum(int(number) for number in re.findall(r"(?:hit|read)=(\d+)", buffers))


def test_range_on_the_second_column_alone_could_only_read_the_whole_index(by_customer: Any) -> None:
    by_customer.execute("SET enable_seqscan = off")
    by_customer.execute("SET enable_bitmapscan = off")
    sizes = by_customer.execute("SELECT relpages FROM pg_class WHERE relname = 'order_by_customer'")
    pages = sizes.fetchone()[0]
    assert "Index Scan using order_by_customer" in plan(by_customer, TODAY)
    assert pages_read(by_customer, TODAY) >= pages > 100
    assert pages_read(by_customer, f"{TODAY} AND customer_id = 77") < 20


def test_leading_column_uses_the_index(by_customer: Any) -> None:
    assert "order_by_customer" in plan(by_customer, "SELECT * FROM shop_order WHERE customer_id = 7")


def test_equality_then_range_is_one_index_condition(by_customer: Any) -> None:
    shown = plan(by_customer, f"{TODAY} AND customer_id = 7")
    assert "order_by_customer" in shown
    assert "Index Cond: ((customer_id = 7) AND (placed_at >=" in shown


def test_equality_then_sort_is_read_backwards_without_a_sort(by_customer: Any) -> None:
    last = "SELECT * FROM shop_order WHERE customer_id = 7 ORDER BY placed_at DESC LIMIT 10"
    shown = plan(by_customer, last)
    assert "Index Scan Backward using order_by_customer" in shown
    assert "Sort" not in shown


def test_skip_scan_helps_if_the_leading_column_has_few_values(server: Any) -> None:
    server.execute("CREATE INDEX order_by_status ON shop_order (status, placed_at)")
    server.execute("ANALYZE shop_order")
    few = "SELECT * FROM shop_order WHERE placed_at >= now() - interval '5 minutes'"
    shown = plan(server, few, "EXPLAIN ANALYZE")
    assert "order_by_status" in shown
    searches = int(shown.split("Index Searches: ")[1].split()[0])
    assert 1 < searches <= 10


def test_with_two_equalities_either_order_reads_the_same_pages(server: Any) -> None:
    both = "SELECT id FROM shop_order WHERE customer_id = 77 AND status = 1"
    pages = []
    for columns in ("customer_id, status", "status, customer_id"):
        server.execute(f"CREATE INDEX either ON shop_order ({columns})")
        server.execute("VACUUM ANALYZE shop_order")
        plan(server, both, "EXPLAIN ANALYZE")
        scan = plan(server, both, "EXPLAIN (ANALYZE, TIMING OFF)")
        assert "either" in scan
        pages.append(scan.split("Buffers: ")[1].split("\n")[0])
        server.execute("DROP INDEX either")
    assert pages[0] == pages[1]

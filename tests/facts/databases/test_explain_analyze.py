"""EXPLAIN ANALYZE runs the statement, counts per loop and, since PostgreSQL 18, shows buffers unasked."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.facts.shop.models import Author

TABLE = """
    CREATE TABLE shop_order (id int PRIMARY KEY, status text);
    CREATE TABLE shop_line (order_id int, price int);
    INSERT INTO shop_order SELECT i, 'new' FROM generate_series(1, 200) i;
    INSERT INTO shop_line SELECT i % 200 + 1, 9 FROM generate_series(1, 600) i;
    CREATE INDEX line_order_id ON shop_line (order_id);
    VACUUM ANALYZE
"""


@pytest.fixture
def server(empty_database: str) -> Iterator[Any]:
    with psycopg.connect(empty_database, autocommit=True) as opened:
        for statement in TABLE.split(";"):
            opened.execute(statement)
        yield opened


def plan(server: Any, sql: str) -> str:
    return "\n".join(row[0] for row in server.execute(sql))


def test_rows_of_an_inner_node_are_averages_per_loop(server: Any) -> None:
    for method in ("hashjoin", "mergejoin", "memoize", "seqscan", "bitmapscan", "indexonlyscan"):
        server.execute(f"SET enable_{method} = off")
    shown = plan(server, "EXPLAIN ANALYZE SELECT * FROM shop_order o JOIN shop_line l ON l.order_id = o.id")
    inner = [line for line in shown.split("\n") if "loops=200)" in line or "loops=600)" in line]
    assert len(inner) == 1
    found = re.search(r"rows=([\d.]+) loops=(\d+)", inner[0].split("actual")[1])
    assert found is not None
    rows, loops = found.groups()
    assert float(rows) * int(loops) == 600


def test_buffers_are_shown_unasked(server: Any) -> None:
    assert "Buffers: shared hit=" in plan(server, "EXPLAIN ANALYZE SELECT * FROM shop_order")
    assert "Buffers" not in plan(server, "EXPLAIN SELECT * FROM shop_order")


def test_filter_counts_the_rows_it_removed(server: Any) -> None:
    shown = plan(server, "EXPLAIN ANALYZE SELECT * FROM shop_order WHERE status = 'paid'")
    assert "Rows Removed by Filter: 200" in shown


def test_estimate_of_stale_statistics_is_far_off_until_analyze(server: Any) -> None:
    server.execute("INSERT INTO shop_order SELECT i, 'paid' FROM generate_series(201, 3000) i")
    sql = "EXPLAIN ANALYZE SELECT * FROM shop_order WHERE status = 'paid'"

    def estimate_and_actual() -> list[float]:
        return [float(number) for number in re.findall(r"rows=([\d.]+)", plan(server, sql).split("\n")[0])]

    estimated, actual = estimate_and_actual()
    assert actual == 2800
    assert estimated < 50
    server.execute("ANALYZE shop_order")
    assert estimate_and_actual() == [2800, 2800]


def test_sort_that_exceeds_work_mem_goes_to_disk(server: Any) -> None:
    server.execute("SET work_mem = '64kB'")
    shown = plan(server, "EXPLAIN ANALYZE SELECT i FROM generate_series(1, 20000) i ORDER BY -i")
    assert "Sort Method: external merge  Disk:" in shown


def test_explain_analyze_executes_a_delete(server: Any) -> None:
    with server.transaction(force_rollback=True):
        plan(server, "EXPLAIN ANALYZE DELETE FROM shop_order")
        assert server.execute("SELECT count(*) FROM shop_order").fetchone() == (0,)
    assert server.execute("SELECT count(*) FROM shop_order").fetchone() == (200,)


def test_queryset_explain_passes_analyze_on(db: Any) -> None:
    assert "actual time" in Author.objects.all().explain(analyze=True)
    assert "actual time" not in Author.objects.all().explain()

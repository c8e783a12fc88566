"""A B-tree serves ranges and anchored order; a leading wildcard, an expression and <> leave it unused."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, models
from django.db.models.functions import Upper
from django.test.utils import isolate_apps

from tests.facts.shop.models import Customer

ROWS = """
    CREATE TABLE customer (id bigint PRIMARY KEY, email varchar(200));
    INSERT INTO customer SELECT i, md5(i::text) || '@shop.example' FROM generate_series(1, 20000) i;
    CREATE INDEX customer_email ON customer (email);
    VACUUM ANALYZE customer;
"""


@pytest.fixture
def server(empty_database: str) -> Iterator[Any]:
    with psycopg.connect(empty_database, autocommit=True) as opened:
        for statement in ROWS.split(";"):
            opened.execute(statement)
        yield opened


def plan(server: Any, where: str) -> str:
    sql = "EXPLAIN SELECT * FROM customer WHERE "
    return "\n".join(row[0] for row in server.execute(sql + where))


@pytest.mark.parametrize(
    "where",
    [
        "email BETWEEN 'ann' AND 'anz'",
        "email = 'ann@shop.example'",
        "email IN ('a@x.org', 'b@x.org')",
        "email IS NULL",
    ],
)
def test_sorted_order_serves_the_condition(server: Any, where: str) -> None:
    assert "customer_email" in plan(server, where)
    assert "Index Cond" in plan(server, where)


@pytest.mark.parametrize(
    "where",
    [
        "email LIKE '%@shop.example'",
        "lower(email) = 'ann@shop.example'",
        "email <> 'ann@shop.example'",
        "email > '0'",
    ],
)
def test_condition_leaves_the_index_unused(server: Any, where: str) -> None:
    assert "Seq Scan" in plan(server, where)


def test_index_on_the_expression_serves_it(server: Any) -> None:
    server.execute("CREATE INDEX customer_lower ON customer (lower(email))")
    server.execute("ANALYZE customer")
    assert "customer_lower" in plan(server, "lower(email) = 'ann@shop.example'")


def test_sorted_output_with_a_limit_needs_no_sort(server: Any) -> None:
    lines = server.execute("EXPLAIN SELECT * FROM customer ORDER BY email LIMIT 5").fetchall()
    assert any("customer_email" in line for (line,) in lines)
    assert not any("Sort" in line for (line,) in lines)


@pytest.mark.parametrize("column", ["email varchar_pattern_ops", 'email COLLATE "C"'])
def test_anchored_pattern_needs_an_index_in_c_order_outside_the_c_locale(server: Any, column: str) -> None:
    server.execute("""
        CREATE COLLATION words (provider = libc, locale = 'C.UTF-8');
        ALTER TABLE customer ALTER COLUMN email TYPE varchar(200) COLLATE words
    """)
    server.execute("ANALYZE customer")
    assert "Seq Scan" in plan(server, "email LIKE 'ann%'")
    server.execute(f"CREATE INDEX customer_like ON customer ({column})")
    server.execute("ANALYZE customer")
    assert "customer_like" in plan(server, "email LIKE 'ann%'")


@isolate_apps("tests.facts.shop")
def test_db_index_on_a_charfield_makes_two_indexes_and_a_foreign_key_one(db: Any) -> None:
    class Word(models.Model):
        text = models.CharField(max_length=20, db_index=True)
        customer = models.ForeignKey(Customer, models.CASCADE)

        class Meta:
            app_label = "twin_b_tree_index"

    with connection.schema_editor(collect_sql=True) as editor:
        text = editor._model_indexes_sql(Word)
    created = [str(sql) for sql in text]
    assert sum('"text' in sql for sql in created) == 2
    assert sum("varchar_pattern_ops" in sql for sql in created) == 1
    assert sum('"customer_id"' in sql for sql in created) == 1


def test_index_on_upper_serves_iexact(db: Any) -> None:
    index = models.Index(Upper("email"), name="upper_email")
    with connection.schema_editor() as editor:
        editor.add_index(Customer, index)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "upper_email" in Customer.objects.filter(email__iexact="ann@shop.example").explain()

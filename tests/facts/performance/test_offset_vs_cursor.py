"""OFFSET reads what it skips and slides when rows arrive; a keyset condition does neither."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet

from tests.facts.shop.models import Customer, Order

pytestmark = pytest.mark.usefixtures("db")

PAGE = 20
START = datetime(2026, 1, 1, tzinfo=UTC)
NEWEST_FIRST = ("-placed_at", "-pk")


@pytest.fixture
def place() -> Callable[[int], None]:
    """Place that many orders, each pair of them at the same moment, later than all before."""
    customer = Customer.objects.create(name="Ann", email="ann@example.org")

    def make(number: int) -> None:
        first = Order.objects.count()
        Order.objects.bulk_create(
            Order(customer=customer, placed_at=START + timedelta(minutes=count // 2))
            for count in range(first, first + number)
        )

    return make


def after(last: Order) -> QuerySet[Order]:
    older = Q(placed_at__lt=last.placed_at) | Q(placed_at=last.placed_at, pk__lt=last.pk)
    return Order.objects.filter(older, placed_at__lte=last.placed_at).order_by(*NEWEST_FIRST)


def test_new_rows_push_seen_ones_onto_the_next_page(place: Callable[[int], None]) -> None:
    place(60)
    orders = Order.objects.order_by(*NEWEST_FIRST)
    first = list(orders[:PAGE])
    place(3)
    second = list(orders[PAGE : 2 * PAGE])
    assert second[:3] == first[-3:]
    assert not set(after(first[-1])[:PAGE]) & set(first)


def test_deleted_rows_make_offset_skip_unseen_ones(place: Callable[[int], None]) -> None:
    place(60)
    orders = Order.objects.order_by(*NEWEST_FIRST)
    first, expected = list(orders[:PAGE]), list(orders[PAGE : 2 * PAGE])
    Order.objects.filter(pk__in=[first[0].pk, first[1].pk]).delete()
    assert orders[PAGE] == expected[2]
    assert list(after(first[-1])[:PAGE]) == expected


def test_keyset_pages_add_up_to_the_whole_in_spite_of_ties(place: Callable[[int], None]) -> None:
    place(50)
    seen = list(Order.objects.order_by(*NEWEST_FIRST)[:PAGE])
    while page := list(after(seen[-1])[:PAGE]):
        seen += page
    assert seen == list(Order.objects.order_by(*NEWEST_FIRST))


def plan(orders: QuerySet[Order]) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    return str(orders.explain(analyze=True, timing=False, summary=False))


def rows_read(text: str) -> int:
    """Rows that the scan gave plus those that its filter threw away."""
    scan = re.search(r"Scan.*?actual rows=(\d+)", text)
    thrown = re.search(r"Rows Removed by Filter: (\d+)", text)
    assert scan, text
    return int(scan[1]) + (int(thrown[1]) if thrown else 0)


@pytest.fixture(params=["placed_at DESC, id DESC", "placed_at, id"])
def deep(place: Callable[[int], None], request: pytest.FixtureRequest) -> Order:
    """The last order of page 100, on a table with an index for the order, forwards or backwards."""
    place(4000)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"CREATE INDEX page ON {Order._meta.db_table} ({request.param})")
        cursor.execute(f"ANALYZE {Order._meta.db_table}")
    last: Any = Order.objects.order_by(*NEWEST_FIRST)[100 * PAGE - 1]
    return last


def test_offset_reads_the_rows_that_it_skips(deep: Order) -> None:
    text = plan(Order.objects.order_by(*NEWEST_FIRST)[100 * PAGE : 101 * PAGE])
    assert rows_read(text) == 101 * PAGE


def test_keyset_reads_one_page(deep: Order) -> None:
    text = plan(after(deep)[:PAGE])
    assert "Index Cond: (placed_at <=" in text
    assert rows_read(text) <= PAGE + 2


def test_the_or_alone_reads_everything_before_it(deep: Order) -> None:
    older = Q(placed_at__lt=deep.placed_at) | Q(placed_at=deep.placed_at, pk__lt=deep.pk)
    text = plan(Order.objects.filter(older).order_by(*NEWEST_FIRST)[:PAGE])
    assert rows_read(text) > 100 * PAGE


def test_a_row_comparison_is_one_range_of_the_index(deep: Order) -> None:
    table = Order._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN SELECT * FROM {table} WHERE (placed_at, id) < (%s, %s)"
            " ORDER BY placed_at DESC, id DESC LIMIT 20",
            [deep.placed_at, deep.pk],
        )
        text = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Cond: (ROW(placed_at, id) < ROW(" in text
    assert "Filter" not in text

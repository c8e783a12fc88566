"""delay() inside a transaction overtakes the commit; delay_on_commit() waits for it and returns None."""

from collections.abc import Callable
from typing import Any

import pytest
from celery import Celery
from celery.contrib.django.task import DjangoTask
from django.db import connection, transaction

from tests.facts.shop.models import Customer, Order

QUEUE = "twin_enqueue_after_commit"


@pytest.fixture
def app() -> Celery:
    return Celery(broker="memory://", set_as_current=False, task_default_queue=QUEUE, task_cls=DjangoTask)


@pytest.fixture
def send_receipt(app: Celery) -> Any:
    @app.task(name="send_receipt")
    def send_receipt(order_id: int) -> None: ...

    return send_receipt


@pytest.fixture
def waiting(app: Celery) -> Callable[[], list[int]]:
    """Take the messages out of the queue: the order ids in them."""

    def take() -> list[int]:
        taken = []
        with app.connection_for_read() as link:
            queue = link.SimpleQueue(QUEUE)
            while queue.qsize():
                message = queue.get(timeout=1)
                message.ack()
                taken += message.payload[0]
        return taken

    return take


@pytest.fixture
def ann(committed_db: Any) -> Customer:
    return Customer.objects.create(name="Ann", email="ann@example.com")


def test_delay_overtakes_the_commit(
    ann: Customer, second_connection: Any, send_receipt: Any, waiting: Callable[[], list[int]]
) -> None:
    with transaction.atomic():
        order = Order.objects.create(customer=ann)
        send_receipt.delay(order.pk)
        assert waiting() == [order.pk]
        seen = second_connection.execute("SELECT count(*) FROM shop_order").fetchone()
        assert seen == (0,)  # what a fast worker finds
        second_connection.rollback()


def test_delay_on_commit_prints_none_and_sends_after_the_commit(
    ann: Customer, send_receipt: Any, waiting: Callable[[], list[int]]
) -> None:
    with transaction.atomic():
        order = Order.objects.create(customer=ann)
        result = send_receipt.delay_on_commit(order.pk)
        assert result is None
        assert waiting() == []
    assert waiting() == [order.pk]


def test_a_rollback_drops_the_one_and_not_the_other(
    ann: Customer, send_receipt: Any, waiting: Callable[[], list[int]]
) -> None:
    with transaction.atomic():
        send_receipt.delay(1)
        send_receipt.delay_on_commit(2)
        transaction.set_rollback(True)
    assert waiting() == [1]


def test_without_a_transaction_it_sends_at_once(
    committed_db: Any, send_receipt: Any, waiting: Callable[[], list[int]]
) -> None:
    assert not connection.in_atomic_block
    assert send_receipt.delay_on_commit(7) is None
    assert waiting() == [7]


def test_an_id_of_your_own_can_be_passed(committed_db: Any, app: Celery, send_receipt: Any) -> None:
    with transaction.atomic():
        send_receipt.apply_async_on_commit((7,), task_id="mine")
    with app.connection_for_read() as link:
        message = link.SimpleQueue(QUEUE).get(timeout=1)
        message.ack()
    assert message.headers["id"] == "mine"


def test_an_eager_task_sees_the_uncommitted_row(ann: Customer, app: Celery) -> None:
    app.conf.task_always_eager = True
    found: list[bool] = []

    @app.task(name="look")
    def look(order_id: int) -> None:
        found.append(Order.objects.filter(pk=order_id).exists())

    with transaction.atomic():
        look.delay(Order.objects.create(customer=ann).pk)
    assert found == [True]

"""A model instance raises EncodeError in the caller; JSON turns tuples into lists and int keys into text."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from celery import Celery
from kombu.exceptions import EncodeError

from tests.facts.shop.models import Customer

QUEUE = "twin_task_arguments"


@pytest.fixture
def app() -> Celery:
    return Celery(broker="memory://", set_as_current=False, task_default_queue=QUEUE)


def journey(app: Celery, *arguments: Any) -> list[Any]:
    """What a worker would be handed for these arguments."""

    @app.task(name="note")
    def note(*arguments: Any) -> None: ...

    note.delay(*arguments)
    with app.connection_for_read() as connection:
        message = connection.SimpleQueue(QUEUE).get(timeout=1)
        message.ack()
    arrived: list[Any] = message.payload[0]
    return arrived


def test_a_model_instance_is_refused_in_the_caller_and_nothing_is_sent(app: Celery, db: Any) -> None:
    @app.task(name="greet")
    def greet(customer: Customer) -> None: ...

    ann = Customer.objects.create(name="Ann", email="ann@example.com")
    with pytest.raises(EncodeError, match="Customer is not JSON serializable"):
        greet.delay(ann)
    with app.connection_for_read() as connection:
        assert connection.SimpleQueue(QUEUE).qsize() == 0


def test_tuples_become_lists_and_integer_keys_text(app: Celery) -> None:
    assert journey(app, (1, 2), {1: "a"}) == [[1, 2], {"1": "a"}]


@pytest.mark.parametrize(
    "value", [Decimal("1.50"), date(2027, 1, 2), datetime(2027, 1, 2, 3, tzinfo=UTC), UUID(int=5)]
)
def test_decimals_dates_and_uuids_survive(app: Celery, value: Any) -> None:
    [arrived] = journey(app, value)
    assert arrived == value
    assert type(arrived) is type(value)


def test_a_set_is_refused(app: Celery) -> None:
    with pytest.raises(EncodeError):
        journey(app, {1, 2})


def test_eager_mode_serialises_as_well(app: Celery) -> None:
    app.conf.task_always_eager = True
    seen: list[Any] = []

    @app.task(name="note_eagerly")
    def note(value: Any) -> None:
        seen.append(value)

    note.delay((1, 2))
    assert seen == [[1, 2]]
    with pytest.raises(EncodeError):
        note.delay(object())

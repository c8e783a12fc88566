"""delay() needs a broker and neither a worker nor a result backend; a message holds a name, no code."""

from unittest.mock import patch

import pytest
from celery import Celery


@pytest.fixture
def app() -> Celery:
    return Celery(broker="memory://", set_as_current=False, task_default_queue="twin_celery_parts")


def test_delay_returns_an_id_and_the_message_waits(app: Celery) -> None:
    ran: list[int] = []

    @app.task(name="send_mail")
    def send_mail(order_id: int) -> None:
        ran.append(order_id)

    result = send_mail.delay(7)
    assert ran == []
    with app.connection_for_read() as connection:
        message = connection.SimpleQueue("twin_celery_parts").get(timeout=1)
        message.ack()
    assert message.headers["id"] == result.id
    assert message.headers["task"] == "send_mail"
    assert message.payload[0] == [7]


def test_without_a_result_backend_get_raises(app: Celery) -> None:
    @app.task(name="send_mail")
    def send_mail(order_id: int) -> None: ...

    assert app.conf.result_backend is None
    with pytest.raises(NotImplementedError, match="No result backend is configured"):
        send_mail.delay(7).get(timeout=1)


def test_delay_fails_if_the_result_backend_cannot_listen_for_the_result(app: Celery) -> None:
    @app.task(name="send_mail")
    def send_mail(order_id: int) -> None: ...

    @app.task(name="forget", ignore_result=True)
    def forget() -> None: ...

    with patch.object(app.backend, "on_task_call", side_effect=RuntimeError("store is down")):
        with pytest.raises(RuntimeError, match="store is down"):
            send_mail.delay(7)
        assert forget.delay().id


def test_the_defaults() -> None:
    defaults = Celery(set_as_current=False).conf
    assert defaults.task_acks_late is False
    assert defaults.task_serializer == "json"
    assert defaults.result_expires.days == 1
    assert defaults.broker_url is None  # then kombu takes amqp://
    assert defaults.worker_pool == "prefork"

"""delay() leaves a message in the broker and runs nothing; a failure is repeated only if asked for."""

from celery import Celery


def make() -> Celery:
    return Celery("shop", broker="memory://", backend="cache+memory://")


def test_delay_enqueues_and_does_not_run() -> None:
    app, ran = make(), []

    @app.task(name="import_rows")
    def import_rows(number: int) -> None:
        ran.append(number)

    result = import_rows.delay(50_000)
    assert result.id
    assert not ran
    with app.connection_for_read() as connection:
        message = connection.SimpleQueue("celery").get(timeout=5)
        message.ack()
    assert message.headers["task"] == "import_rows"
    assert message.payload[0] == [50_000]


def test_a_failed_task_is_not_repeated_unless_asked() -> None:
    app, tries = make(), []

    @app.task(name="plain")
    def plain() -> None:
        tries.append("plain")
        raise ConnectionError

    @app.task(name="stubborn", autoretry_for=(ConnectionError,), max_retries=2, retry_backoff=False)
    def stubborn() -> None:
        tries.append("stubborn")
        raise ConnectionError

    assert plain.apply().state == "FAILURE"
    stubborn.apply()
    assert tries == ["plain", *["stubborn"] * 3]

"""Three retries by default, 180 seconds apart without backoff; with it 1, 2, 4 … up to a cap, with jitter."""

from typing import Any
from unittest.mock import patch

import pytest
from celery import Celery
from celery.app.task import Task
from celery.utils.time import get_exponential_backoff_interval


def run(**options: Any) -> tuple[int, list[int], Any]:
    """Run a task that always fails, eagerly: how often its body ran, the countdowns between, the result."""
    app = Celery(broker="memory://", set_as_current=False)
    runs: list[int] = []

    @app.task(bind=True, name="push_stock", **options)
    def push_stock(self: Any) -> None:
        runs.append(self.request.retries)
        raise ConnectionError("down")

    with patch.object(
        Task, "signature_from_request", autospec=True, side_effect=Task.signature_from_request
    ) as signature:
        result = push_stock.apply()
    # The last call prepares a retry that max_retries forbids.
    return len(runs), [call.kwargs["countdown"] for call in signature.call_args_list][:-1], result


def test_without_backoff_four_runs_three_minutes_apart() -> None:
    runs, countdowns, result = run(autoretry_for=(ConnectionError,))
    assert runs == 4
    assert countdowns == [180, 180, 180]
    assert result.state == "FAILURE"
    assert isinstance(result.result, ConnectionError)


def test_backoff_doubles_from_one_second() -> None:
    runs, countdowns, _ = run(autoretry_for=(ConnectionError,), retry_backoff=True, retry_jitter=False)
    assert runs == 4
    assert countdowns == [1, 2, 4]


def test_a_number_is_the_factor_and_a_maximum_caps() -> None:
    options = {"retry_backoff": 2, "retry_backoff_max": 10, "retry_jitter": False, "max_retries": 6}
    _, countdowns, _ = run(autoretry_for=(ConnectionError,), **options)
    assert countdowns == [2, 4, 8, 10, 10, 10]


def test_jitter_is_on_and_picks_from_zero_to_the_delay() -> None:
    with patch("celery.utils.time.random.randrange", side_effect=lambda stop: stop - 1) as dice:
        _, countdowns, _ = run(autoretry_for=(ConnectionError,), retry_backoff=True)
    assert countdowns == [1, 2, 4]
    assert [call.args[0] for call in dice.call_args_list][:3] == [2, 3, 5]


def test_the_cap_is_600_seconds_by_default() -> None:
    _, countdowns, _ = run(
        autoretry_for=(ConnectionError,), retry_backoff=400, retry_jitter=False, max_retries=3
    )
    assert countdowns == [400, 600, 600]
    assert get_exponential_backoff_interval(1, 30, 600) == 600


def test_other_exceptions_are_not_retried() -> None:
    runs, _, result = run(autoretry_for=(TimeoutError,))
    assert runs == 1
    assert result.state == "FAILURE"


@pytest.mark.parametrize(("option", "value"), [("max_retries", 3), ("default_retry_delay", 180)])
def test_the_defaults_of_a_task(option: str, value: int) -> None:
    assert getattr(Task, option) == value

"""Callbacks run after the outermost commit, in order; the first exception ends the run and undoes nothing."""

from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase

from tests.facts.shop.models import Author


@pytest.fixture
def called(committed_db: Any) -> list[str]:
    return []


def fail() -> None:
    raise ConnectionError


def test_callback_runs_after_the_outermost_commit(called: list[str]) -> None:
    with transaction.atomic():
        with transaction.atomic():
            transaction.on_commit(lambda: called.append("sent"))
        assert called == []
    assert called == ["sent"]


def test_rollback_drops_the_callback(called: list[str]) -> None:
    with transaction.atomic():
        transaction.on_commit(lambda: called.append("sent"))
        transaction.set_rollback(True)
    assert called == []


def test_rolled_back_savepoint_drops_its_callback(called: list[str]) -> None:
    with transaction.atomic():
        transaction.on_commit(lambda: called.append("outer"))
        with transaction.atomic():
            transaction.on_commit(lambda: called.append("inner"))
            transaction.set_rollback(True)
    assert called == ["outer"]


def test_without_a_transaction_it_runs_at_once(called: list[str]) -> None:
    transaction.on_commit(lambda: called.append("sent"))
    assert called == ["sent"]


def notify_and_log(called: list[str], *, robust: bool) -> None:
    with transaction.atomic():
        Author.objects.create(name="Ada")
        transaction.on_commit(fail, robust=robust)
        transaction.on_commit(lambda: called.append("log"))


def test_failing_callback_keeps_the_rows_and_stops_the_next_one(called: list[str]) -> None:
    with pytest.raises(ConnectionError):
        notify_and_log(called, robust=False)
    assert Author.objects.count() == 1
    assert called == []


def test_robust_callback_lets_the_next_one_run(called: list[str]) -> None:
    notify_and_log(called, robust=True)
    assert Author.objects.count() == 1
    assert called == ["log"]


def test_testcase_runs_callbacks_only_when_asked(run_testcase: Any) -> None:
    sent: list[str] = []

    class ReceiptTests(TestCase):
        def test_plain(self) -> None:
            with transaction.atomic():
                transaction.on_commit(lambda: sent.append("plain"))

        def test_captured(self) -> None:
            with self.captureOnCommitCallbacks(execute=True):
                transaction.on_commit(lambda: sent.append("captured"))

    assert run_testcase(ReceiptTests).wasSuccessful()
    assert sent == ["captured"]

"""django.test.TestCase rolls each test back: one database for the run, and nothing is committed."""

import unittest
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from django.test import SimpleTestCase, TestCase, TransactionTestCase
from django.test.testcases import DatabaseOperationForbidden

from tests.facts.shop.models import Author

RunTestcase = Callable[[type[unittest.TestCase]], unittest.TestResult]


def assert_passed(result: unittest.TestResult) -> None:
    trouble = [text for _, text in [*result.failures, *result.errors]]
    assert not trouble, "\n".join(trouble)
    assert result.testsRun


def test_second_test_sees_none_of_the_rows_of_the_first(run_testcase: RunTestcase) -> None:
    counts: list[int] = []

    class AuthorTests(TestCase):
        def test_1(self) -> None:
            Author.objects.create(name="Ada")
            counts.append(Author.objects.count())

        def test_2(self) -> None:
            counts.append(Author.objects.count())

    assert_passed(run_testcase(AuthorTests))
    assert counts == [1, 0]


def test_all_test_classes_use_the_same_database(run_testcase: RunTestcase) -> None:
    databases: set[Any] = set()

    def note_database() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
            databases.add(cursor.fetchone())

    class First(TestCase):
        def test_it(self) -> None:
            note_database()

    class Second(TestCase):
        def test_it(self) -> None:
            note_database()

    assert_passed(run_testcase(First))
    assert_passed(run_testcase(Second))
    assert len(databases) == 1


def test_one_transaction_wraps_the_class_and_a_savepoint_each_test(run_testcase: RunTestcase) -> None:
    depths: list[int] = []

    class Depths(TestCase):
        @classmethod
        def setUpTestData(cls) -> None:
            depths.append(len(connection.savepoint_ids))
            assert connection.in_atomic_block

        def test_it(self) -> None:
            depths.append(len(connection.savepoint_ids))

    assert_passed(run_testcase(Depths))
    assert depths == [0, 1]


def test_rows_of_setuptestdata_are_there_for_every_test_and_made_once(run_testcase: RunTestcase) -> None:
    made: list[int] = []

    class Shared(TestCase):
        ada: ClassVar[Author]

        @classmethod
        def setUpTestData(cls) -> None:
            cls.ada = Author.objects.create(name="Ada")
            made.append(cls.ada.pk)

        def test_1(self) -> None:
            Author.objects.all().delete()

        def test_2(self) -> None:
            assert Author.objects.get() == self.ada

    assert_passed(run_testcase(Shared))
    assert len(made) == 1
    assert not Author.objects.exists()


def test_on_commit_callbacks_run_only_when_captured(run_testcase: RunTestcase) -> None:
    calls: list[str] = []

    class Callbacks(TestCase):
        def test_1_plain(self) -> None:
            with transaction.atomic():
                transaction.on_commit(lambda: calls.append("plain"))

        def test_2_captured(self) -> None:
            with self.captureOnCommitCallbacks(execute=True):
                transaction.on_commit(lambda: calls.append("captured"))

    assert_passed(run_testcase(Callbacks))
    assert calls == ["captured"]


def test_transactiontestcase_commits_and_flushes(run_testcase: RunTestcase) -> None:
    calls: list[str] = []

    class Commits(TransactionTestCase):
        def test_1(self) -> None:
            with transaction.atomic():
                Author.objects.create(name="Ada")
                transaction.on_commit(lambda: calls.append("committed"))
            assert not connection.in_atomic_block

        def test_2(self) -> None:
            assert not Author.objects.exists()

    assert_passed(run_testcase(Commits))
    assert calls == ["committed"]


def test_sequences_do_not_roll_back(run_testcase: RunTestcase) -> None:
    keys: list[int] = []

    class Keys(TestCase):
        def test_1(self) -> None:
            keys.append(Author.objects.create(name="Ada").pk)

        def test_2(self) -> None:
            keys.append(Author.objects.create(name="Bob").pk)

    assert_passed(run_testcase(Keys))
    assert keys[1] == keys[0] + 1


def test_simpletestcase_refuses_queries(run_testcase: RunTestcase) -> None:
    class NoDatabase(SimpleTestCase):
        def test_it(self) -> None:
            with pytest.raises(DatabaseOperationForbidden):
                Author.objects.count()

    assert_passed(run_testcase(NoDatabase))


def test_select_for_update_passes_in_testcase_and_fails_live(run_testcase: RunTestcase) -> None:
    class Hidden(TestCase):
        def test_it(self) -> None:
            list(Author.objects.select_for_update())

    assert_passed(run_testcase(Hidden))
    with pytest.raises(transaction.TransactionManagementError, match="outside of a transaction"):
        list(Author.objects.select_for_update())

"""TransactionTestCase commits and empties the tables, migrations' rows included; the others do not."""

import threading
import unittest
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.test import LiveServerTestCase, SimpleTestCase, TestCase, TransactionTestCase, override_settings
from django.test.runner import DiscoverRunner, reorder_tests

from tests.facts.shop.models import Tag

RunTestcase = Callable[[type[unittest.TestCase]], unittest.TestResult]


def assert_passed(result: unittest.TestResult) -> None:
    trouble = [text for _, text in [*result.failures, *result.errors]]
    assert not trouble, "\n".join(trouble)
    assert result.testsRun


@pytest.mark.parametrize(("base", "seen"), [(TransactionTestCase, [1, 0]), (TestCase, [1, 1])])
def test_rows_that_were_there_before(
    run_testcase: RunTestcase, base: type[unittest.TestCase], seen: list[int]
) -> None:
    Tag.objects.create(name="a row as a data migration leaves it")
    counts: list[int] = []

    class Reads(base):
        def test_1(self) -> None:
            counts.append(Tag.objects.count())

        def test_2(self) -> None:
            counts.append(Tag.objects.count())

    assert_passed(run_testcase(Reads))
    assert counts == seen


@pytest.mark.parametrize(("base", "seen"), [(TransactionTestCase, 1), (TestCase, 0)])
def test_what_a_second_connection_sees(
    run_testcase: RunTestcase, base: type[unittest.TestCase], seen: int
) -> None:
    counts: list[int] = []

    def count() -> None:
        counts.append(Tag.objects.count())
        connection.close()  # this thread's own one

    class Threads(base):
        def test_it(self) -> None:
            Tag.objects.create(name="red")
            thread = threading.Thread(target=count)
            thread.start()
            thread.join()

    assert_passed(run_testcase(Threads))
    assert counts == [seen]


@pytest.mark.parametrize(("base", "inside"), [(TransactionTestCase, False), (TestCase, True)])
def test_which_class_opens_a_transaction(
    run_testcase: RunTestcase, base: type[unittest.TestCase], inside: bool
) -> None:
    class Looks(base):
        def test_it(self) -> None:
            assert transaction.get_connection().in_atomic_block is inside

    assert_passed(run_testcase(Looks))


def test_live_server_answers_over_http(run_testcase: RunTestcase) -> None:
    @override_settings(STATIC_URL="static/")
    class Browses(LiveServerTestCase):
        def test_it(self) -> None:
            connection = HTTPConnection(urlsplit(self.live_server_url).netloc, timeout=10)
            connection.request("GET", "/nothing-here/", headers={"Connection": "close"})
            response = connection.getresponse()
            response.read()
            connection.close()
            assert response.status == 404

    assert_passed(run_testcase(Browses))


def test_the_runner_puts_testcase_first_and_plain_classes_last() -> None:
    class Flushes(TransactionTestCase):
        def test_it(self) -> None: ...

    class RollsBack(TestCase):
        def test_it(self) -> None: ...

    class Plain(unittest.TestCase):
        def test_it(self) -> None: ...

    cases = [Plain("test_it"), Flushes("test_it"), RollsBack("test_it")]
    ordered = reorder_tests(cases, DiscoverRunner.reorder_by)
    assert [type(case) for case in ordered] == [RollsBack, Flushes, Plain]


def test_the_family() -> None:
    assert TransactionTestCase.__bases__ == (SimpleTestCase,)
    assert TestCase.__bases__ == LiveServerTestCase.__bases__ == (TransactionTestCase,)

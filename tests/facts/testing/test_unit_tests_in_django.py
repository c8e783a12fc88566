"""manage.py test finds test*.py and turns DEBUG off; django.test.TestCase adds database and rollback."""

import unittest
from collections.abc import Callable
from typing import Any

import pytest
from django.test import TestCase

from tests.facts.shop.models import Author

RunTestcase = Callable[[type[unittest.TestCase]], unittest.TestResult]

TESTS = """
from django.conf import settings
from django.db import connection
from django.test import TestCase

class Tests(TestCase):
    def test_it(self):
        print("RAN", __name__, settings.DEBUG, connection.settings_dict["NAME"])

    def check_it(self):
        print("RAN a method without the prefix")
"""
PLAIN = TESTS.replace("from django.test", "from unittest")
PROJECT = f"""
import pathlib, sys
import django
from django.conf import settings
from django.core.management import call_command

settings.configure(
    DEBUG=True,
    DATABASES={{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": "real.sqlite3"}}}},
)
django.setup()
for name in ["tests.py", "test_orders.py", "checks_orders.py"]:
    pathlib.Path(name).write_text({TESTS!r})
pathlib.Path("test_plain.py").write_text({PLAIN!r})
call_command("test", *sys.argv[1:])
"""


def ran(run_python: Callable[..., Any], *args: str) -> list[str]:
    ended = run_python(PROJECT, *args)
    assert ended.returncode == 0, ended.stderr
    return sorted(line for line in ended.stdout.splitlines() if line.startswith("RAN"))


def test_files_and_methods_are_found_by_name_and_debug_is_off(run_python: Callable[..., Any]) -> None:
    lines = ran(run_python)
    assert [line.split()[1] for line in lines] == ["test_orders", "test_plain", "tests"]
    assert all(line.split()[2] == "False" and "memory" in line for line in lines)


def test_a_label_runs_one_class_and_debug_mode_keeps_debug(run_python: Callable[..., Any]) -> None:
    (line,) = ran(run_python, "tests.Tests", "--debug-mode")
    assert line.startswith("RAN tests True")


def test_a_plain_class_alone_meets_the_real_database(run_python: Callable[..., Any]) -> None:
    assert ran(run_python, "test_plain") == ["RAN test_plain False real.sqlite3"]


@pytest.mark.parametrize(("base", "left"), [(unittest.TestCase, 1), (TestCase, 0)])
def test_a_class_of_unittest_leaves_its_rows(
    run_testcase: RunTestcase, base: type[unittest.TestCase], left: int
) -> None:
    class AuthorTests(base):
        def test_create(self) -> None:
            Author.objects.create(name="Ada")

    assert run_testcase(AuthorTests).wasSuccessful()
    assert Author.objects.count() == left

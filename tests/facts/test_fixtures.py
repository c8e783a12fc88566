"""The fixtures of the twins do what README.md says."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import django
import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.facts.needs import needs
from tests.facts.programs import QuizRun
from tests.facts.shop.models import Author

CountQueries = Callable[..., AbstractContextManager[list[str]]]


@pytest.mark.parametrize("round_", [1, 2])
@pytest.mark.parametrize("alias", ["default", "sqlite"])
def test_db_starts_empty_and_rolls_back(db: BaseDatabaseWrapper, alias: str, round_: int) -> None:
    assert not Author.objects.using(alias).exists()
    Author.objects.using(alias).create(name="Ada")


@pytest.mark.parametrize("round_", [1, 2])
@pytest.mark.parametrize("alias", ["default", "sqlite"])
def test_committed_db_starts_empty_and_commits(
    committed_db: BaseDatabaseWrapper, alias: str, round_: int
) -> None:
    assert not Author.objects.using(alias).exists()
    Author.objects.using(alias).create(name="Ada")
    assert not connections[alias].in_atomic_block


def test_committed_db_recovers_from_an_open_broken_transaction(committed_db: BaseDatabaseWrapper) -> None:
    Author.objects.create(name="Ada")
    transaction.set_autocommit(False)
    Author.objects.create(name="Bob")


def test_second_connection_sees_commits_only(
    committed_db: BaseDatabaseWrapper, second_connection: Any
) -> None:
    with transaction.atomic():
        Author.objects.create(name="Ada")
        assert second_connection.execute("SELECT name FROM shop_author").fetchall() == []
    assert second_connection.execute("SELECT name FROM shop_author").fetchall() == [("Ada",)]


def test_count_queries_lists_the_statements(db: BaseDatabaseWrapper, count_queries: CountQueries) -> None:
    with count_queries() as sql:
        list(Author.objects.all())
        with count_queries("sqlite") as other:
            Author.objects.using("sqlite").count()
    assert len(sql) == len(other) == 1
    assert 'FROM "shop_author"' in sql[0]
    assert "COUNT(*)" in other[0]


def test_urls_replaces_the_urlconf_for_one_test(client: Client, urls: Callable[..., None]) -> None:
    def greet(request: HttpRequest) -> HttpResponse:
        return HttpResponse("hello")

    assert client.get("/greet/").status_code == 404
    urls(path("greet/", greet))
    assert client.get("/greet/").content == b"hello"


def test_run_python_is_a_fresh_interpreter(run_python: Callable[..., Any]) -> None:
    program = """
        import os, sys
        print(sys.argv[1], "pytest" in sys.modules, any(name.startswith("PYTEST") for name in os.environ))
    """
    ended: subprocess.CompletedProcess[str] = run_python(program, "word")
    assert (ended.stdout.strip(), ended.stderr) == ("word False False", "")


def test_run_python_kills_what_takes_too_long(run_python: Callable[..., Any]) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run_python("import time; time.sleep(60)", timeout=0.2)


def test_quiz_runs_an_entrys_own_program(quiz: Callable[[str, str], QuizRun]) -> None:
    assert quiz("python", "is-vs-equality") == ("True False True", "True False True")


def test_quiz_needs_a_program(quiz: Callable[[str, str], QuizRun]) -> None:
    with pytest.raises(AssertionError, match="no program"):
        quiz("python", "gil")


def test_run_pytest_counts_outcomes(run_pytest: Callable[..., Any]) -> None:
    files = {
        "conftest.py": "import pytest\n\n@pytest.fixture\ndef two():\n    return 2\n",
        "test_sum.py": """
            def test_right(two):
                assert two == 2

            def test_wrong(two):
                assert two == 3
        """,
    }
    ended = run_pytest(files)
    assert ended.outcomes == {"passed": 1, "failed": 1}
    assert ended.returncode == 1


def test_needs_names_what_is_missing() -> None:
    mark = needs("no_such_module", python="99.1", django="98.2").mark
    assert mark.args == (True,)
    assert mark.kwargs["reason"] == (
        f"needs the package no_such_module, Python 99.1 (this is {sys.version_info.major}."
        f"{sys.version_info.minor}), Django 98.2 (this is {django.get_version()})"
    )
    assert needs("pytest", python="3.11", django="5.2").mark.args == (False,)


def test_lock_waits_are_bounded(committed_db: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("10s",)

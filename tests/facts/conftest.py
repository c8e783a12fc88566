"""The bookshop on PostgreSQL and SQLite, and the fixtures that twins use; README.md beside it lists them.

Django is configured once per process, at import, so that a twin may import models at its top. Where the
PostgreSQL database is, is filled in when the first twin asks for it.
"""

import unittest
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import clear_url_caches

from tests.facts.programs import Programs, QuizRun
from tests.support.postgres import scratch_database

APPS = ["contenttypes", "auth", "sessions"]
ALIASES = ["default", "sqlite"]

# A twin that forgets to end a transaction fails after this wait; it does not hang the suite.
LOCK_TIMEOUT = "-c lock_timeout=10s"

# Rows that belong to the tables, not to a twin.
KEPT_TABLES = {"django_content_type", "auth_permission"}

settings.configure(
    ALLOWED_HOSTS=["testserver"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "not known yet",
            "USER": "postgres",
            "OPTIONS": {"options": LOCK_TIMEOUT},
        },
        "sqlite": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:shop?mode=memory&cache=shared"},
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[*(f"django.contrib.{app}" for app in APPS), "rest_framework", "tests.facts.shop"],
    MIGRATION_MODULES=dict.fromkeys(APPS),
    ROOT_URLCONF="tests.facts.shop.urls",
    SECRET_KEY="only for tests",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    TIME_ZONE="UTC",
    USE_TZ=True,
)
django.setup()
setup_test_environment()


@pytest.fixture(scope="session")
def shop_tables(postgres_url: str) -> Iterator[str]:
    """The URL of this process's own PostgreSQL database; its tables and those of `sqlite` are there."""
    with scratch_database(postgres_url) as url:
        parts = urlsplit(url)
        place = {"NAME": parts.path[1:], "HOST": parse_qs(parts.query)["host"][0]}
        connections.settings["default"].update(place)
        for alias in ALIASES:
            call_command("migrate", run_syncdb=True, verbosity=0, database=alias)
        yield url
        connections.close_all()


@pytest.fixture
def db(shop_tables: str) -> Iterator[BaseDatabaseWrapper]:
    """The connection `default`, in a transaction that is rolled back; `sqlite` likewise."""
    with ExitStack() as stack:
        for alias in ALIASES:
            atomic = transaction.atomic(using=alias)
            atomic._from_testcase = True  # as in Django's TestCase: a durable block may stand inside
            stack.enter_context(atomic)
            stack.callback(transaction.set_rollback, True, using=alias)
        yield connections["default"]


def _empty(alias: str) -> None:
    connection = connections[alias]
    tables = set(connection.introspection.django_table_names(only_existing=True)) - KEPT_TABLES
    connection.ops.execute_sql_flush(
        connection.ops.sql_flush(no_style(), sorted(tables), reset_sequences=True)
    )


@pytest.fixture
def committed_db(shop_tables: str) -> Iterator[BaseDatabaseWrapper]:
    """The connection `default` with real commits; the tables of both aliases are emptied afterwards."""
    yield connections["default"]
    for alias in ALIASES:
        connections[alias].close()  # whatever state the twin left it in
        _empty(alias)


@pytest.fixture
def second_connection(shop_tables: str, committed_db: BaseDatabaseWrapper) -> Iterator[Any]:
    """A psycopg connection of its own to the database of `default`: the other transaction."""
    import psycopg  # where there is no PostgreSQL there may be no libpq either

    connection = psycopg.connect(shop_tables, options=LOCK_TIMEOUT)
    yield connection
    connection.close()


@pytest.fixture
def count_queries() -> Callable[..., AbstractContextManager[list[str]]]:
    """A context manager: its list has, after the block, the statements that were sent to the alias."""

    @contextmanager
    def counted(alias: str = "default") -> Iterator[list[str]]:
        statements: list[str] = []
        with CaptureQueriesContext(connections[alias]) as captured:
            yield statements
        statements += [query["sql"] for query in captured.captured_queries]

    return counted


@pytest.fixture
def rf() -> RequestFactory:
    """Makes requests to call a view with."""
    return RequestFactory()


@pytest.fixture
def client() -> Client:
    """A browser without a network."""
    return Client()


@pytest.fixture
def urls() -> Iterator[Callable[..., None]]:
    """`urls(path(…), …)` makes these the root URLconf until the test ends.

    The setting is overridden before the test's own decorators and restored after them: two overrides
    that end in another order than they began would leak into later tests.
    """
    site = ModuleType("site")
    site.__dict__["urlpatterns"] = import_module(settings.ROOT_URLCONF).urlpatterns

    def use(*patterns: Any) -> None:
        site.__dict__["urlpatterns"] = patterns
        clear_url_caches()

    with override_settings(ROOT_URLCONF=site):
        yield use


@pytest.fixture
def run_testcase(
    committed_db: BaseDatabaseWrapper,
) -> Callable[[type[unittest.TestCase]], unittest.TestResult]:
    """Run the tests of a `django.test` class as Django's runner does, in the order of their names."""

    def run(case: type[unittest.TestCase]) -> unittest.TestResult:
        suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
        result = unittest.TestResult()
        suite.run(result)
        return result

    return run


@pytest.fixture
def run_python(tmp_path: Path) -> Callable[..., Any]:
    """Run a program with this interpreter: see `Programs.run_python`."""
    return Programs(tmp_path).run_python


@pytest.fixture
def run_pytest(tmp_path: Path) -> Callable[..., Any]:
    """Run a pytest of its own: see `Programs.run_pytest`."""
    return Programs(tmp_path).run_pytest


@pytest.fixture
def quiz(tmp_path: Path) -> Callable[[str, str], QuizRun]:
    """Run the program in an entry's quiz: see `Programs.run_quiz`."""
    return Programs(tmp_path).run_quiz

"""Eager loading saves queries within a request and caches nothing; DEBUG decides on the query log only."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.template import Engine
from django.test import override_settings

from tests.facts.shop.models import Author, Book

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def books(db: BaseDatabaseWrapper) -> None:
    """Five books by five authors."""
    for number in range(5):
        author = Author.objects.create(name=f"author {number}")
        Book.objects.create(title=f"book {number}", author=author, isbn=str(number), price=1)


def page() -> list[str]:
    """What one request shows."""
    return [book.author.name for book in Book.objects.select_related("author")]


@pytest.mark.usefixtures("books")
def test_eager_loading_replaces_one_query_per_row(count_queries: Callable[..., Any]) -> None:
    with count_queries() as lazily:
        assert len([book.author.name for book in Book.objects.all()]) == 5
    with count_queries() as eagerly:
        assert len(page()) == 5
    assert (len(lazily), len(eagerly)) == (6, 1)


@pytest.mark.usefixtures("books")
def test_the_next_request_asks_the_database_again(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        page()
        Author.objects.update(name="renamed")
        assert set(page()) == {"renamed"}
    assert len(sql) == 3


@pytest.mark.parametrize("debug", [True, False])
def test_queries_are_logged_under_debug_alone(debug: bool) -> None:
    with override_settings(DEBUG=debug):
        connection.queries_log.clear()
        Author.objects.exists()
        assert len(connection.queries) == debug
        connection.queries_log.clear()


@pytest.mark.parametrize("debug", [True, False])
def test_templates_are_cached_with_and_without_debug(debug: bool) -> None:
    assert Engine(debug=debug).loaders[0][0] == "django.template.loaders.cached.Loader"

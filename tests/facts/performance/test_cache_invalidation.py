"""A key deleted before the commit is filled again with the old row; deleted on commit it is not."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.facts.shop.models import Tag

KEY = "tag"


def read() -> str:
    """What a request shows: the cached name, filled from the database on a miss."""
    name: str = cache.get_or_set(KEY, lambda: Tag.objects.get().name, 600)
    return name


@pytest.fixture
def other_request(committed_db: Any) -> Iterator[Callable[[], str]]:
    """Read in another thread, hence on another connection."""
    cache.clear()
    Tag.objects.create(name="old")

    def run() -> str:
        try:
            return read()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        yield lambda: threads.submit(run).result(timeout=10)
    cache.clear()


def test_deleting_inside_the_transaction_lets_the_old_row_back_in(other_request: Callable[[], str]) -> None:
    assert read() == "old"
    with transaction.atomic():
        Tag.objects.update(name="new")
        cache.delete(KEY)
        assert other_request() == "old"
    assert Tag.objects.get().name == "new"
    assert read() == "old"


def test_deleting_on_commit_does_not(other_request: Callable[[], str]) -> None:
    assert read() == "old"
    with transaction.atomic():
        Tag.objects.update(name="new")
        transaction.on_commit(partial(cache.delete, KEY))
        assert other_request() == "old"
    assert read() == "new"


def test_a_key_with_the_rows_version_needs_no_delete(other_request: Callable[[], str]) -> None:
    def versioned() -> str:
        tag = Tag.objects.get()
        name: str = cache.get_or_set(f"tag:{tag.pk}:{tag.name}", tag.name.upper, 600)
        return name

    assert versioned() == "OLD"
    Tag.objects.update(name="new")
    assert versioned() == "NEW"


def test_a_version_hides_all_older_entries_at_once() -> None:
    cache.set(KEY, "old", version=1)
    assert cache.get(KEY, version=2) is None
    cache.incr_version(KEY, version=1)
    assert cache.get(KEY, version=1) is None
    assert cache.get(KEY, version=2) == "old"
    cache.clear()

"""Without atomic() each query is committed on its own; a constraint holds for the whole transaction."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.facts.shop.models import Author, Tag


class KilledError(Exception):
    """Stands for the worker's end between two calls."""


def names_seen_by(other: Any) -> list[str]:
    names = [row[0] for row in other.execute("SELECT name FROM shop_author ORDER BY name")]
    other.rollback()
    return names


def book_both(*, atomic: bool) -> None:
    payer, payee = Author(name="payer"), Author(name="payee")
    if atomic:
        with transaction.atomic():
            payer.save()
            raise KilledError
    payer.save()
    raise KilledError
    payee.save()


def test_first_of_two_saves_is_committed_at_once(committed_db: Any, second_connection: Any) -> None:
    with pytest.raises(KilledError):
        book_both(atomic=False)
    assert names_seen_by(second_connection) == ["payer"]


def test_atomic_leaves_nothing_of_a_broken_off_transaction(committed_db: Any, second_connection: Any) -> None:
    with pytest.raises(KilledError):
        book_both(atomic=True)
    assert names_seen_by(second_connection) == []


def test_uncommitted_row_is_not_seen_by_others(committed_db: Any, second_connection: Any) -> None:
    with transaction.atomic():
        Author.objects.create(name="unfinished")
        assert names_seen_by(second_connection) == []
    assert names_seen_by(second_connection) == ["unfinished"]


def test_constraint_undoes_the_whole_transaction(committed_db: Any) -> None:
    Tag.objects.create(name="gift")

    @transaction.atomic
    def author_and_tag() -> None:
        Author.objects.create(name="Ada")
        Tag.objects.create(name="gift")

    with pytest.raises(IntegrityError):
        author_and_tag()
    assert not Author.objects.exists()


def test_read_committed_and_synchronous_commit_are_the_defaults(db: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW default_transaction_isolation")
        assert cursor.fetchone() == ("read committed",)
        cursor.execute("SELECT boot_val FROM pg_settings WHERE name = 'synchronous_commit'")
        assert cursor.fetchone() == ("on",)

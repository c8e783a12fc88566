"""An inner atomic() is a savepoint; caught inside the block, a database error breaks the transaction."""

from contextlib import suppress
from typing import Any

import pytest
from django.db import DataError, IntegrityError, InternalError, connection, transaction

from tests.facts.shop.models import Author, Tag


@pytest.fixture(autouse=True)
def gift(committed_db: Any) -> Tag:
    return Tag.objects.create(name="gift")


def authors() -> list[str]:
    return list(Author.objects.order_by("name").values_list("name", flat=True))


def test_error_caught_outside_the_inner_block_keeps_the_outer_work() -> None:
    with transaction.atomic():
        Author.objects.create(name="before")
        try:
            with transaction.atomic():
                Author.objects.create(name="inside")
                Tag.objects.create(name="gift")
        except IntegrityError:
            pass
        Author.objects.create(name="later")
    assert authors() == ["before", "later"]


def test_outer_failure_undoes_inner_blocks_that_succeeded() -> None:
    @transaction.atomic
    def outer() -> None:
        with transaction.atomic():
            Author.objects.create(name="inside")
        raise KeyError

    with pytest.raises(KeyError):
        outer()
    assert authors() == []


def test_count_raises_after_an_error_caught_inside_the_block() -> None:
    @transaction.atomic
    def work() -> None:
        with suppress(IntegrityError):
            Tag.objects.create(name="gift")
        with pytest.raises(transaction.TransactionManagementError):
            Tag.objects.count()

    work()
    assert Tag.objects.count() == 1


def test_after_raw_sql_the_next_query_gets_the_error_of_the_driver() -> None:
    @transaction.atomic
    def work() -> None:
        with suppress(DataError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        Tag.objects.count()

    with pytest.raises(InternalError, match="current transaction is aborted"):
        work()
    assert Tag.objects.count() == 1


def test_other_error_caught_inside_the_block_is_committed_over() -> None:
    with transaction.atomic():
        Author.objects.create(name="half done")
        try:
            raise KeyError
        except KeyError:
            pass
    assert authors() == ["half done"]


def test_durable_block_refuses_to_be_nested() -> None:
    durable = transaction.atomic(durable=True)
    with transaction.atomic(), pytest.raises(RuntimeError, match="cannot be nested"):
        durable.__enter__()


def test_savepoint_false_rolls_back_the_enclosing_block() -> None:
    with transaction.atomic():
        Author.objects.create(name="before")
        try:
            with transaction.atomic(savepoint=False):
                raise KeyError
        except KeyError:
            pass
    assert authors() == []


def test_python_objects_keep_their_attributes() -> None:
    author = Author(name="Ada")

    @transaction.atomic
    def work() -> None:
        author.save()
        raise KeyError

    with pytest.raises(KeyError):
        work()
    assert author.pk is not None
    assert not Author.objects.exists()

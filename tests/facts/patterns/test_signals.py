"""Receivers run synchronously; their exceptions reach save(), and only atomic() rolls the row back."""

import gc
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.db.models.signals import ModelSignal, post_delete, post_save
from django.dispatch import Signal
from django.test.utils import isolate_apps

from tests.facts.needs import needs
from tests.facts.shop.models import Author

Connect = Callable[..., None]


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Connect a receiver, and disconnect it when the test ends."""
    connected: list[tuple[ModelSignal, Any, Any]] = []

    def connect(signal: ModelSignal, receiver: Any, sender: Any = Author, **options: Any) -> None:
        signal.connect(receiver, sender=sender, **options)
        connected.append((signal, receiver, sender))

    yield connect
    for signal, receiver, sender in connected:
        signal.disconnect(receiver, sender=sender)


def fail(sender: Any, **kwargs: Any) -> None:
    raise ValueError("mail server down")


def test_in_autocommit_a_failing_receiver_raises_and_the_row_stays(
    committed_db: Any, connect: Connect
) -> None:
    connect(post_save, fail)
    with pytest.raises(ValueError, match="mail server down"):
        Author.objects.create(name="Ada")
    assert Author.objects.count() == 1


def test_inside_atomic_a_failing_receiver_rolls_the_row_back(committed_db: Any, connect: Connect) -> None:
    connect(post_save, fail)
    with pytest.raises(ValueError, match="mail server down"), transaction.atomic():
        Author.objects.create(name="Ada")
    assert Author.objects.count() == 0


def test_receivers_run_in_order_in_the_callers_thread_and_transaction(db: Any, connect: Connect) -> None:
    seen: list[tuple[str, int, bool]] = []

    def note(name: str) -> Callable[..., None]:
        def receiver(sender: Any, **kwargs: Any) -> None:
            seen.append((name, threading.get_ident(), connection.in_atomic_block))

        return receiver

    first, second = note("first"), note("second")
    connect(post_save, first)
    connect(post_save, second)
    Author.objects.create(name="Ada")
    here = threading.get_ident()
    assert seen == [("first", here, True), ("second", here, True)]


def test_post_save_comes_before_the_commit(
    committed_db: Any, second_connection: Any, connect: Connect
) -> None:
    visible: list[int] = []

    def look(sender: Any, **kwargs: Any) -> None:
        visible.append(second_connection.execute("SELECT count(*) FROM shop_author").fetchone()[0])
        second_connection.rollback()

    connect(post_save, look)
    with transaction.atomic():
        Author.objects.create(name="Ada")
    Author.objects.create(name="Bob")  # autocommit: stored before the receiver looks
    assert visible == [0, 2]


def test_bulk_writes_send_no_save_signals(db: Any, connect: Connect) -> None:
    sent: list[str] = []

    def note(sender: Any, **kwargs: Any) -> None:
        sent.append("saved")

    connect(post_save, note)
    [author] = Author.objects.bulk_create([Author(name="Ada")])
    Author.objects.update(name="Bob")
    Author.objects.bulk_update([author], ["name"])
    assert sent == []
    author.save()
    assert sent == ["saved"]


def test_queryset_delete_sends_a_signal_per_row(db: Any, connect: Connect) -> None:
    gone: list[str] = []

    def note(sender: Any, instance: Author, **kwargs: Any) -> None:
        gone.append(instance.name)

    connect(post_delete, note)
    Author.objects.bulk_create([Author(name="Ada"), Author(name="Bob")])
    Author.objects.all().delete()
    assert sorted(gone) == ["Ada", "Bob"]


def test_a_local_function_vanishes_unless_held() -> None:
    signal = Signal()
    heard: list[str] = []

    def connect_two() -> None:
        def weak(**kwargs: Any) -> None:
            heard.append("weak")

        def strong(**kwargs: Any) -> None:
            heard.append("strong")

        signal.connect(weak)
        signal.connect(strong, weak=False)

    connect_two()
    gc.collect()
    signal.send(sender=None)
    assert heard == ["strong"]


def test_send_robust_goes_on_and_send_stops() -> None:
    signal, heard = Signal(), []

    def listen(sender: Any, **kwargs: Any) -> None:
        heard.append("listened")

    signal.connect(fail)
    signal.connect(listen)
    with pytest.raises(ValueError, match="mail server down"):
        signal.send(sender=None)
    assert heard == []
    (_, error), _ = signal.send_robust(sender=None)
    assert isinstance(error, ValueError)
    assert heard == ["listened"]


def test_a_plain_function_is_registered_once_and_a_bound_method_per_object() -> None:
    class Listener:
        def listen(self, sender: Any, **kwargs: Any) -> None: ...

    def listen(sender: Any, **kwargs: Any) -> None: ...

    signal = Signal()
    for _ in range(2):
        signal.connect(listen)
    assert len(signal.receivers) == 1
    one, other = Listener(), Listener()
    for listener in (one, other):
        signal.connect(listener.listen)
    assert len(signal.receivers) == 3
    for listener in (one, other):
        signal.connect(listener.listen, dispatch_uid="listen")
    assert len(signal.receivers) == 4


@needs(django="6.1")
@isolate_apps("tests.facts.shop")
def test_rows_removed_by_db_cascade_send_no_delete_signals(committed_db: Any, connect: Connect) -> None:
    class Review(models.Model):
        author = models.ForeignKey(Author, models.DB_CASCADE)

        class Meta:
            app_label = "twin_signals"

    gone: list[type] = []

    def note(sender: Any, **kwargs: Any) -> None:
        gone.append(sender)

    connect(post_delete, note, sender=None)
    with connection.schema_editor() as editor:
        editor.create_model(Review)
    try:
        author = Author.objects.create(name="Ada")
        Review.objects.create(author_id=author.pk)
        author.delete()
        assert Review.objects.count() == 0
        assert gone == [Author]
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Review)

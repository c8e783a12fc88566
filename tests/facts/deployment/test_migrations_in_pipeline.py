"""Old code breaks on a dropped column, not on an added one; migrate --check finds what is unapplied."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import isolate_apps

CHECK = """
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["django.contrib.contenttypes"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    )
    django.setup()
    for _ in range(2):
        try:
            call_command("migrate", check_unapplied=True, verbosity=0)
            print("applied")
        except SystemExit as end:
            print("exit", end.code)
        call_command("migrate", verbosity=0)
"""


@pytest.fixture
def voucher(db: BaseDatabaseWrapper) -> Iterator[Any]:
    """The model as old processes know it, and its table with one row."""
    with isolate_apps():

        class Voucher(models.Model):
            code = models.CharField(max_length=10)
            note = models.CharField(max_length=10, default="")

            class Meta:
                app_label = "twin_pipeline"

        with connection.schema_editor() as editor:
            editor.create_model(Voucher)
        Voucher.objects.create(code="tulip")
        yield Voucher


def test_old_code_fails_when_its_column_is_dropped(voucher: Any) -> None:
    with connection.schema_editor() as editor:
        editor.remove_field(voucher, voucher._meta.get_field("note"))
    with pytest.raises(ProgrammingError, match="note"), transaction.atomic():
        list(voucher.objects.all())
    with pytest.raises(ProgrammingError, match="note"), transaction.atomic():
        voucher.objects.create(code="rose")


def test_old_code_does_not_notice_a_nullable_column(voucher: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {voucher._meta.db_table} ADD COLUMN ends date")
    voucher.objects.create(code="rose")
    assert [one.code for one in voucher.objects.order_by("pk")] == ["tulip", "rose"]


def test_new_code_cannot_fill_a_required_column_that_only_its_state_has_lost(voucher: Any) -> None:
    with isolate_apps():

        class Slim(models.Model):
            code = models.CharField(max_length=10)

            class Meta:
                app_label = "twin_pipeline"
                db_table = voucher._meta.db_table

    with pytest.raises(IntegrityError, match="note"), transaction.atomic():
        Slim._default_manager.create(code="rose")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {voucher._meta.db_table} ALTER note DROP NOT NULL")
    assert Slim._default_manager.create(code="rose").pk


def test_migrate_check_tells_whether_something_is_unapplied(run_python: Callable[..., Any]) -> None:
    assert run_python(CHECK).stdout.split("\n")[:2] == ["exit 1", "applied"]

"""makemigrations compares models with migration files; it looks at no columns, and neither does migrate."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connections
from django.db.backends.mysql.features import DatabaseFeatures as MySQLFeatures

PROJECT = """
    import pathlib, sys
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    pathlib.Path("store/migrations").mkdir(parents=True)
    pathlib.Path("store/__init__.py").touch()
    pathlib.Path("store/migrations/__init__.py").touch()
    MODEL = (
        "from django.db import models\\n"
        "class Order(models.Model):\\n"
        "    name = models.CharField(max_length=10)\\n"
    )
    pathlib.Path("store/models.py").write_text(MODEL)
    sys.path.insert(0, ".")
    settings.configure(
        INSTALLED_APPS=["store"],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.postgresql", "USER": "postgres",
            "HOST": sys.argv[1], "NAME": sys.argv[2],
        }},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    call_command("makemigrations", "store", verbosity=0)
    call_command("migrate", verbosity=0)

    from django.db import models
    from store.models import Order

    def files():
        return sorted(path.name for path in pathlib.Path("store/migrations").glob("0*.py"))

    def add_field():
        models.CharField(max_length=10, default="new").contribute_to_class(Order, "status")
"""


@pytest.fixture
def run_in_project(run_python: Any, empty_database: str) -> Callable[[str], Any]:
    """Run lines after PROJECT, on an empty PostgreSQL database."""
    parts = urlsplit(empty_database)
    host, name = parse_qs(parts.query)["host"][0], parts.path[1:]
    return lambda lines: run_python(PROJECT + lines, host, name)


def test_column_made_by_hand_is_found_by_neither_command(run_in_project: Any) -> None:
    ran = run_in_project(
        """
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE store_order ADD COLUMN status varchar(10)")
    add_field()
    call_command("makemigrations", "store", verbosity=0)
    print(files())
    try:
        call_command("migrate", verbosity=0)
    except Exception as error:
        print(type(error).__name__, error)
    call_command("migrate", "store", fake=True, verbosity=0)
    call_command("migrate", check_unapplied=True, verbosity=0)
    print("repaired by --fake")
    """
    )
    assert "0002_order_status.py" in ran.stdout, ran.stderr
    assert 'ProgrammingError column "status" of relation "store_order" already exists' in ran.stdout
    assert "repaired by --fake" in ran.stdout


def test_check_fails_when_a_migration_is_missing(run_in_project: Any) -> None:
    ran = run_in_project(
        """
    call_command("makemigrations", check_changes=True, verbosity=0)
    print("nothing missing")
    add_field()
    call_command("makemigrations", check_changes=True, verbosity=0)
    print("never here")
    """
    )
    assert ran.stdout.strip() == "nothing missing", ran.stderr
    assert ran.returncode == 1


def test_unconfirmed_rename_becomes_drop_and_add(run_in_project: Any) -> None:
    ran = run_in_project(
        """
    Order._meta.local_fields = [f for f in Order._meta.local_fields if f.name != "name"]
    models.CharField(max_length=10, default="").contribute_to_class(Order, "title")
    call_command("makemigrations", "store", interactive=False, verbosity=0)
    print(pathlib.Path("store/migrations", files()[-1]).read_text())
    """
    )
    assert "RemoveField" in ran.stdout, ran.stderr
    assert "AddField" in ran.stdout
    assert "RenameField" not in ran.stdout


def test_failed_migration_is_rolled_back_on_postgresql_only() -> None:
    assert connections["default"].features.can_rollback_ddl
    assert not MySQLFeatures.can_rollback_ddl

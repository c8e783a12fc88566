"""makemigrations compares models with files; django_migrations records what a database has had."""

from collections.abc import Callable
from typing import Any

from django.db import connections, migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState


def state(**options: Any) -> ProjectState:
    project = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=9, **options)),
    ]
    project.add_model(ModelState("library", "Shelf", fields))
    return project


def test_a_help_text_alone_makes_a_migration_without_sql(shop_tables: str) -> None:
    before, after = state(), state(help_text="What stands on the board")
    [operation] = MigrationAutodetector(before, after)._detect_changes()["library"][0].operations
    assert isinstance(operation, migrations.AlterField)
    with connections["default"].schema_editor(collect_sql=True) as schema:
        operation.database_forwards("library", schema, before, after)
    assert schema.collected_sql == []


def test_the_record_has_a_name_and_no_checksum() -> None:
    assert {field.name for field in MigrationRecorder.Migration._meta.fields} == {
        "id",
        "app",
        "name",
        "applied",
    }


def test_one_transaction_by_default_where_ddl_can_be_rolled_back() -> None:
    assert migrations.Migration.atomic
    assert connections["default"].features.can_rollback_ddl
    assert connections["sqlite"].features.can_rollback_ddl


def test_an_edited_file_is_not_run_again(run_python: Callable[..., Any]) -> None:
    result = run_python(
        """
        from pathlib import Path
        import django
        from django.conf import settings
        from django.core.management import call_command

        FILE = '''
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [migrations.CreateModel("Shelf", [
                ("id", models.BigAutoField(primary_key=True)), ("{}", models.IntegerField())])]
        '''.replace("\\n        ", "\\n")
        folder = Path("library/migrations")
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        (folder.parent / "__init__.py").touch()
        settings.configure(INSTALLED_APPS=["library"], DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
        django.setup()
        from django.db import connection
        import importlib, sys

        for column in ("first", "second"):
            (folder / "0001_initial.py").write_text(FILE.format(column))
            importlib.invalidate_caches()
            sys.modules.pop("library.migrations.0001_initial", None)
            call_command("migrate", verbosity=0)
        cursor = connection.cursor()
        print([c.name for c in connection.introspection.get_table_description(cursor, "library_shelf")])
        """,
        flags=("-B",),
    )
    assert result.stdout == "['id', 'first']\n", result.stderr

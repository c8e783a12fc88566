"""A model without its migration is found, and a filter on DeprecationWarning misses Django's first notice."""

from collections.abc import Callable
from typing import Any

from django.utils.deprecation import RemovedAfterNextVersionWarning

PROJECT = """
    import sys
    from pathlib import Path
    import django
    from django.conf import settings
    from django.core.management import call_command

    app = Path.cwd() / "shop"
    app.mkdir()
    (app / "__init__.py").touch()
    (app / "migrations").mkdir()
    (app / "migrations/__init__.py").touch()
    (app / "models.py").write_text("from django.db import models\\nclass Tag(models.Model): pass\\n")
    sys.path.insert(0, str(Path.cwd()))
    settings.configure(
        INSTALLED_APPS=["shop"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    try:
        call_command("makemigrations", check_changes=True)
    except SystemExit as end:
        print("ended with", end.code)
    call_command("makemigrations", verbosity=0)
    call_command("makemigrations", check_changes=True)
"""


def test_makemigrations_check_fails_while_a_migration_is_missing(run_python: Callable[..., Any]) -> None:
    ended = run_python(PROJECT)
    assert "Create model Tag\nended with 1\nNo changes detected" in ended.stdout, ended.stderr
    assert ended.returncode == 0


def test_a_removal_is_announced_as_pending_first() -> None:
    assert issubclass(RemovedAfterNextVersionWarning, PendingDeprecationWarning)
    assert not issubclass(RemovedAfterNextVersionWarning, DeprecationWarning)

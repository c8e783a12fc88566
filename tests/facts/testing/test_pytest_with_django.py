"""pytest collects test_*.py and plain functions; pytest-django refuses the database until it is asked for."""

from collections.abc import Callable
from typing import Any

from tests.facts.needs import needs

SETTINGS = """
    SECRET_KEY = "only for tests"
    USE_TZ = True
    INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
"""
PLUGIN = ("pytest_django.plugin",)


def test_tests_py_is_collected_only_when_configured(run_pytest: Callable[..., Any]) -> None:
    files = {"tests.py": "def test_one(): pass", "test_two.py": "def test_two(): pass"}
    assert run_pytest(files).outcomes == {"passed": 1}
    files["pytest.toml"] = '[pytest]\npython_files = ["test_*.py", "tests.py"]\n'
    assert run_pytest(files).outcomes == {"passed": 2}


def test_pyproject_has_a_table_of_its_own(run_pytest: Callable[..., Any]) -> None:
    files = {
        "pyproject.toml": '[tool.pytest]\npython_files = ["tests.py"]\n',
        "tests.py": "def test_one(): pass",
    }
    run = run_pytest(files, "-c", "pyproject.toml")
    assert run.outcomes == {"passed": 1}, run.stdout


def test_a_failing_assert_shows_the_values(run_pytest: Callable[..., Any]) -> None:
    run = run_pytest("def test_total():\n    total = 7\n    assert total == 5 + 3\n")
    assert run.outcomes == {"failed": 1}
    assert "assert 7 == (5 + 3)" in run.stdout


def test_unittest_classes_run_but_get_no_fixtures_and_no_parameters(run_pytest: Callable[..., Any]) -> None:
    run = run_pytest("""
        import unittest
        import pytest

        class Tests(unittest.TestCase):
            def test_plain(self):
                self.assertEqual(1 + 1, 2)

            def test_fixture(self, tmp_path):
                pass

            @pytest.mark.parametrize("n", [1, 2])
            def test_parameters(self, n):
                pass
    """)
    assert run.outcomes["passed"] == 1
    assert run.outcomes["failed"] == 2, run.stdout


@needs("pytest_django")
def test_the_database_is_refused_without_a_mark_and_rolled_back_with_one(
    run_pytest: Callable[..., Any],
) -> None:
    run = run_pytest(
        {
            "shop_settings.py": SETTINGS,
            "test_shop.py": """
                import pytest
                from django.contrib.auth.models import Group

                def test_1_no_mark():
                    with pytest.raises(RuntimeError, match="Database access not allowed"):
                        Group.objects.create(name="buyers")

                @pytest.mark.django_db
                def test_2_mark():
                    Group.objects.create(name="buyers")

                def test_3_fixture(db):
                    assert not Group.objects.exists()
            """,
        },
        "--ds=shop_settings",
        plugins=PLUGIN,
    )
    assert run.outcomes == {"passed": 3}, run.stdout

"""Environment values are text, a missing one stops the start, DJANGO_SETTINGS_MODULE from outside wins."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

SETTINGS = """
    import os, sys, types
    source = 'import os; DEBUG = bool(os.environ.get("DEBUG", False)); SECRET_KEY = os.environ["KEY"]'
    module = types.ModuleType("shop_settings")
    exec(source, module.__dict__)
    sys.modules["shop_settings"] = module
    from django.conf import settings
    print(settings.DEBUG)
"""


def test_bool_of_the_text_false_is_true(run_python: Callable[..., Any]) -> None:
    place = {"DJANGO_SETTINGS_MODULE": "shop_settings", "KEY": "k"}
    assert run_python(SETTINGS, env={**place, "DEBUG": "False"}).stdout == "True\n"
    assert run_python(SETTINGS, env={**place, "DEBUG": ""}).stdout == "False\n"
    assert run_python(SETTINGS, env=place).stdout == "False\n"


def test_a_missing_secret_stops_the_start(run_python: Callable[..., Any]) -> None:
    ended = run_python(SETTINGS, env={"DJANGO_SETTINGS_MODULE": "shop_settings"})
    assert ended.returncode != 0
    assert "KeyError: 'KEY'" in ended.stderr


def test_manage_py_only_sets_a_default_settings_module() -> None:
    template = Path(django.__file__).parent / "conf" / "project_template" / "manage.py-tpl"
    line = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', '{{ project_name }}.settings')"
    assert line in template.read_text()

"""`needs(...)`: skip a twin where the machine's version lacks what the claim is about."""

import importlib.util
import sys

import django as installed_django
import pytest


def needs(*modules: str, python: str = "0", django: str = "0") -> pytest.MarkDecorator:
    """A mark that skips a test and says why: `@needs("pytest_django", python="3.14", django="6.1")`.

    `modules` must be importable; `python` and `django` are the oldest versions that have the feature.
    """
    missing = [f"the package {name}" for name in modules if importlib.util.find_spec(name) is None]
    running = sys.version_info[:2]
    if running < _numbers(python):
        missing.append(f"Python {python} (this is {running[0]}.{running[1]})")
    if _numbers(django) > installed_django.VERSION:
        missing.append(f"Django {django} (this is {installed_django.get_version()})")
    return pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)}")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))

"""check --deploy fails on warnings only when told to, and Django serves no static files by itself."""

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings

CHECK = """
    import sys
    import django
    from django.conf import settings
    from django.core.management import execute_from_command_line

    settings.configure(SECRET_KEY="short", DEBUG=True, ALLOWED_HOSTS=["shop.example"])
    django.setup()
    execute_from_command_line(["manage.py", "check", "--deploy", *sys.argv[1:]])
"""


def test_check_deploy_reports_warnings_and_still_succeeds(run_python: Callable[..., Any]) -> None:
    ended = run_python(CHECK)
    assert "security.W018" in ended.stderr  # DEBUG is on
    assert ended.returncode == 0


def test_fail_level_warning_stops_a_pipeline(run_python: Callable[..., Any]) -> None:
    assert run_python(CHECK, "--fail-level", "WARNING").returncode == 1


@override_settings(STATIC_URL="/static/", STATIC_ROOT="/srv/static", DEBUG=False)
def test_the_wsgi_application_answers_404_for_static_files(rf: RequestFactory) -> None:
    statuses: list[str] = []
    environ = rf.get("/static/shop.css").environ
    WSGIHandler()(environ, lambda status, headers: statuses.append(status))
    assert statuses == ["404 Not Found"]

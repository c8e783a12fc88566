"""The default backend runs a task inside enqueue(); arguments must survive JSON; no worker is included."""

from collections.abc import Callable
from typing import Any

from tests.facts.needs import needs

TASKS = """
    import sys, types
    from django.conf import settings
    settings.configure({settings})
    import django
    django.setup()
    from django.tasks import default_task_backend, task
    module = sys.modules["__main__"]

    @task
    def welcome(user_id):
        print("running", user_id)
        return user_id * 2

    @task
    def fail():
        raise ValueError("no mail server")

    @task
    def by_key(key):
        return {{key: 1}}
"""


def program(body: str, settings: str = "") -> str:
    return TASKS.format(settings=settings) + "".join(f"    {line}\n" for line in body.splitlines())


@needs(django="6.0")
def test_the_default_backend_runs_inside_enqueue(run_python: Callable[..., Any]) -> None:
    body = (
        'print("before")\nresult = welcome.enqueue(user_id=7)\n'
        'print("after", result.status, result.return_value)'
    )
    ended = run_python(program(body))
    assert ended.stdout.splitlines() == ["before", "running 7", "after SUCCESSFUL 14"], ended.stderr


@needs(django="6.0")
def test_a_failing_task_does_not_raise_in_the_caller(run_python: Callable[..., Any]) -> None:
    body = "result = fail.enqueue()\nprint(result.status, result.errors[0].exception_class.__name__)"
    assert run_python(program(body)).stdout == "FAILED ValueError\n"


@needs(django="6.0")
def test_a_tuple_arrives_as_a_list_and_a_datetime_is_refused(run_python: Callable[..., Any]) -> None:
    body = (
        "from datetime import datetime\nresult = by_key.enqueue((1, 2))\nprint(result.status)\n"
        'print("unhashable" in result.errors[0].traceback)\nby_key.enqueue(datetime.now())'
    )
    ended = run_python(program(body))
    assert ended.stdout.splitlines() == ["FAILED", "True"]
    assert "TypeError" in ended.stderr


@needs(django="6.0")
def test_using_returns_a_changed_copy_and_the_backend_may_refuse(run_python: Callable[..., Any]) -> None:
    body = (
        "from datetime import timedelta\nfrom django.utils import timezone\n"
        "later = welcome.using(priority=5)\nprint(later.priority, welcome.priority)\n"
        "welcome.using(run_after=timezone.now() + timedelta(1)).enqueue(7)"
    )
    ended = run_python(program(body))
    assert ended.stdout == "5 0\n"
    assert "InvalidTask: Backend does not support run_after" in ended.stderr


@needs(django="6.0")
def test_a_queue_that_the_backend_does_not_name_is_refused(run_python: Callable[..., Any]) -> None:
    ended = run_python(program('welcome.using(queue_name="mails").enqueue(7)'))
    assert "InvalidTask: Queue 'mails' is not valid for backend" in ended.stderr


@needs(django="6.0")
def test_the_dummy_backend_only_records(run_python: Callable[..., Any]) -> None:
    backend = "TASKS={'default': {'BACKEND': 'django.tasks.backends.dummy.DummyBackend'}}"
    body = (
        "welcome.enqueue(7)\nprint(len(default_task_backend.results), default_task_backend.results[0].status)"
    )
    assert run_python(program(body, backend)).stdout == "1 READY\n"


@needs(django="6.0")
def test_django_ships_no_worker_command(run_python: Callable[..., Any]) -> None:
    body = (
        "from django.core.management import get_commands\n"
        "print([name for name in get_commands() if 'work' in name])"
    )
    assert run_python(program(body)).stdout == "[]\n"

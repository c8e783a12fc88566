"""E11 to E14: code parses, has its test, fits a phone, and gives no retired advice."""

from __future__ import annotations

import builtins
import sys

import pytest

GIL, ISOLATION = "python/gil", "testing/testcase-isolation"


def with_block(desk, language, code):
    desk.edit(GIL, "A thread releases", f"```{language}\n{code}\n```\n\nA thread releases")


@pytest.mark.parametrize(
    ("language", "code", "said"),
    [
        ("python", "x = 1\ndef f(:\n    pass", "27: python: invalid syntax"),
        ("python", "if True:\nx = 1", "27: python: expected an indented block"),
        ("json", '{"a": 1,}', "26: json: "),
        ("toml", "a = ", "25: toml: Invalid value"),
        ("yaml", "a: b: c", "26: yaml: mapping values are not allowed here"),
        ("sql", "SELECT FROM WHERE id = 1", "26: sql: Expected table name"),
    ],
)
def test_code_that_does_not_parse(desk, language, code, said):
    desk.edit(GIL, 'since: {python: "3.14"}\n', "")
    with_block(desk, language, code)
    (line,) = desk.found("E11")
    assert line.startswith(said)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "await fetch()\nresult = [x async for x in rows()]"),
        ("python", "def f():\n    return 1 if x is 1 else ..."),
        ("json", '{"a": [1]}'),
        ("toml", '[tool.pytest]\naddopts = ["-ra"]'),
        ("yaml", "a: [b]\n---\nc: 1"),
        ("sql", "SELECT * FROM item WHERE id = %s FOR UPDATE SKIP LOCKED"),
        ("sql", "CREATE INDEX CONCURRENTLY i ON item (a);\nEXPLAIN (ANALYZE, BUFFERS) SELECT 1;"),
        ("text", "def f(:"),
        ("bash", "for x in"),
    ],
)
def test_code_that_parses(desk, language, code):
    desk.edit(GIL, 'since: {python: "3.14"}\n', "")
    with_block(desk, language, code)
    assert desk.found("E11") == []


def test_newer_python_is_not_compiled(desk):
    newer = f"{sys.version_info[0]}.{sys.version_info[1] + 1}"
    with_block(desk, "python", "lazy import json")
    desk.edit(GIL, 'since: {python: "3.14"}', f'since: {{python: "{newer}"}}')
    assert desk.found("E11") == []
    desk.edit(GIL, f'"{newer}"', '"3.8"')
    assert len(desk.found("E11")) == 1


def test_without_the_development_tool_sql_is_passed_over(desk, monkeypatch):
    real = builtins.__import__

    def without_sqlglot(name, *rest):
        if name == "sqlglot":
            raise ImportError(name)
        return real(name, *rest)

    with_block(desk, "sql", "SELEC 1 FRM")
    assert [mistake for mistake in desk.check() if mistake.rule == "E11"]
    monkeypatch.setattr(builtins, "__import__", without_sqlglot)
    assert not [mistake for mistake in desk.check() if mistake.rule == "E11"]


def test_code_entries_have_a_test(desk, tmp_path):
    twin = tmp_path / "tests" / "facts" / "testing" / "test_testcase_isolation.py"
    twin.write_text('"""No test here."""\n')
    said = ["5: kind code, but no test in tests/facts/testing/test_testcase_isolation.py"]
    assert desk.found("E12") == said
    twin.unlink()
    assert desk.found("E12") == said
    twin.write_text("class TestIt:\n    async def test_it(self): ...\n")
    assert desk.found("E12") == []


def test_a_concept_needs_no_test(desk, tmp_path):
    (tmp_path / "tests" / "facts" / "testing" / "test_testcase_isolation.py").unlink()
    desk.edit(ISOLATION, "kind: code", "kind: concept")
    assert desk.found("E12") == []


def test_wide_and_long_code(desk):
    with_block(desk, "python", "x = 1\n" * 17 + "x" * 56)
    assert desk.found("W13") == []
    desk.edit(GIL, "x" * 56, "x" * 57 + "\nx = 2")
    assert desk.found("W13") == ["26: 19 lines of code", "44: 57 columns of code"]


@pytest.mark.parametrize(
    "old",
    [
        "url(r'^a$', view)",
        "from x import ugettext_lazy",
        'DEFAULT_FILE_STORAGE = "x"',
        "STATICFILES_STORAGE",
        "models.NullBooleanField()",
        "import pytz",
        "index_together = []",
        "CheckConstraint(check=Q())",
        "MemcachedCache",
        "USE_L10N = True",
        "uvicorn.workers.UvicornWorker",
        "from __future__ import annotations",
        "Django 7.0",
    ],
)
def test_retired_advice(desk, old):
    desk.edit(GIL, "A thread releases", f"`{old}`. A thread releases")
    assert len(desk.found("E14")) == 1
    desk.edit(GIL, "A thread releases", "<!-- lint: allow E14 history is the subject -->\nA thread releases")
    assert desk.found("E14") == desk.found("E05") == []


@pytest.mark.parametrize(
    "fine", ["get_url('x')", "pytz2", "Django 2028", "CheckConstraint(condition=Q())", "zoneinfo"]
)
def test_advice_of_today(desk, fine):
    desk.edit(GIL, "A thread releases", f"`{fine}`. A thread releases")
    assert desk.found("E14") == []

"""E11 to E14: code that parses, has a test of its own, fits a phone, and is not out of date."""

from __future__ import annotations

import ast
import json
import logging
import re
import sys
import tomllib
import warnings
from collections.abc import Callable, Iterator

import yaml

from bot.bank.draft import Draft
from bot.bank.mistakes import Finding, RuleGroup
from bot.bank.model import Kind, Status
from bot.bank.registers import Registers

code = RuleGroup()

COLUMNS = 56
"""Characters of code in a line. A narrow phone shows some 44 of them; the rest is a swipe away."""
LINES = 18
"""Lines of code that a phone shows without scrolling."""

NO_SQLGLOT = "sqlglot is not installed, so SQL is not parsed"

_OLD = {
    r"(?<![\w.])url\(r?['\"]": "url() went with Django 4.0; use path() or re_path()",
    r"\bugettext": "ugettext went with Django 4.0; use gettext",
    r"\bDEFAULT_FILE_STORAGE\b|\bSTATICFILES_STORAGE\b": "went with Django 5.1; use STORAGES",
    r"\bNullBooleanField\b": "NullBooleanField went with Django 4.0; use BooleanField(null=True)",
    r"\bpytz\b": "pytz went with Django 5.0; use zoneinfo",
    r"\bindex_together\b": "index_together went with Django 5.1; use Meta.indexes",
    r"CheckConstraint\(\s*check=": "check= went with Django 6.0; use condition=",
    r"\bMemcachedCache\b": "MemcachedCache went with Django 4.1; use PyMemcacheCache",
    r"\bUSE_L10N\b": "USE_L10N went with Django 5.0; leave it out",
    r"\buvicorn\.workers\b": "uvicorn.workers is deprecated; use the package uvicorn-worker",
    r"from __future__ import annotations": "annotations are lazy since Python 3.14; leave it out",
    r"\bDjango 7\b": "there will be no Django 7; yearly versions start with Django 2028",
}
_TOKEN = re.compile(r"(?: but got)? <Token.*", re.DOTALL)
_ANY_OLD = re.compile("|".join(_OLD))


@code.entry("E11", mend="make it run as it stands; mark newer syntax by since: {python: …}")
def code_parses(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Python, JSON, TOML, YAML and SQL blocks parse."""
    for fence in draft.entry.fences:
        parse = _PARSERS.get(fence.language)
        fault = parse(fence.code) if parse else None
        if fault and not (fence.language == "python" and _is_newer(draft)):
            line, message = fault
            if message == NO_SQLGLOT:
                continue  # a development dependency: `make test` has it and looks at these blocks too
            mend = None
            yield Finding(fence.number + line, f"{fence.language}: {message}", mend)


@code.entry("E12", mend="write it: it runs the snippet and asserts what the right option says")
def code_has_a_twin(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """An entry of kind code has a test in tests/facts that runs its claim."""
    entry = draft.entry
    if entry.word("kind") != Kind.CODE or entry.word("status") == Status.RETIRED:
        return
    name = f"test_{entry.word('id').replace('-', '_')}.py"
    twin = registers.folder.resolve().parent / "tests" / "facts" / entry.word("topic") / name
    if not (twin.exists() and re.search(r"^ *(async )?def test_", twin.read_text("utf-8"), re.MULTILINE)):
        yield Finding(
            entry.line_of("kind"), f"kind code, but no test in tests/facts/{entry.word('topic')}/{name}"
        )


@code.entry("W13", mend=f"at most {COLUMNS} columns and {LINES} lines: a phone wraps the rest")
def code_fits_a_phone(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Code is narrow and short enough for a phone."""
    for fence in draft.entry.fences:
        lines = fence.code.split("\n")
        for number, line in enumerate(lines, fence.number + 1):
            if len(line) > COLUMNS:
                yield Finding(number, f"{len(line)} columns of code")
        if len(lines) > LINES:
            yield Finding(fence.number, f"{len(lines)} lines of code")


@code.entry("E14", mend="or, where the old way is the subject: <!-- lint: allow E14 reason -->")
def nothing_is_out_of_date(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """No advice that Django, Python or a server has retired."""
    for number, line in enumerate(draft.entry.source.split("\n"), 1):
        if _ANY_OLD.search(line):
            for pattern, message in _OLD.items():
                if found := re.search(pattern, line):
                    yield Finding(number, f"{found[0]!r}: {message}")


def _is_newer(draft: Draft) -> bool:
    """Tell whether the entry speaks of a Python newer than the one that runs this."""
    since = draft.entry.releases("since").get("python", "0")
    return tuple(int(part) for part in re.findall(r"\d+", since)) > sys.version_info[:2]


def _python(text: str) -> tuple[int, str] | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(text, "<snippet>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return getattr(error, "lineno", None) or 0, str(getattr(error, "msg", error))
    return None


def _json(text: str) -> tuple[int, str] | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.lineno, error.msg
    return None


def _toml(text: str) -> tuple[int, str] | None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return 0, str(error)
    return None


def _yaml(text: str) -> tuple[int, str] | None:
    try:
        list(yaml.safe_load_all(text))
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        return (mark.line + 1 if mark else 0), str(getattr(error, "problem", error))
    return None


def _sql(text: str) -> tuple[int, str] | None:
    """Parse as PostgreSQL. sqlglot is a development dependency, so it is imported here and not above."""
    try:
        import sqlglot
    except ImportError:
        return 0, NO_SQLGLOT
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    try:
        sqlglot.parse(text, dialect="postgres")
    except sqlglot.ParseError as error:
        first = error.errors[0] if error.errors else {}
        return int(first.get("line") or 0), _TOKEN.sub("", str(first.get("description") or error))
    except sqlglot.errors.SqlglotError as error:
        return 0, str(error)
    return None


_PARSERS: dict[str, Callable[[str], tuple[int, str] | None]] = {
    "python": _python,
    "json": _json,
    "toml": _toml,
    "yaml": _yaml,
    "sql": _sql,
}

"""coverage reports what ran: not what was checked, and without source= not what was never loaded."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.facts.needs import needs

pytestmark = needs("coverage")

FILES = {
    "shop/__init__.py": "",
    "shop/cart.py": """\
def total(prices, discount=0):
    if discount:
        prices = [price - discount for price in prices]
    return sum(prices)
""",
    "shop/exports.py": "def export():\n    return 'rows'\n",
    "test_cart.py": """\
from shop.cart import total

def test_nothing():
    total([1, 2], discount=1)
""",
}


def cover(folder: Path, *options: str) -> dict[str, Any]:
    for name, source in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(source)
    test = "from test_cart import test_nothing; test_nothing()"
    (folder / "run.py").write_text(test)
    run(folder, "run", *options, "run.py")
    run(folder, "json", "-q")
    report: dict[str, Any] = json.loads((folder / "coverage.json").read_text())
    return report


def run(folder: Path, *arguments: str, status: int = 0) -> None:
    command = [sys.executable, "-m", "coverage", *arguments]
    ended = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=30, check=False, env={}
    )
    assert ended.returncode == status, ended.stdout + ended.stderr


def test_a_test_without_assertion_covers_every_line(tmp_path: Path) -> None:
    assert cover(tmp_path)["files"]["shop/cart.py"]["summary"]["percent_covered"] == 100


def test_branch_coverage_sees_the_case_that_was_never_tried(tmp_path: Path) -> None:
    cart = cover(tmp_path, "--branch")["files"]["shop/cart.py"]
    assert not cart["missing_lines"]
    assert cart["missing_branches"] == [[2, 4]]


@pytest.mark.parametrize(("options", "listed"), [((), False), (("--source=shop",), True)])
def test_a_file_that_nothing_imports_needs_source(
    tmp_path: Path, options: tuple[str, ...], listed: bool
) -> None:
    files = cover(tmp_path, *options)["files"]
    assert ("shop/exports.py" in files) is listed
    if listed:
        assert files["shop/exports.py"]["summary"]["percent_covered"] == 0


def test_fail_under_ends_with_status_2(tmp_path: Path) -> None:
    cover(tmp_path, "--source=shop")
    run(tmp_path, "report", "--fail-under=99", status=2)

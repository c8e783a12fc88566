"""The path of the interpreter selects the environment; activating puts its folder first in PATH."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

WHERE = "import sys; print(sys.prefix != sys.base_prefix, sys.prefix)"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment without pip, with one package of its own."""
    folder = tmp_path_factory.mktemp("project") / ".venv"
    venv.create(folder, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "shop.py").write_text("")
    return folder


def run(*command: str, path: str = "/usr/bin:/bin") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env={"PATH": path}, capture_output=True, text=True, timeout=20, check=False
    )


def test_calling_its_python_by_path_needs_no_activation(environment: Path) -> None:
    python = str(environment / "bin" / "python")
    assert run(python, "-c", WHERE).stdout.split() == ["True", str(environment)]
    assert run(python, "-c", "import shop").returncode == 0


def test_another_interpreter_does_not_find_its_packages(environment: Path) -> None:
    ended = run(os.path.realpath(sys.executable), "-I", "-c", "import shop")
    assert "ModuleNotFoundError" in ended.stderr


def test_its_python_does_not_see_the_packages_of_the_outer_one(environment: Path) -> None:
    ended = run(str(environment / "bin" / "python"), "-c", "import pytest")
    assert "ModuleNotFoundError" in ended.stderr


def test_activating_puts_its_folder_first_in_path(environment: Path) -> None:
    script = f". {environment}/bin/activate; echo $PATH; echo $VIRTUAL_ENV"
    path, variable = run("/bin/sh", "-c", script).stdout.split()
    assert path == f"{environment}/bin:/usr/bin:/bin"
    assert variable == str(environment)

"""A Git of its own for each twin: no settings of this machine, fixed names and dates."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.org",
}


@pytest.fixture
def git() -> Callable[..., str]:
    """`git(folder, "log", "--oneline")` runs Git there; its output, and CalledProcessError if it fails."""
    program = shutil.which("git")
    if program is None:
        pytest.skip("needs Git")

    def run(folder: Path, *arguments: str) -> str:
        ended = subprocess.run(
            [program, *arguments],
            cwd=folder,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin", **ENVIRONMENT},
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        )
        return ended.stdout.strip()

    return run


@pytest.fixture
def commit(git: Callable[..., str]) -> Callable[..., str]:
    """`commit(folder, "name", "text")` writes a file and commits it; the hash."""

    def make(folder: Path, name: str, text: str = "first\n") -> str:
        (folder / name).write_text(text)
        git(folder, "add", name)
        git(folder, "commit", "-q", "-m", f"Change {name}")
        return git(folder, "rev-parse", "HEAD")

    return make


@pytest.fixture
def repository(git: Callable[..., str], tmp_path: Path) -> Path:
    """An empty repository with the branch main."""
    folder = tmp_path / "mine"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder

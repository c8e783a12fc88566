"""revert adds a commit that undoes one commit; reset moves the branch; restore changes files alone."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def three(repository: Path, commit: Callable[..., str]) -> Path:
    """The repository of the quiz: three commits that touch three files."""
    for name in ["start", "rounding", "voucher"]:
        commit(repository, name)
    return repository


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".git"}


def count(git: Callable[..., str], folder: Path) -> int:
    return int(git(folder, "rev-list", "--count", "HEAD"))


def test_revert_undoes_that_commit_and_keeps_the_later_one(git: Callable[..., str], three: Path) -> None:
    git(three, "revert", "--no-edit", "HEAD~1")
    assert count(git, three) == 4
    assert names(three) == {"start", "voucher"}


@pytest.mark.parametrize(
    ("mode", "status"), [("--soft", "A  voucher"), ("--mixed", "?? voucher"), ("--hard", "")]
)
def test_what_reset_leaves(git: Callable[..., str], three: Path, mode: str, status: str) -> None:
    git(three, "reset", "-q", mode, "HEAD~1")
    assert count(git, three) == 2
    assert git(three, "status", "--porcelain") == status
    assert names(three) == {"start", "rounding"} | ({"voucher"} if status else set())


def test_reset_hard_loses_uncommitted_work_and_the_reflog_has_the_commit(
    git: Callable[..., str], three: Path
) -> None:
    (three / "start").write_text("not committed\n")
    (three / "untracked").write_text("stays\n")
    git(three, "reset", "-q", "--hard", "HEAD~1")
    git(three, "reset", "-q", "--hard", "HEAD@{1}")
    assert names(three) == {"start", "rounding", "voucher", "untracked"}
    assert (three / "start").read_text() == "first\n"


def test_restore_moves_no_branch(git: Callable[..., str], three: Path) -> None:
    head = git(three, "rev-parse", "HEAD")
    (three / "start").write_text("changed\n")
    git(three, "add", "start")
    git(three, "restore", "--staged", "start")
    assert git(three, "status", "--porcelain") == "M start"
    git(three, "restore", "start")
    assert git(three, "status", "--porcelain") == ""
    git(three, "rm", "-q", "--cached", "voucher")
    git(three, "restore", "--source=HEAD", "--staged", "voucher")
    assert git(three, "rev-parse", "HEAD") == head


def test_a_reverted_merge_comes_back_by_reverting_the_revert(
    git: Callable[..., str], commit: Callable[..., str], three: Path
) -> None:
    git(three, "switch", "-q", "-c", "feature")
    commit(three, "feature")
    git(three, "switch", "-q", "main")
    git(three, "merge", "-q", "--no-ff", "--no-edit", "feature")
    with pytest.raises(subprocess.CalledProcessError):
        git(three, "revert", "--no-edit", "HEAD")
    git(three, "revert", "--no-edit", "-m", "1", "HEAD")
    assert "feature" not in names(three)
    assert "Already up to date" in git(three, "merge", "feature")
    git(three, "revert", "--no-edit", "HEAD")
    assert "feature" in names(three)

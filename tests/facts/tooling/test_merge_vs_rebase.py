"""merge joins two histories and changes no commit; rebase makes copies, which meet their originals again."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def branched(repository: Path, git: Callable[..., str], commit: Callable[..., str]) -> Path:
    """A branch feature with one commit, while main has moved on by one."""
    commit(repository, "start")
    git(repository, "switch", "-q", "-c", "feature")
    commit(repository, "feature")
    git(repository, "switch", "-q", "main")
    commit(repository, "main")
    git(repository, "switch", "-q", "feature")
    return repository


def parents(git: Callable[..., str], folder: Path) -> list[str]:
    return git(folder, "show", "-s", "--format=%P", "HEAD").split()


def test_merge_adds_a_commit_with_two_parents(git: Callable[..., str], branched: Path) -> None:
    mine = git(branched, "rev-parse", "feature")
    git(branched, "merge", "-q", "--no-edit", "main")
    assert parents(git, branched) == [mine, git(branched, "rev-parse", "main")]


def test_rebase_copies_the_commit_onto_main(git: Callable[..., str], branched: Path) -> None:
    mine = git(branched, "rev-parse", "feature")
    git(branched, "rebase", "-q", "main")
    assert parents(git, branched) == [git(branched, "rev-parse", "main")]
    assert git(branched, "rev-parse", "feature") != mine
    assert git(branched, "show", "-s", "--format=%s") == git(branched, "show", "-s", "--format=%s", mine)


def test_both_end_with_the_same_files(git: Callable[..., str], branched: Path) -> None:
    start = git(branched, "rev-parse", "feature")
    git(branched, "merge", "-q", "--no-edit", "main")
    merged = git(branched, "rev-parse", "HEAD^{tree}")
    git(branched, "reset", "-q", "--hard", start)
    git(branched, "rebase", "-q", "main")
    assert git(branched, "rev-parse", "HEAD^{tree}") == merged


def test_a_colleague_gets_the_copies_besides_the_originals(
    git: Callable[..., str], commit: Callable[..., str], branched: Path, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "shared")
    git(branched, "remote", "add", "origin", str(tmp_path / "shared"))
    git(branched, "push", "-q", "origin", "main", "feature")
    git(tmp_path, "clone", "-q", "-b", "feature", "shared", "his")
    his = tmp_path / "his"
    git(branched, "rebase", "-q", "main")
    git(branched, "push", "-q", "--force-with-lease", "origin", "feature")
    commit(his, "his-own")
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        git(his, "pull", "-q")
    assert "divergent branches" in stopped.value.stderr
    git(his, "pull", "-q", "--no-rebase", "--no-edit")
    subjects = git(his, "log", "--no-merges", "--format=%s").splitlines()
    assert subjects.count("Change feature") == 2
    assert "Change his-own" in subjects


def test_force_with_lease_refuses_when_somebody_else_has_pushed(
    git: Callable[..., str], commit: Callable[..., str], branched: Path, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "shared")
    git(branched, "remote", "add", "origin", str(tmp_path / "shared"))
    git(branched, "push", "-q", "origin", "main", "feature")
    git(tmp_path, "clone", "-q", "-b", "feature", "shared", "his")
    commit(tmp_path / "his", "his-own")
    git(tmp_path / "his", "push", "-q", "origin", "feature")
    git(branched, "rebase", "-q", "main")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        git(branched, "push", "-q", "--force-with-lease", "origin", "feature")
    assert "stale info" in refused.value.stderr

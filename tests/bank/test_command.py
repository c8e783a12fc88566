"""`python -m bot.bank`: what it prints, and with which exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.bank.__main__ import main

ROOT = Path(__file__).parents[2]
GIL = "python/gil"


def test_a_clean_bank(desk, capsys):
    assert main(["check", str(desk.folder)]) == 0
    assert capsys.readouterr().out == "3 entries, 0 to mend (E), 0 to look at (W).\n"


def test_mistakes_are_lines_for_an_editor(desk, capsys):
    desk.edit(GIL, "level: middle", "level: expert")
    desk.edit(GIL, "A thread releases", "The best thread releases")
    assert main(["check", str(desk.folder)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{desk.file(GIL)}:5: E01 level: expert is none of junior, middle, senior"
        " — see the table of fields in data/README.md",
        f"{desk.file(GIL)}:23: W25 'best' — say what is measured or known, without the adverb",
        "3 entries, 1 to mend (E), 1 to look at (W).",
    ]


def test_listed_rules_do_not_stop(desk, capsys):
    desk.edit(GIL, "A thread releases", "The best thread releases")
    assert main(["check", str(desk.folder)]) == 0
    said = f"{desk.file(GIL)}:23: W25 'best' — say what is measured or known, without the adverb"
    assert capsys.readouterr().out.splitlines()[0] == said


def test_paths_are_shown_from_where_one_stands(desk, capsys, monkeypatch):
    desk.edit(GIL, "level: middle", "level: expert")
    monkeypatch.chdir(desk.folder.parent)
    assert main(["check", "data/questions/python"]) == 1
    assert capsys.readouterr().out.startswith("data/questions/python/gil.md:5: E01 ")


def test_the_default_is_the_bank_here(desk, capsys, monkeypatch):
    monkeypatch.chdir(desk.folder.parent)
    assert main(["check"]) == 0
    assert main(["stats"]) == 0
    assert "planned" in capsys.readouterr().out


def test_several_paths_are_counted_together(desk, capsys):
    questions = desk.folder / "questions"
    assert (
        main(["check", str(questions / "python"), str(questions / "testing" / "testcase-isolation.md")]) == 0
    )
    assert capsys.readouterr().out.startswith("2 entries")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere", "there is no such file or folder"),
        ("data/tags.yaml", "not an entry"),
        (".", "no topics.yaml at or above it"),
    ],
)
@pytest.mark.parametrize("command", ["check", "stats"])
def test_a_path_that_is_no_bank(desk, capsys, monkeypatch, command, path, said):
    monkeypatch.chdir(desk.folder.parent)
    assert main([command, path]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(f"{path}: {said}")
    assert output.err.count("\n") == 1


def test_statistics(desk, capsys):
    assert main(["stats", str(desk.folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        *("topic", "junior", "middle", "senior", "concept", "code", "scenario", "design"),
        *("draft", "reviewed", "published", "retired", "all", "planned"),
    ]
    assert lines[1].split() == ["python", "·", "1", "·", "1", "·", "·", "·", "·", "·", "1", "·", "1", "2"]
    assert lines[4].split() == ["all", "1", "1", "1", "1", "1", "1", "·", "·", "·", "3", "·", "3", "4"]
    assert "Quizzes: 3, with a snippet: 1" in lines
    assert "Right option the longest: 0 (0%), the shortest: 2 (67%) (chance: 25%, at most 35%)" in lines
    assert any(line.startswith("Age of the checks: median") for line in lines)


def test_statistics_of_an_empty_bank(desk, capsys):
    for name in (GIL, "databases/zero-downtime-migrations", "testing/testcase-isolation"):
        desk.file(name).unlink()
    assert main(["stats", str(desk.folder)]) == 0
    assert "No quizzes." in capsys.readouterr().out


def test_it_runs_as_a_module(desk):
    run = subprocess.run(
        [sys.executable, "-m", "bot.bank", "check", str(desk.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")

"""A small bank of three entries that no rule speaks about, to be spoiled by the tests."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.bank import Bank, Mistake, load
from bot.bank.checking import check

MODEL_BANK = Path(__file__).parent / "model_bank"
TODAY = date(2026, 11, 30)


class Desk:
    """A copy of the model bank on which a test works; entries are named `<topic>/<id>`."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "data"
        shutil.copytree(MODEL_BANK, self.folder)
        twin = place / "tests" / "facts" / "testing" / "test_testcase_isolation.py"
        twin.parent.mkdir(parents=True)
        twin.write_text("def test_second_method_sees_nothing(): ...\n")

    def file(self, name: str) -> Path:
        """Give the path of an entry, or of a file beside the entries."""
        return self.folder / name if "." in name else self.folder / "questions" / f"{name}.md"

    def read(self, name: str) -> str:
        """Read a file as it stands."""
        return self.file(name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file, in a new folder if need be."""
        self.file(name).parent.mkdir(exist_ok=True)
        self.file(name).write_bytes(text.encode())

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace what stands in a file exactly once."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def copy(self, name: str, other: str, **edits: str) -> None:
        """Copy an entry under another name; `edits` replace whole fields of the front matter."""
        topic, ident = other.split("/")
        lines = self.read(name).split("\n")
        fields = {"id": ident, "topic": topic, **edits}
        self.write(other, "\n".join(_with_field(line, fields) for line in lines))

    def check(self, part: str = "", today: date = TODAY) -> list[Mistake]:
        """Hold the bank, or a part of it, against all rules."""
        return check(self.folder / part, self.folder, today)[1]

    def found(self, rule: str, today: date = TODAY) -> list[str]:
        """List what one rule says of the whole bank."""
        return [
            f"{mistake.line}: {mistake.message}"
            for mistake in self.check(today=today)
            if mistake.rule == rule
        ]

    def load(self) -> Bank:
        """Load it as a start does."""
        return load(self.folder)


def _with_field(line: str, fields: dict[str, str]) -> str:
    name = line.partition(":")[0]
    return f"{name}: {fields[name]}" if name in fields and line.startswith(f"{name}:") else line


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A fresh copy of the model bank."""
    return Desk(tmp_path)

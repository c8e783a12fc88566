"""All rules over a bank or a part of it: what `python -m bot.bank check` prints."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.bank.draft import Draft
from bot.bank.loading import files, form_mistakes, read_drafts, register_mistakes
from bot.bank.mistakes import Mistake, RuleGroup
from bot.bank.registers import Registers, read_registers
from bot.bank.rules.code import code
from bot.bank.rules.form import form
from bot.bank.rules.originality import originality
from bot.bank.rules.quiz import quiz
from bot.bank.rules.text import text
from bot.bank.rules.truth import truth
from bot.bank.rules.whole import whole

GROUPS: tuple[RuleGroup, ...] = (form, text, code, quiz, truth, originality, whole)


def bank_of(path: Path) -> Path | None:
    """Find the bank that a path belongs to: the folder at or above it with topics.yaml."""
    above = path.resolve()
    return next((folder for folder in (above, *above.parents) if (folder / "topics.yaml").exists()), None)


def read(path: Path, folder: Path, today: date) -> tuple[list[Draft], Registers, list[Mistake]]:
    """Read the entries at a path, and what is beside them in the bank's folder."""
    registers = read_registers(folder, today)
    where = folder / "questions" if path.resolve() == folder.resolve() else path
    drafts, unreadable = read_drafts(files(where))
    return drafts, registers, [*register_mistakes(registers), *unreadable]


def check(path: Path, folder: Path, today: date) -> tuple[int, list[Mistake]]:
    """Hold the entries at a path against every rule, and return their number and the mistakes.

    Rules about the whole bank apply when the path is all of it: `folder` or its `questions`.
    """
    drafts, registers, mistakes = read(path, folder, today)
    mistakes += form_mistakes(drafts, registers)
    for group in GROUPS[2:]:
        for draft in drafts:
            mistakes += group.judge(draft, registers)
    if path.resolve() in (folder.resolve(), (folder / "questions").resolve()):
        for group in GROUPS:
            mistakes += group.judge_all(drafts, registers)
    return len(drafts), sorted(
        set(mistakes), key=lambda found: (found.path, found.line, found.rule, found.message)
    )

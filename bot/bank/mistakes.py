"""What is wrong with an entry, said so that its author can mend it; and the rules that say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bot.bank.draft import Draft
from bot.bank.registers import Registers


@dataclass(frozen=True, slots=True)
class Mistake:
    """One finding: where, which rule, what, and how to mend it. W rules list, E rules stop."""

    path: Path
    line: int
    rule: str
    message: str
    mend: str

    @property
    def stops(self) -> bool:
        """True for an E rule."""
        return self.rule.startswith("E")

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}: {self.rule} {self.message} — {self.mend}"


class BankError(Exception):
    """The bank cannot be loaded; `mistakes` lists every reason at once."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class Finding(NamedTuple):
    """What a rule says of one entry; `mend` overrides the rule's own."""

    line: int
    message: str
    mend: str | None = None


class Place(NamedTuple):
    """What a rule over the whole bank says: a finding and its file."""

    path: Path
    finding: Finding


@dataclass(frozen=True, slots=True)
class EntryRule:
    """A rule about one entry: its id, its sentence, how to mend, and the check."""

    id: str
    sentence: str
    mend: str
    check: Callable[[Draft, Registers], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class BankRule:
    """A rule about all entries together."""

    id: str
    sentence: str
    mend: str
    check: Callable[[list[Draft], Registers], Iterable[Place]]


EntryCheck = Callable[[Draft, Registers], Iterable[Finding]]
BankCheck = Callable[[list[Draft], Registers], Iterable[Place]]


class RuleGroup:
    """The rules of one file, in their order; a rule's sentence is its function's docstring."""

    def __init__(self) -> None:
        self.entry_rules: list[EntryRule] = []
        self.bank_rules: list[BankRule] = []

    def entry(self, rule: str, mend: str) -> Callable[[EntryCheck], EntryCheck]:
        """Register a rule about one entry."""

        def register(check: EntryCheck) -> EntryCheck:
            self.entry_rules.append(EntryRule(rule, check.__doc__ or "", mend, check))
            return check

        return register

    def bank(self, rule: str, mend: str) -> Callable[[BankCheck], BankCheck]:
        """Register a rule about the whole bank."""

        def register(check: BankCheck) -> BankCheck:
            self.bank_rules.append(BankRule(rule, check.__doc__ or "", mend, check))
            return check

        return register

    def judge(self, draft: Draft, registers: Registers) -> Iterator[Mistake]:
        """Hold one entry against the rules about entries."""
        for rule in self.entry_rules:
            if rule.id not in draft.entry.allowed:
                for line, message, mend in rule.check(draft, registers):
                    yield Mistake(draft.entry.path, line, rule.id, message, mend or rule.mend)

    def judge_all(self, drafts: list[Draft], registers: Registers) -> Iterator[Mistake]:
        """Hold all entries together against the rules about the bank."""
        allowed = {draft.entry.path: draft.entry.allowed for draft in drafts}
        for rule in self.bank_rules:
            for path, (line, message, mend) in rule.check(drafts, registers):
                if rule.id not in allowed.get(path, ()):
                    yield Mistake(path, line, rule.id, message, mend or rule.mend)


def shown(path: Path) -> str:
    """Give a path as an editor's link: relative to the working directory where it is below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)

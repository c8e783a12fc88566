"""What the bank looks like: its size by topic, level, kind and status, its quizzes, its age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean, median

from bot.bank.draft import Draft
from bot.bank.markup import utf16
from bot.bank.model import Kind, Level, Status
from bot.bank.registers import Registers
from bot.bank.rules.quiz import extreme_of
from bot.bank.rules.truth import age_of

OLDEST = 5
"""How many of the oldest checks are listed."""


def report(drafts: Sequence[Draft], registers: Registers) -> str:
    """Describe the bank in tables of plain text."""
    parts = [_table(drafts, registers), _quizzes(drafts), _ages(drafts, registers)]
    return "\n\n".join("\n".join(lines) for lines in parts)


def _table(drafts: Sequence[Draft], registers: Registers) -> list[str]:
    columns = [*Level, *Kind, *Status]
    names = ["topic", *columns, "all", "planned"]
    rows = [
        [slug, *_counts([d for d in drafts if d.entry.word("topic") == slug])] for slug in registers.topics
    ]
    plans = [sum(line.topic == slug for line in registers.plan) for slug in registers.topics]
    table = [names, *([*row, str(plan)] for row, plan in zip(rows, plans, strict=True))]
    table.append(["all", *_counts(drafts), str(len(registers.plan))])
    widths = [max(len(row[number]) for row in table) for number in range(len(names))]
    return [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width) for number, (cell, width) in enumerate(pairs)
        )
        for pairs in (list(zip(row, widths, strict=True)) for row in table)
    ]


def _counts(drafts: Sequence[Draft]) -> Iterator[str]:
    for field, names in (("level", Level), ("kind", Kind), ("status", Status)):
        for name in names:
            yield str(sum(draft.entry.word(field) == name for draft in drafts) or "·")
    yield str(len(drafts))


def _quizzes(drafts: Sequence[Draft]) -> list[str]:
    quizzes = [draft.quiz for draft in drafts if draft.quiz and len(draft.quiz.options) == 4]
    if not quizzes:
        return ["No quizzes."]
    extremes = [extreme_of(quiz) for quiz in quizzes]
    first = sum(quiz.options[0].right for quiz in quizzes)
    right = mean(utf16(option.text) for quiz in quizzes for option in quiz.options if option.right)
    wrong = mean(utf16(option.text) for quiz in quizzes for option in quiz.options if not option.right)
    return [
        f"Quizzes: {len(quizzes)}, with a snippet: {sum(quiz.snippet is not None for quiz in quizzes)}",
        f"Right option written first (the bot shuffles): {first}",
        f"Right option the longest: {_share(extremes.count('longest'), len(quizzes))}, "
        f"the shortest: {_share(extremes.count('shortest'), len(quizzes))} (chance: 25%, at most 35%)",
        f"Mean length: right {right:.0f}, wrong {wrong:.0f} characters",
    ]


def _share(part: int, total: int) -> str:
    return f"{part} ({part / total:.0%})"


def _ages(drafts: Sequence[Draft], registers: Registers) -> list[str]:
    ages = sorted(
        (
            (age, f"{draft.entry.word('topic')}/{draft.entry.word('id')}")
            for draft in drafts
            if (age := age_of(draft, registers.today)) is not None
        ),
        reverse=True,
    )
    if not ages:
        return ["Nothing was checked yet."]
    lines = [f"Age of the checks: median {median(age for age, _ in ages):.0f} days, oldest:"]
    return lines + [f"  {age:4} days  {name}" for age, name in ages[:OLDEST]]

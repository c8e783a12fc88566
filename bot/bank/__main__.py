"""`python -m bot.bank check [PATH…]` lints the bank, `python -m bot.bank stats [PATH]` describes it.

Exit status: 0 when no E rule speaks, 1 when one does, 2 for a path that is no bank.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.bank.checking import bank_of, check, read
from bot.bank.statistics import report
from bot.clock import system_clock

DATA = Path("data")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    parser = argparse.ArgumentParser(
        "python -m bot.bank", description="Check and describe the question bank."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    checking = commands.add_parser("check", help="list every mistake; exit 1 if a rule with an E finds one")
    checking.add_argument("paths", nargs="*", type=Path, default=[DATA], metavar="PATH", help="default: data")
    counting = commands.add_parser("stats", help="topics, levels, kinds, quizzes, age")
    counting.add_argument("paths", nargs="?", type=Path, default=DATA, metavar="PATH", help="default: data")
    asked = parser.parse_args(arguments)
    paths = asked.paths if isinstance(asked.paths, list) else [asked.paths]
    for path in paths:
        if fault := _fault(path):
            print(f"{path}: {fault}", file=sys.stderr)
            return 2
    return _check(paths) if asked.command == "check" else _stats(paths[0])


def _fault(path: Path) -> str | None:
    """Say why a path is no bank and no part of one."""
    if not path.exists():
        return "there is no such file or folder"
    if path.is_file() and path.suffix != ".md":
        return "not an entry; name a .md file, a folder of them, or the bank's folder"
    return None if bank_of(path) else "no topics.yaml at or above it, so it belongs to no bank"


def _check(paths: list[Path]) -> int:
    today, total, mistakes = system_clock().date(), 0, []
    for path in paths:
        number, found = check(path, bank_of(path) or path, today)
        total += number
        mistakes += [mistake for mistake in found if mistake not in mistakes]
    for mistake in mistakes:
        print(mistake)
    stopping = sum(mistake.stops for mistake in mistakes)
    print(f"{total} entries, {stopping} to mend (E), {len(mistakes) - stopping} to look at (W).")
    return 1 if stopping else 0


def _stats(path: Path) -> int:
    today = system_clock().date()
    drafts, registers, _ = read(path, bank_of(path) or path, today)
    print(report(drafts, registers))
    return 0


if __name__ == "__main__":
    sys.exit(main())

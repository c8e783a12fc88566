"""`python -m tests.crash [--kills N] [--people N] [--quizzes N] [--seed N]`: the long crash tests, as tables.

Exit status 1 when somebody lost a question, a repeat went beyond the window, an answer did not count once, or
a group's quiz did not go on.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.crash.quiz_trial import QUIZ_HEAD, STEPS, QuizRecord, Step, crash_quiz
from tests.crash.trial import HEAD, Record, crash
from tests.support.postgres import installed, scratch_database, start_server

KILLS_PER_DELIVERY = 5
KILLS_PER_QUIZ = 5


def total(records: list[Record]) -> Record:
    """Add trials of one engine up."""
    names = ("kills", "due", "arrived", "lost", "repeated", "most", "pressed", "reviews", "reviewers")
    return Record(records[0].engine, *(sum(getattr(record, name) for record in records) for name in names))


def run(url: str, kills: int, people: int, seed: int) -> Record:
    """Run one trial in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="gotit-crash-") as folder:
        record = asyncio.run(
            crash(url.format(folder=folder), Path(folder), kills=kills, people=people, seed=seed)
        )
    sys.stdout.write(f"{record}\n")
    sys.stdout.flush()
    return record


def play(url: str, seed: int, steps: tuple[Step, ...] = ()) -> QuizRecord:
    """Play a quiz in a folder of its own: killed at each step, or at random moments."""
    with tempfile.TemporaryDirectory(prefix="gotit-crash-") as folder:
        kills = 0 if steps else KILLS_PER_QUIZ
        made = crash_quiz(url.format(folder=folder), Path(folder), steps=steps, kills=kills, seed=seed)
        record = asyncio.run(made)
    sys.stdout.write(f"{record}\n")
    sys.stdout.flush()
    return record


def quizzes(count: int, seed: int) -> list[QuizRecord]:
    """Play on each database: one quiz that is killed at every step, and so many at random moments."""
    sys.stdout.write(
        f"\nquizzes of a group: killed at {len(STEPS)} steps, then at random moments\n{QUIZ_HEAD}\n"
    )
    ways = [STEPS, *[()] * count]
    file = "sqlite:///{folder}/gotit.db"
    records = [play(file, seed + number, steps) for number, steps in enumerate(ways)]
    if installed() is not None:
        server = start_server()
        for number, steps in enumerate(ways):
            with scratch_database(server.url) as url:
                records.append(play(url, seed + number, steps))
        server.release()
    return records


def main() -> int:
    """Run deliveries, with five kills each, until there were enough kills on each database; then quizzes."""
    options = argparse.ArgumentParser(prog="python -m tests.crash")
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--people", type=int, default=2000)
    options.add_argument("--quizzes", type=int, default=5)
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    given = options.parse_args()
    trials = -(-given.kills // KILLS_PER_DELIVERY)
    sys.stdout.write(f"kill -9 at random moments, seed {given.seed}\n{HEAD}\n")
    sqlite = [
        run("sqlite:///{folder}/gotit.db", KILLS_PER_DELIVERY, given.people, given.seed + number)
        for number in range(trials)
    ]
    postgres = []
    if installed() is not None:
        server = start_server()
        for number in range(trials):
            with scratch_database(server.url) as url:
                postgres.append(run(url, KILLS_PER_DELIVERY, given.people, given.seed + number))
        server.release()
    sys.stdout.write(f"\nin all\n{HEAD}\n")
    for records in filter(None, (sqlite, postgres)):
        sys.stdout.write(f"{total(records)}\n")
    played = quizzes(given.quizzes, given.seed)
    return int(not all(record.is_good for record in [*sqlite, *postgres, *played]))


if __name__ == "__main__":
    sys.exit(main())

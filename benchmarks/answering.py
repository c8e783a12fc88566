"""What answering a button press costs, beside other libraries: G3. `python -m benchmarks.answering`.

People press *Got it*, sixteen at a time; each press is one transaction, an answer and an edit. Ours is the
whole bot behind its webhook, theirs a handler with a transaction of four statements. Every line is the median
of interleaved runs in processes of their own, of user and system CPU per press. G3 wants ours to cost at most
0.75 of aiogram's and 0.5 of python-telegram-bot's as it comes.

Then two people press at a time, first while nothing else happens, then while a delivery of 1,000 messages a
second runs in the same process (Telegram answers presses after 5 ms, questions after 80). G3 wants the 95th
percentile of the wait at most 2.5 times as long.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.pressing import WARM
from benchmarks.sending import PEERS, ROOT, STOCK, database
from tests.support.postgres import installed, start_server

UNPACED = 1_000_000
BROADCAST = 1000
Figures = dict[str, float]


@contextmanager
def started(*command: object) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with its input."""
    process = subprocess.Popen(  # noqa: S603 - our own modules
        list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdin is not None
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(30)


def line(process: subprocess.Popen[str]) -> Any:
    """Read what a process says."""
    assert process.stdout is not None
    said = process.stdout.readline()
    if not said:
        raise RuntimeError("a benchmark's process has died")
    return json.loads(said)


def pressed(
    bot: list[object], url: str, count: int, more: list[object], given: list[object], *, go: bool
) -> Figures:
    """Start Telegram and a bot; let people press; give the figures. `go` starts the bot's delivery."""
    with started(sys.executable, "-m", "benchmarks.pressing", "--count", count, *more) as people:
        root = f"http://127.0.0.1:{line(people)}"
        with started(*bot, root, url, count + WARM, *given) as process:
            found = line(process)
            assert people.stdin is not None
            assert process.stdin is not None
            if go:
                process.stdin.write("go\n")
                process.stdin.flush()
            people.stdin.write(json.dumps(found) + "\n")
            people.stdin.flush()
            figures: Figures = line(people)
            return figures


def ours(url: str, count: int, more: list[object], *, rate: int = UNPACED, due: int = 0) -> Figures:
    """Press our own bot's buttons."""
    bot = [sys.executable, "-m", "benchmarks.answering_ours"]
    return pressed(bot, url, count, more, [rate, due], go=due > 0)


def cost(count: int, rounds: int, engines: list[str], server: str, peers: Path) -> None:
    """Measure and print the CPU of a press."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(rounds):
        for engine in engines:
            with database(engine, server) as url:
                found[engine, "ours"].append(ours(url, count, [])["us"])
            for name in ("aiogram", STOCK) if peers.exists() else ():
                with database(engine, server) as url:
                    bot = [peers, "-m", "benchmarks.answering_peers", name]
                    found[engine, name].append(pressed(bot, url, count, [], [], go=False)["us"])
    print("| line | us CPU per press | ours of it | goal | reached |\n|---|---|---|---|---|")
    for engine in engines:
        mine = median(found[engine, "ours"])
        print(f"| ours, {engine} | {mine:.0f} | | | |")
        for name, goal in (("aiogram", 0.75), (STOCK, 0.5)):
            if (engine, name) in found:
                theirs = median(found[engine, name])
                verdict = "yes" if mine / theirs <= goal else "no"
                print(f"| {name}, {engine} | {theirs:.0f} | {mine / theirs:.2f} | {goal} | {verdict} |")


def beside(count: int, rounds: int, engines: list[str], server: str) -> None:
    """Measure and print the wait of a press beside a broadcast."""
    print("\n| engine | p50, p95 idle, ms | p50, p95 in a broadcast, ms | p95 ratio | goal | messages/s |")
    print("|---|---|---|---|---|---|")
    calm: list[object] = ["--window", 2, "--delay", 0.005]
    for engine in engines:
        idle, busy = [], []
        for _ in range(rounds):
            with database(engine, server) as url:
                idle.append(ours(url, count, calm, rate=BROADCAST))
            with database(engine, server) as url:
                busy.append(ours(url, count, calm, rate=BROADCAST, due=6_000))
        calm50, calm95, busy50, busy95, reached = (
            median(one[key] for one in runs)
            for runs, key in ((idle, "p50"), (idle, "p95"), (busy, "p50"), (busy, "p95"), (busy, "broadcast"))
        )
        waits = f"{calm50:.1f}, {calm95:.1f} | {busy50:.1f}, {busy95:.1f} | {busy95 / calm95:.1f}"
        print(f"| {engine} | {waits} | 2.5 | {reached:.0f} |", flush=True)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.answering")
    options.add_argument("--count", type=int, default=300)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--peers", type=Path, default=PEERS, help="a Python with peers.txt installed")
    given = options.parse_args()
    server = start_server() if installed() is not None else None
    engines = ["SQLite", "PostgreSQL"] if server else ["SQLite"]
    where = server.url if server else ""
    print(f"{given.count} presses, medians of {given.rounds} runs")
    cost(given.count, given.rounds, engines, where, given.peers)
    beside(given.count, given.rounds, engines, where)
    if server:
        server.release()


if __name__ == "__main__":
    main()

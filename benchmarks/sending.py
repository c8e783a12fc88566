"""What a delivered question costs, beside bare loops of other libraries. `python -m benchmarks.sending`.

Every line is the median of interleaved runs, in processes of their own, of user and system CPU per message;
a stand-in for Telegram answers after 80 ms. Ratios of one run mean something, microseconds of a busy machine
do not. G1 and G2 are the goals: G1 wants our whole delivery of questions that were chosen beforehand at most
1.25 times the bare loop over the same transport, 1.6 times with the CPU of the PostgreSQL server, and the
choice, whatever it costs on top, at most 250 us; G2 wants the same delivery at most 0.55 of aiogram's bare
loop, 0.9 of pyTelegramBotAPI's and 0.05 of stock python-telegram-bot's, and with the choice, at a SEND_RATE
of 1000, at least 950 messages a second with at most 35 % of a core.

Peers come from an environment of their own: `python -m venv .venv/peers`, then
`.venv/peers/bin/pip install -r benchmarks/peers.txt`; without it their lines are left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from statistics import median

from tests.support.postgres import installed, scratch_database, start_server

ROOT = Path(__file__).parents[1]
PEERS = ROOT / ".venv" / "peers" / "bin" / "python"
AT_ONCE = 128
STOCK = "python-telegram-bot, stock"
OTHERS = ("aiogram", "pyTelegramBotAPI", STOCK)


@contextmanager
def telegram() -> Iterator[str]:
    """The stand-in in a process of its own; gives its root."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.standin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert server.stdout is not None
    assert server.stdin is not None
    yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    server.stdin.close()
    server.wait()


def run(python: Path | str, module: str, *words: object) -> dict[str, float]:
    """Measure one line in a process of its own."""
    done = subprocess.run(  # noqa: S603 - our own modules
        [str(python), "-m", module, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


@contextmanager
def database(engine: str, server: str) -> Iterator[str]:
    """An empty database's URL."""
    if engine == "SQLite":
        with tempfile.TemporaryDirectory(prefix="gotit-bench-") as folder:
            yield f"sqlite:///{folder}/gotit.db"
    else:
        with scratch_database(server) as url:
            yield url


PARTS = ("chosen", "deliver", "paced")


def measure(count: int, rounds: int) -> dict[str, float]:
    """Run every line, round by round; the medians of all figures, as `line, engine, figure`."""
    found: dict[str, list[float]] = defaultdict(list)

    def note(line: str, figures: dict[str, float]) -> None:
        for name, figure in figures.items():
            found[f"{line}, {name}"].append(figure)

    server = start_server() if installed() is not None else None
    engines = ["SQLite", "PostgreSQL"] if server else ["SQLite"]
    with telegram() as root:
        for _ in range(rounds):
            note("bare", run(sys.executable, "benchmarks.sending_ours", "bare", root, count, AT_ONCE, ""))
            for engine, part in product(engines, PARTS):
                with database(engine, server.url if server else "") as url:
                    words = (part, root, count, AT_ONCE, url)
                    note(f"{part}, {engine}", run(sys.executable, "benchmarks.sending_ours", *words))
            for name in OTHERS if PEERS.exists() else ():
                few = 300 if name == STOCK else count
                note(name, run(PEERS, "benchmarks.sending_peers", name, root, few, AT_ONCE))
    if server:
        server.release()
    return {name: median(values) for name, values in found.items()}


def table(of: dict[str, float]) -> Iterator[str]:
    """Write the medians and the ratios down, as Markdown."""
    bare = of["bare, us"]
    yield "| line | us CPU per message | goal | reached |"
    yield "|---|---|---|---|"
    yield f"| bare loop over our transport | {bare:.0f} | | |"
    for engine in ("SQLite", "PostgreSQL"):
        if f"deliver, {engine}, us" in of:
            yield from _ours(of, engine, bare)
    for name in OTHERS:
        if f"{name}, us" in of:
            yield f"| bare loop of {name} | {of[f'{name}, us']:.0f} | | |"


def _ours(of: dict[str, float], engine: str, bare: float) -> Iterator[str]:
    whole, chosen = of[f"deliver, {engine}, us"], of[f"chosen, {engine}, us"]
    choice, ratio = whole - chosen, chosen / bare
    yield f"| choice of the question, {engine} | {choice:.0f} | 250 | {_verdict(choice, 250)} |"
    cost = f"{chosen:.0f}: {ratio:.2f} x bare"
    yield f"| delivery but for the choice, {engine} | {cost} | 1.25 | {_verdict(ratio, 1.25)} |"
    if server := of[f"chosen, {engine}, server"]:
        both = (chosen + server) / bare
        cost = f"{chosen + server:.0f}: {both:.2f} x bare"
        yield f"| … with the server's {server:.0f} | {cost} | 1.6 | {_verdict(both, 1.6)} |"
    yield f"| whole delivery, {engine} | {whole:.0f} | | |"
    for name, goal in (("aiogram", 0.55), ("pyTelegramBotAPI", 0.9), (STOCK, 0.05)):
        if theirs := of.get(f"{name}, us"):
            parts = f"{chosen / theirs:.2f}, with the choice {whole / theirs:.2f}"
            yield f"| … of {name}'s bare loop | {parts} | {goal} | {_verdict(chosen / theirs, goal)} |"
    rate, share = of[f"paced, {engine}, rate"], of[f"paced, {engine}, share"]
    reached = "yes" if rate >= 950 and share <= 0.35 else "no"
    yield f"| at SEND_RATE 1000, {engine} | {rate:.0f}/s, {share:.0%} of a core | 950/s, 35 % | {reached} |"


def _verdict(value: float, goal: float) -> str:
    return "yes" if value <= goal else f"no, {value / goal:.1f} times it"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.sending")
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    print(f"{given.count} messages, {AT_ONCE} in flight, 80 ms, medians of {given.rounds} runs")
    for line in table(measure(given.count, given.rounds)):
        print(line)


if __name__ == "__main__":
    main()

"""Does choosing well help? Simulated people under the policy that ships and under others, as a table.

    python -m benchmarks.learning                     about a minute on two processors
    FULL=1 python -m benchmarks.learning              five times the people
    python -m benchmarks.learning --picture out.svg   also a bar chart

Lift: how much more of the bank a person can answer on the interview day than the same person without the
bot, in points of 100. Three budgets: 1 and 3 questions a day for 60 days, 10 a day for 30. All policies get
the same people, habits and skipped days. Differences are paired, with 95 % intervals over people.

Nothing of the policy was tuned on these laws.
"""

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import Pool
from pathlib import Path
from random import Random
from statistics import NormalDist, fmean, median, quantiles, stdev
from typing import Any, NamedTuple

from benchmarks.learning_laws import LAWS
from benchmarks.learning_people import Person, person
from benchmarks.learning_picture import Bar, draw
from benchmarks.learning_rivals import AnyQuestion, DueFirst, MissRate, RoundRobin, TwoLanes
from bot import learning

BUDGETS = ((1, 60), (3, 60), (10, 30))
"""Questions a day, days."""

OURS, BLIND = "two lanes", "two lanes, difficulty unknown"
POLICIES: dict[str, Callable[..., Any]] = {
    OURS: TwoLanes,
    BLIND: TwoLanes,
    "random": AnyQuestion,
    "round robin over topics": RoundRobin,
    "topic by miss rate": MissRate,
    "FSRS, due first": DueFirst,
}
GOALS = {"topic by miss rate": 1.10, "random": 1.15, "FSRS, due first": 1.6}
"""Ratios of lifts that ours should reach."""

FLOOR = 0.95
"""And in no law less than this of round robin."""

Z = NormalDist().inv_cdf(0.975)


class Outcome(NamedTuple):
    """One person under one policy, mean of the budgets."""

    lift: float
    """Points of the bank."""
    weak: float
    """How often weak topics came, as a multiple of their fair share."""
    returns: float
    """Share of questions that were asked before."""
    gap: int
    """Shortest time to a return, days; it is shorter near the interview."""
    error: float = 0.0
    """Readiness minus what is true, in points; for our policy."""
    covered: float = 0.0
    """Whether the truth is in its range, or the share of budgets where it is."""


def live(policy: str, law: str, someone: Person, per_day: int, days: int) -> Outcome:
    """One person, one policy, one budget."""
    more: dict[str, Any] = {}
    if policy in (OURS, BLIND):
        more = {"interview_day": days, "set_day": 0, "per_day": per_day}
        more["difficulty"] = someone.told_hardness if policy == OURS else None
    chooser = POLICIES[policy](someone.topic_of, someone.seed, **more)
    mind, untaught = LAWS[law](someone), LAWS[law](someone)
    luck = Random(f"answers {someone.seed}")
    last: dict[str, int] = {}
    weak = asked = 0
    gaps = []
    for day in (day for day in range(days) if day not in someone.days_off):
        for _ in range(per_day):
            question = chooser.choose(day)
            right = luck.random() < mind.recall(question, day)
            mind.show(question, day, right)
            chooser.record(question, right != (luck.random() < someone.wrong_taps), day)
            gaps += [day - last[question]] if question in last else []
            last[question] = day
            asked += 1
            weak += someone.topic_of[question] in someone.weak
    bank = someone.topic_of
    truth = fmean(mind.recall(question, days) for question in bank)
    lift = 100 * (truth - fmean(untaught.recall(question, days) for question in bank))
    fair = sum(topic in someone.weak for topic in bank.values()) / len(bank)
    outcome = Outcome(lift, weak / asked / fair, len(gaps) / asked, min(gaps, default=days))
    if not more:
        return outcome
    ready = learning.readiness(chooser.state, days).overall
    covered = float(ready.low <= truth <= ready.high)
    return outcome._replace(error=100 * (ready.share - truth), covered=covered)


def person_under_all(task: tuple[str, int]) -> dict[str, Outcome]:
    """One person under every policy, each the mean of the budgets."""
    law, seed = task
    found = {}
    for policy in POLICIES:
        runs = [live(policy, law, person(seed, days), per_day, days) for per_day, days in BUDGETS]
        found[policy] = Outcome(
            lift=fmean(run.lift for run in runs),
            weak=fmean(run.weak for run in runs),
            returns=fmean(run.returns for run in runs),
            gap=min(run.gap for run in runs),
            error=fmean(run.error for run in runs),
            covered=fmean(run.covered for run in runs),
        )
    return found


def interval(values: list[float]) -> tuple[float, float]:
    """Mean and half of its 95 % interval."""
    return fmean(values), Z * stdev(values) / len(values) ** 0.5


Results = dict[str, list[dict[str, Outcome]]]
"""Law -> people -> policy -> outcome."""


def lifts(results: Results, policy: str, law: str | None = None) -> list[float]:
    """Lift of every person, under one law or as the mean of all."""
    if law is not None:
        return [one[policy].lift for one in results[law]]
    return [fmean(one[policy].lift for one in same) for same in zip(*results.values(), strict=True)]


def print_lifts(results: Results) -> None:
    """Table of lifts and habits."""
    print(f"\n| policy | {' | '.join(results)} | all | weak topics | returns | shortest gap |")
    print("|---|" + "---|" * (len(results) + 4))
    for policy in POLICIES:
        cells = [f"{fmean(lifts(results, policy, law)):.2f}" for law in results]
        ones = [one[policy] for people in results.values() for one in people]
        cells.append(f"**{fmean(lifts(results, policy)):.2f}**")
        cells += [f"{fmean(o.weak for o in ones):.2f} x", f"{fmean(o.returns for o in ones):.0%}"]
        print(f"| {policy} | {' | '.join(cells)} | {min(o.gap for o in ones)} d |")


def print_differences(results: Results) -> None:
    """Table of paired differences to ours."""
    print(f"\n| {OURS} against | {' | '.join(results)} | all | ratio |\n|---|" + "---|" * (len(results) + 2))
    for policy in list(POLICIES)[1:]:
        cells = []
        for law in (*results, None):
            pairs = zip(lifts(results, OURS, law), lifts(results, policy, law), strict=True)
            mean, half = interval([ours - theirs for ours, theirs in pairs])
            cells.append(f"{mean:+.2f} ± {half:.2f}")
        ratio = fmean(lifts(results, OURS)) / fmean(lifts(results, policy))
        print(f"| {policy} | {' | '.join(cells)} | {ratio:.2f} |")


def print_readiness(results: Results) -> None:
    """How far the bot's own estimate is off, and how often its range (meant for 80 %) holds the truth."""
    print(f"\n| readiness, points off (range holds) | {' | '.join(results)} |\n|---|" + "---|" * len(results))
    for policy in (OURS, BLIND):
        ones = [[one[policy] for one in people] for people in results.values()]
        cells = [f"{fmean(o.error for o in law):+.1f} ({fmean(o.covered for o in law):.0%})" for law in ones]
        print(f"| {policy} | {' | '.join(cells)} |")


def print_goals(results: Results) -> None:
    """What was aimed at, and whether it was reached."""
    print("\n| goal | reached | |\n|---|---|---|")
    ours = fmean(lifts(results, OURS))
    for policy, goal in GOALS.items():
        ratio = ours / fmean(lifts(results, policy))
        low = min(_low(results, policy), ratio - goal)
        print(f"| at least {goal:.2f} x {policy}, surely above it | {ratio:.2f} | {_mark(low > 0)} |")
    worst, law = min(
        (fmean(lifts(results, OURS, law)) / fmean(lifts(results, "round robin over topics", law)), law)
        for law in results
    )
    print(f"| in no law below {FLOOR} x round robin | {worst:.2f} ({law}) | {_mark(worst >= FLOOR)} |")
    weak = fmean(one[OURS].weak for people in results.values() for one in people)
    print(f"| weak topics 1.3 to 2.5 x their fair share | {weak:.2f} | {_mark(1.3 <= weak <= 2.5)} |")


def _low(results: Results, policy: str) -> float:
    """Lower end of the interval of the difference."""
    pairs = zip(lifts(results, OURS), lifts(results, policy), strict=True)
    mean, half = interval([ours - theirs for ours, theirs in pairs])
    return mean - half


def _mark(reached: bool) -> str:
    return "yes" if reached else "**no**"


def print_choice_time(rounds: int = 1500) -> None:
    """A choice at 500 questions and 400 cards, every fifth a return; the state is new each time.

    Time of this thread, so that other programs on the machine do not count.
    """
    luck = Random(1)
    topic_of = {f"q{number:03}": f"topic{number % 20:02}" for number in range(500)}
    pool = learning.Pool.build(topic_of, {question: luck.gauss(0, 0.8) for question in topic_of})
    state = learning.State(1, pool)
    for number, question in enumerate(luck.sample(list(topic_of), 400)):
        learning.record(state, question, luck.random() < 0.6, number // 8)
    built, chosen = [], []
    for number in range(rounds):
        start = time.thread_time()
        learner = replace(state.learner, asks=number, credit=0.0 if number % 5 else 1.0)
        one = learning.State(1, pool, dict(state.cards), learner)
        middle = time.thread_time()
        learning.choose(one, 50 + number % 30)
        chosen.append((time.thread_time() - middle) * 1e6)
        built.append((middle - start) * 1e6)
    print("\n| 500 questions, 400 cards | median | p99 |\n|---|---|---|")
    for name, times in (("state from its cards", built), ("a choice", chosen)):
        print(f"| {name} | {median(times):.0f} µs | {quantiles(times, n=100)[98]:.0f} µs |")


def main() -> None:
    """Run, print, and draw if asked."""
    parser = argparse.ArgumentParser(description="Simulated people under several policies, as tables.")
    parser.add_argument("--people", type=int, default=600 if os.environ.get("FULL") else 120)
    parser.add_argument("--seed", type=int, default=0, help="of the first person")
    parser.add_argument("--picture", type=Path, help="SVG file to write")
    options = parser.parse_args()
    tasks = [(law, options.seed + number) for law in LAWS for number in range(options.people)]
    start = time.perf_counter()
    with Pool() as workers:
        done = workers.map(person_under_all, tasks, chunksize=2)
    results: Results = {law: [] for law in LAWS}
    for (law, _), outcomes in zip(tasks, done, strict=True):
        results[law].append(outcomes)
    seconds = time.perf_counter() - start
    print(f"Lift in points of the bank: {options.people} people a law, three budgets, {seconds:.0f} s")
    for printed in (print_lifts, print_differences, print_goals, print_readiness):
        printed(results)
    print_choice_time()
    if options.picture:
        shown = [policy for policy in POLICIES if policy != BLIND]
        bars = [Bar(policy, *interval(lifts(results, policy)), policy == OURS) for policy in shown]
        note = f"{options.people} simulated people under {len(LAWS)} laws of learning; mean and 95 % interval"
        draw(options.picture, "Points of the question bank gained by the interview day", note, bars)


if __name__ == "__main__":
    main()

"""E15 to W21: knowledge answers the quiz, guessing does not."""

from __future__ import annotations

import pytest

GIL = "python/gil"
RIGHT = "Run its chunks in a ProcessPoolExecutor"
THREADS = "Run its chunks in a ThreadPoolExecutor"
LOWER = "Lower the value of sys.setswitchinterval()"
STEM = "A pure-Python loop keeps one core at 100%. Which change lets a default CPython build use four cores?"
EXPLANATION = (
    "Every worker process has its own interpreter and its own GIL, so the chunks really run side by side."
)


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("E15", THREADS, "run its  chunks in a processPoolExecutor"),
        ("E15", THREADS, "All of the above"),
        ("E15", THREADS, "None of these"),
        ("E15", THREADS, "Both A and C"),
        ("E15", THREADS, "It depends on the build"),
        ("W16", RIGHT, RIGHT + " and wait for it"),
        ("W17", THREADS, "Use threads"),
        ("W18", STEM, "Which change does not help?"),
        ("W18", STEM, "All of these help except one. Which?"),
        ("W19", THREADS, THREADS + " always"),
        ("W19", THREADS, "Only run them in threads, in a pool"),
        ("W20", RIGHT, "Run it so that more cores take part in it"),
        ("W21", EXPLANATION, "Run the chunks in a ProcessPoolExecutor."),
    ],
)
def test_catches(desk, rule, old, new):
    desk.edit(GIL, STEM, "Which change lets several of a machine's processors take part in it?")
    old = old if old != STEM else "Which change lets several of a machine's processors take part in it?"
    if rule == "W20":
        new = "Run its chunks on several CPUs"
    desk.edit(GIL, old, new)
    assert desk.found(rule), desk.check()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("E15", THREADS, "Run its chunks in a process pool"),
        ("E15", THREADS, "Call all() or any() of it"),
        ("W16", RIGHT, "Run its chunks in a ProcessPoolExecutor now"),
        ("W17", THREADS, "Run its chunks in a thread pool"),
        ("W18", STEM, "Which change helps nothing but notes?"),
        ("W19", RIGHT, "Run it always in a ProcessPoolExecutor"),
        ("W20", RIGHT, "Build its chunks in a ProcessPoolExecutor"),
        ("W21", EXPLANATION, "A ProcessPoolExecutor starts processes, each with an interpreter of its own."),
    ],
)
def test_is_quiet(desk, rule, old, new):
    if rule == "W16":
        desk.edit(GIL, LOWER, LOWER + " by far")
    if rule == "W19":
        desk.edit(GIL, THREADS, THREADS + " always")
    desk.edit(GIL, old, new)
    assert desk.found(rule) == []


@pytest.mark.parametrize(("right", "extreme", "more"), [("x" * 70, "longest", 9), ("x" * 9, "shortest", 7)])
def test_share_of_extreme_right_options(desk, right, extreme, more):
    """The models have two right options that are the shortest, none that is the longest."""
    for number in range(20):
        desk.copy(GIL, f"python/lock-{number}", seed="")
    assert desk.found("E16b") == []
    for number in range(more):
        desk.edit(f"python/lock-{number}", RIGHT, right)
    assert desk.found("E16b") == [f"1: the right option is the {extreme} in 9 of 23 quizzes"]
    desk.edit("python/lock-0", right, RIGHT)
    assert desk.found("E16b") == []

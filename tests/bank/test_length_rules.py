"""E04: lengths, in the UTF-16 units of what a reader sees."""

from __future__ import annotations

import pytest

GIL, ISOLATION = "python/gil", "testing/testcase-isolation"
HINT = "One microphone in a full room: anyone may listen, but only whoever holds it can speak."
RIGHT = "Run its chunks in a ProcessPoolExecutor"
POINT = "The GIL does not make compound operations atomic."
EXPLANATION = (
    "Every worker process has its own interpreter and its own GIL, so the chunks really run side by side."
)
GIST = "Its C code releases the GIL around array work."
WHY = "Threads would swap the GIL more often. That adds overhead and no parallelism."


@pytest.mark.parametrize(
    ("old", "part", "most"),
    [
        (HINT, "hint", 140),
        (RIGHT, "option", 100),
        (POINT, "key point", 120),
        (EXPLANATION, "explanation", 200),
        (WHY, "why", 200),
    ],
)
def test_lengths(desk, old, part, most):
    desk.edit(GIL, old, "x" * most)
    assert desk.found("E04") == []
    desk.edit(GIL, "x" * most, "x" * (most + 1))
    (said,) = desk.found("E04")
    assert f"{part}: {most + 1} characters" in said


def test_an_emoji_counts_two(desk):
    desk.edit(GIL, POINT, "🐍" * 60)
    assert desk.found("E04") == []
    desk.edit(GIL, "🐍" * 60, "🐍" * 61)
    assert "key point: 122 characters" in desk.found("E04")[0]


def test_markup_does_not_count(desk):
    desk.edit(GIL, POINT, f"**{'x' * 118}** [y](https://docs.python.org/3/{'z' * 90})")
    assert desk.found("E04") == []


def test_question_stem_snippet_and_answer_have_lengths(desk):
    desk.edit(ISOLATION, "# Two methods of one", "# One? " + "x" * 200)
    desk.edit(ISOLATION, "The two tests run", "y" * 300 + " The two tests run")
    desk.edit(ISOLATION, "class AuthorTests(TestCase):", "class AuthorTests(TestCase):\n" + "#" * 1000)
    desk.edit(ISOLATION, "What follows from that:", "z" * 700)
    said = " ".join(desk.found("E04"))
    assert all(part in said for part in ("question: ", "stem: ", "snippet: ", "answer: "))


def test_a_short_answer(desk):
    text = desk.read(GIL)
    start, end = text.index("## Answer"), text.index("## Key points")
    desk.write(GIL, text[:start] + "## Answer\n\nToo short.\n\n" + text[end:])
    assert any("answer: 10 characters, 400 to 1200" in line for line in desk.found("E04"))


def test_a_follow_up_counts_with_its_gist(desk):
    desk.edit(GIL, GIST, "x" * 170)
    assert any("follow-up: " in line for line in desk.found("E04"))


def test_the_whole_card_has_a_budget(desk, monkeypatch):
    monkeypatch.setattr("bot.bank.rules.text.CARD_BUDGET", 2000)
    assert any("the whole card: " in line for line in desk.found("E04"))

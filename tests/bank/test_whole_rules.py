"""E09 and E31 to W34: the bank against its plan."""

from __future__ import annotations

import pytest

GIL, ISOLATION = "python/gil", "testing/testcase-isolation"


def test_a_seed_question_is_covered_once(desk):
    desk.edit(ISOLATION, 'seed: "3.1"', 'seed: "1.7"')
    assert desk.found("E09") == [
        "5: testing: not covered of the seed: 3.1 (testcase-isolation)",
        "6: seed 1.7 is covered by gil already",
    ]


def test_a_seed_question_that_is_none(desk):
    desk.edit(ISOLATION, 'seed: "3.1"', 'seed: "9.9"')
    assert "6: the seed has no 9.9" in desk.found("E09")


def test_a_retired_entry_covers_nothing(desk):
    desk.edit(GIL, "status: published", "status: retired\nreplaced_by: testcase-isolation")
    assert desk.found("E09") == ["2: python: not covered of the seed: 1.7 (gil)"]
    assert desk.found("E31") == ["2: python: 1 of wave 1 not published: gil"]


def test_the_first_wave_is_published(desk):
    desk.edit(GIL, "status: published", "status: reviewed")
    assert desk.found("E31") == ["2: python: 1 of wave 1 not published: gil"]


def test_a_renamed_entry_keeps_its_place_in_the_plan(desk):
    desk.copy(GIL, "python/lock", level="middle\naliases: [gil]")
    desk.file(GIL).unlink()
    assert desk.check() == []


def test_later_waves_may_wait(desk):
    desk.edit("plan.tsv", "gil\tmiddle\t1", "gil\tmiddle\t2")
    desk.edit(GIL, "status: published", "status: draft")
    assert desk.found("E31") == []


def test_a_part_is_not_held_against_the_plan(desk):
    desk.edit(GIL, "status: published", "status: draft")
    assert [mistake.rule for mistake in desk.check("questions")] == ["E31"]
    assert desk.check("questions/python") == desk.check("questions/python/gil.md") == []


def test_the_mix_of_levels(desk):
    plan = "".join(f"python\tlock-{number}\tmiddle\t1\tconcept\t\n" for number in range(9))
    desk.write("plan.tsv", desk.read("plan.tsv") + plan)
    for number in range(9):
        desk.copy(GIL, f"python/lock-{number}", seed="")
    assert desk.found("W32") == []
    for number in range(2):
        desk.edit(f"python/lock-{number}", "level: middle", "level: senior")
    said = " ".join(desk.found("W32"))
    assert "python: 80% middle, 100% planned" in said
    assert "python: 20% senior, 0% planned" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[transactions, locks]", "[transactions, cpython]", "7: tags: cpython stands in this entry only"),
        ("also: [testing]", "also: [databases]", "4: also: databases stands in this entry only"),
    ],
)
def test_words_that_occur_once(desk, old, new, said):
    desk.edit(GIL, old, new)
    assert said in desk.found("W33")


def test_topics_of_code_show_code(desk):
    for number in range(9):
        desk.copy(GIL, f"python/lock-{number}", seed="")
    assert desk.found("W34") == ["1: python: 10 of 10 entries show no code block"]
    for number in range(4):
        desk.edit(f"python/lock-{number}", "A thread releases", "```python\nx = 1\n```\n\nA thread releases")
    assert desk.found("W34") == []

"""E01 to E03: each rule catches its mistake, on its line, and is quiet beside it."""

from __future__ import annotations

import pytest

GIL, ISOLATION = "python/gil", "testing/testcase-isolation"


def test_the_model_bank_is_without_fault(desk):
    assert [str(mistake) for mistake in desk.check()] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: gil\n", "", "1: missing in the front matter: id"),
        ("level: middle", "level: expert", "5: level: expert is none of junior, middle, senior"),
        ("level: middle", "level: middle\nlevel: junior", "6: level stands here twice"),
        ("level: middle", "level: middle\nmood: good", "6: unknown field mood"),
        ("kind: concept", "kind: riddle", "6: kind: riddle is none of concept, code, scenario, design"),
        (
            "status: published",
            "status: done",
            "12: status: done is none of draft, reviewed, published, retired",
        ),
        ('seed: "1.7"', "seed: 1.7", '8: seed: 1.7 is not quoted like "1.7"'),
        ('{python: "3.15"}', "{python: 3.10}", '10: versions: python: 3.1 is not quoted like "6.1"'),
        ('{python: "3.14"}', "[python]", '9: since: {django: "6.1"} is the form'),
        ("checked: 2026-11-22", "checked: soon", "11: checked: 'soon' is no date like 2026-11-22"),
        ("checked: 2026-11-22", "checked: 2026-11-22 10:00:00", "11: checked: "),
        ("[transactions, locks]", "[transactions]", "7: tags: 1 of them, 2 to 6 are allowed"),
        ("[transactions, locks]", "[transactions, no]", "7: tags: YAML reads False, not a word"),
        ("[transactions, locks]", "locks", "7: tags: not a list, [a, b]"),
        ("[transactions, locks]", "[transactions, kittens]", "7: unknown tag: kittens"),
        ("also: [testing]", "also: [quantum]", "4: also: quantum"),
        ("also: [testing]", "also: [python]", "4: also: python"),
        ("also: [testing]", "also: [testing, testing]", "4: also: testing, testing"),
        ("also: [testing]", "also: [testing, databases, python]", "4: also: 3 of them, 0 to 2 are allowed"),
        ("reviewed_by: second reader\n", "", "12: no reviewed_by"),
        ("status: published", "status: retired", "12: no replaced_by"),
        (
            "level: middle",
            "level: middle\nreplaced_by: testcase-isolation",
            "13: replaced_by, but not retired",
        ),
        ("level: middle", "level: [middle", "6: YAML: "),
        ("\n---\n\n#", "\n\n#", "1: the front matter has no closing ---"),
        ("---\nid", "id", "1: the file does not start with ---"),
    ],
)
def test_front_matter(desk, old, new, said):
    desk.edit(GIL, old, new)
    assert any(line.startswith(said) for line in desk.found("E01")), desk.found("E01")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("also: [testing]\n", ""),
        ("status: published\nreviewed_by: second reader", "status: draft"),
        ("level: middle", "level: middle\naliases: [the-lock]"),
        ("status: published", "status: retired\nreplaced_by: testcase-isolation"),
    ],
)
def test_front_matter_may_vary(desk, old, new):
    desk.edit(GIL, old, new)
    assert desk.found("E01") == desk.found("E02") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: gil", "id: lock", "2: id lock, but the file is gil.md"),
        ("topic: python", "topic: testing", "3: topic testing, but the folder is python"),
        ("topic: python", "topic: snakes", "3: topic snakes, which topics.yaml lacks"),
        ("id: gil", "id: Gil_1", "2: id: Gil_1 is no id"),
        ("level: middle", f"level: middle\naliases: [{'a' * 41}]", f"6: aliases: {'a' * 41} is no id"),
        (
            "status: published",
            "status: retired\nreplaced_by: nowhere",
            "13: replaced_by nowhere, which is not there",
        ),
        ("status: published", "status: retired\nreplaced_by: gil", "13: replaced_by gil, which is not there"),
    ],
)
def test_names(desk, old, new, said):
    desk.edit(GIL, old, new)
    assert said in desk.found("E02")


def test_an_id_is_taken_once(desk):
    desk.copy(GIL, "testing/gil")
    assert desk.found("E02") == ["2: gil is taken by python/gil.md"]


def test_an_alias_takes_an_id(desk):
    desk.edit(ISOLATION, "level: junior", "level: junior\naliases: [gil]")
    assert desk.found("E02") == ["2: gil is taken by python/gil.md"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## Hint", "## Aid", "missing: ## Hint"),
        ("## Hint", "## Aid", "unknown heading ## Aid"),
        ("## Key points", "## Key points\n\n## Key points", "the headings stand as"),
        ("## Quiz\n", "", "missing: ## Quiz"),
        ("# What does", "What does", "0 lines that start with `# `"),
        ("## Answer", "# Answer", "2 lines that start with `# `"),
        ("## Hint", "Stray words\n\n## Hint", "out of place: 'Stray words'"),
        ("- Processes and", "Processes and", "out of place: 'Processes and"),
        (" — Python 3.13 and 3.14", "", "out of place: '- [PEP 779]"),
        ("\n> Every worker", "\nAnd also\n\n> Every worker", "out of place: 'And also'"),
    ],
)
def test_headings_and_lines(desk, old, new, said):
    desk.edit(GIL, old, new)
    assert any(said in line for line in desk.found("E03")), desk.found("E03")


def test_headings_out_of_order(desk):
    text = desk.read(GIL)
    start, end = text.index("## Hint"), text.index("## Answer")
    desk.write(GIL, text[:start] + text[end:].rstrip() + "\n\n" + text[start:end].rstrip() + "\n")
    (said,) = desk.found("E03")
    assert "Sources, Hint" in said


@pytest.mark.parametrize(("kind", "quiet"), [("design", True), ("scenario", False)])
def test_only_design_goes_without_a_quiz(desk, kind, quiet):
    text = desk.read(GIL).replace("kind: concept", f"kind: {kind}")
    desk.write(GIL, text[: text.index("## Quiz")] + text[text.index("## Follow-ups") :])
    assert (desk.found("E03") == []) is quiet


def test_long_lines_may_run_on(desk):
    desk.edit(GIL, "- Processes and subinterpreters", "- Processes\n  and subinterpreters")
    assert desk.check() == []
    points = desk.load().questions["gil"].key_points
    assert points[3] == "Processes and subinterpreters use several cores; asyncio stays on one thread."

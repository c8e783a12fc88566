"""E05 to E10 and E27: Markdown, plain parts, shapes, counts, characters, links."""

from __future__ import annotations

import pytest

GIL = "python/gil"
HINT = "One microphone in a full room: anyone may listen, but only whoever holds it can speak."
RIGHT = "Run its chunks in a ProcessPoolExecutor"
POINT = "The GIL does not make compound operations atomic."
EXPLANATION = (
    "Every worker process has its own interpreter and its own GIL, so the chunks really run side by side."
)
GIST = "Its C code releases the GIL around array work."
WHY = "Threads would swap the GIL more often. That adds overhead and no parallelism."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("A thread releases", "### Inside\n\nA thread releases", "a heading inside a part"),
        ("A thread releases", "1. A thread releases", "a numbered list"),
        ("A thread releases", "| a | b |\n|---|---|\n| 1 | 2 |\n\nA thread releases", "a table"),
        ("A thread releases", "![x](https://docs.python.org/x.png) A thread releases", "an image"),
        ("A thread releases", "A <b>thread</b> releases", "HTML; put tags in backticks"),
        ("A thread releases", "<div>\n\nA thread releases", "HTML; put tags in backticks"),
        ("A thread releases", "- a\n  - b\n\nA thread releases", "a nested list"),
        ("A thread releases", "* a\n\nA thread releases", "a list with *; use -"),
        (
            "A thread releases",
            "- a\n\n  b\n\nA thread releases",
            "a list item that is more than one line of text",
        ),
        ("A thread releases", "> a\n> > b\n\nA thread releases", "a quote inside a list or a quote"),
        ("A thread releases", "    code\n\nA thread releases", "code by indentation"),
        ("A thread releases", "A\\\nthread releases", "a forced line break"),
        ("A thread releases", "***\n\nA thread releases", "a rule (---)"),
        ("A thread releases", "Too **bold\n\nA thread releases", "** without its partner"),
        ("A thread releases", "```cobol\nX\n```\n\nA thread releases", "unknown language 'cobol'"),
        ("A thread releases", "```\nX\n```\n\nA thread releases", "code without a language"),
        ("A thread releases", "||a `b` c|| A thread releases", "code inside a link or a spoiler"),
        (
            "A thread releases",
            "[`b`](https://docs.python.org/3/) A thread releases",
            "code inside a link or a spoiler",
        ),
        (POINT, "The <i>GIL</i> does not make it atomic.", "HTML; put tags in backticks"),
        (
            "\nA pure-Python loop",
            "\n```fortran\nx\n```\n\nA pure-Python loop",
            "a snippet in the unknown language",
        ),
        ("status: published", "status: published\n# <!-- lint: allow E04 long -->", "E04 cannot be allowed"),
    ],
)
def test_markdown_outside_the_subset(desk, old, new, said):
    desk.edit(GIL, old, new)
    assert any(said in line for line in desk.found("E05")), desk.found("E05")


def test_troubles_name_their_line(desk):
    desk.edit(GIL, "A thread releases", "A thread\nreleases\n<br>")
    (said,) = desk.found("E05")
    number = next(n for n, text in enumerate(desk.read(GIL).split("\n"), 1) if text.startswith("<br>"))
    assert said.startswith(f"{number}: ")


def test_an_open_fence_swallows_the_rest(desk):
    desk.edit(GIL, "A thread releases", "```python\nx = 1\n\nA thread releases")
    assert any("never closed" in line for line in desk.found("E05"))


def test_the_whole_subset_passes(desk):
    desk.edit(
        GIL,
        "A thread releases",
        "**a** *b* `c` [d](https://docs.python.org/3/) ||e||, `<b>`, 1 < 2 & __init__\n\n- f\n- **g**\n\n"
        "> h\n>\n> i\n\n```python\nx = 1\n```\n\nA thread releases",
    )
    assert desk.found("E05") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (RIGHT, "Run its chunks in a `ProcessPoolExecutor`", "markup in the option"),
        (RIGHT, "Run *its* chunks in a ProcessPoolExecutor", "markup in the option"),
        (RIGHT, RIGHT + ".", "the option ends in '.'"),
        (RIGHT, RIGHT + ":", "the option ends in ':'"),
        (RIGHT, " " + RIGHT, "blanks around the option"),
        (HINT, "**One** microphone in a full room", "markup in the hint"),
        ("# What does", "# What does `x`", "markup in the question"),
        ("A pure-Python loop", "A **pure** loop", "markup in the stem"),
    ],
)
def test_plain_parts(desk, old, new, said):
    desk.edit(GIL, old, new)
    assert any(said in line for line in desk.found("E06")), desk.found("E06")


@pytest.mark.parametrize(
    "words", ["Pass *args and **kwargs on", "Rename __init__ to __new__", "Escape <b> & co"]
)
def test_plain_parts_may_hold_odd_characters(desk, words):
    desk.edit(GIL, RIGHT, words)
    assert desk.found("E06") == desk.found("E05") == []
    assert desk.load().questions["gil"].choice.options[0].text == words


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- [ ] Lower the value of sys.setswitchinterval()\n  - " + WHY + "\n", "", "3 options"),
        (
            "- [ ] Run its chunks in a Thread",
            "- [x] Run its chunks in a Thread",
            "[x] does not mark the first",
        ),
        ("- [x] ", "- [ ] ", "[x] does not mark the first option"),
        ("  - " + WHY + "\n", "", "0 whys under this option"),
        ("  - " + WHY, "  - " + WHY + "\n  - And more.", "2 whys under this option"),
        (RIGHT, RIGHT + "\n  - It is right.", "1 whys under this option"),
        ("> " + EXPLANATION + "\n", "", "no explanation"),
        ("kind: concept", "kind: code", "kind code, but no snippet"),
    ],
)
def test_shape_of_the_quiz(desk, old, new, said):
    desk.edit(GIL, old, new)
    assert any(said in line for line in desk.found("E07")), desk.found("E07")


def test_the_right_option_stands_first(desk):
    text = desk.read(GIL)
    desk.write(GIL, text.replace("- [x] Run", "- [ ] Run").replace("- [ ] Lower", "- [x] Lower"))
    assert any("[x] does not mark the first" in line for line in desk.found("E07"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (" — " + GIST, "", "no gist"),
        ("https://docs.python.org/3/glossary", "http://docs.python.org/3/glossary", "is not https"),
    ],
)
def test_follow_ups_and_sources(desk, old, new, said):
    desk.edit(GIL, old, new)
    assert any(said in line for line in desk.found("E08")), desk.found("E08")


@pytest.mark.parametrize(
    ("part", "keep", "said"), [("Key points", 2, "2, 3 to 6"), ("Follow-ups", 1, "1, 2 to 4")]
)
def test_counts(desk, part, keep, said):
    before, rest = desk.read(GIL).split(f"## {part}\n\n")
    bullets, after = rest.split("\n\n## ", 1)
    desk.write(GIL, f"{before}## {part}\n\n" + "\n".join(bullets.split("\n")[:keep]) + "\n\n## " + after)
    assert any(f"{part}: {said} are allowed" in line for line in desk.found("E08"))


def test_one_source_is_primary(desk):
    text = desk.read(GIL)
    desk.write(
        GIL,
        text.replace("docs.python.org", "example.org").replace("peps.python.org", "docs.python.org.example"),
    )
    assert any("no primary source" in line for line in desk.found("E08"))
    desk.write(
        GIL, text.replace("docs.python.org", "example.org").replace("peps.python.org", "x.readthedocs.io")
    )
    assert desk.found("E08") == []


@pytest.mark.parametrize(
    ("debris", "said"),
    [
        ("room¹", "superscript digit"),
        ("ro\u00adom", "soft hyphen"),
        ("full\u00a0room", "no-break space"),
        ("ro\u200bom", "zero-width character"),
        ("ro\ue000om", "private-use character"),
        ("ro\ufffdom", "replacement character"),
        ("\troom", "tab"),
        ("room \n", "trailing blank"),
        ("room\r\n", "carriage return"),
        ("room¶", "pilcrow"),
    ],
)
def test_characters(desk, debris, said):
    desk.edit(GIL, "full room: anyone", f"full {debris}: anyone")
    assert [line.partition(": ")[2] for line in desk.found("E10")] == [said]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("`counter += 1`", "`counter = “1”`"),
        ("A thread releases", "```python\nx = ‘1’\n```\n\nA thread releases"),
    ],
)
def test_quotes_in_code_are_straight(desk, old, new):
    desk.edit(GIL, old, new)
    assert any("curly quotes in" in line for line in desk.found("E10"))


def test_quotes_in_prose_may_be_curly(desk):
    desk.edit(GIL, "A thread releases", "A “thread” releases – so it’s said –")
    assert desk.found("E10") == []


def test_no_utf8(desk):
    desk.file(GIL).write_bytes(b"---\nid: gil\n# caf\xe9\n")
    assert desk.found("E10") == ["3: not UTF-8"]


@pytest.mark.parametrize(
    "url", ["docs/page.html", "ftp://docs.python.org/3/", "https://nowhere/", "/3/library"]
)
def test_links_are_addresses(desk, url):
    desk.edit(GIL, "A thread releases", f"A [thread]({url}) releases")
    assert any("is no web address" in line for line in desk.found("E27"))


def test_sources_are_addresses(desk):
    desk.edit(GIL, "https://peps.python.org/pep-0779/", "peps.python.org/pep-0779/")
    assert any("is no web address" in line for line in desk.found("E27"))

"""From files to a bank: what a question holds, and how a broken bank says so."""

from __future__ import annotations

from datetime import date

import pytest

from bot.bank import BankError, Kind, Level, Status, load, plain

GIL, ISOLATION = "python/gil", "testing/testcase-isolation"


def test_a_question_holds_its_entry(desk):
    question = desk.load().questions["gil"]
    assert (question.id, question.topic, question.also) == ("gil", "python", ("testing",))
    assert (question.level, question.kind, question.status) == (Level.MIDDLE, Kind.CONCEPT, Status.PUBLISHED)
    assert (question.seed, question.checked, question.reviewed_by) == (
        "1.7",
        date(2026, 11, 22),
        "second reader",
    )
    assert (question.since, question.versions) == ({"python": "3.14"}, {"python": "3.15"})
    assert question.tags == ("transactions", "locks")
    assert (question.aliases, question.replaced_by) == ((), None)
    assert question.prompt.startswith("What does CPython's global interpreter lock prevent")
    assert question.hint.startswith("One microphone in a full room")


def test_rich_parts_are_telegram_html(desk):
    question = desk.load().questions["gil"]
    assert question.answer.startswith(
        "In the default CPython build a thread must hold the <b>global interpreter lock</b>"
    )
    assert "<code>counter += 1</code>" in question.answer
    assert len(question.key_points) == 5
    assert question.follow_ups[0].gist == "<code>sys._is_gil_enabled()</code>, since 3.13."
    assert question.sources[3].title == "concurrent.futures"
    assert question.sources[3].url == "https://docs.python.org/3/library/concurrent.futures.html"
    assert question.sources[3].version == "Python 3.15"


def test_a_choice_has_the_right_option_first(desk):
    choice = desk.load().questions["testcase-isolation"].choice
    assert choice.options[0].text == "0, because the row was rolled back after test_1"
    assert [option.why is None for option in choice.options] == [True, False, False, False]
    assert choice.language == "python"
    assert choice.snippet.startswith("class AuthorTests(TestCase):\n    def test_1(self):\n")
    assert choice.snippet_html.startswith('<pre><code class="language-python">class AuthorTests')
    assert plain(choice.snippet_html) == choice.snippet
    assert choice.stem.startswith("The two tests run in this order")
    assert choice.explanation.startswith("TestCase puts each test in a transaction")


def test_the_prompt_is_the_stem_when_none_is_written(desk):
    stem = (
        "A pure-Python loop keeps one core at 100%. Which change lets a default CPython build use four cores?"
    )
    desk.edit(GIL, f"{stem}\n\n", "")
    question = desk.load().questions["gil"]
    assert question.choice.stem == question.prompt
    assert question.choice.snippet is question.choice.snippet_html is question.choice.language is None


def test_a_design_question_may_have_no_choice(desk):
    text = desk.read(GIL).replace("kind: concept", "kind: design")
    desk.write(GIL, text[: text.index("## Quiz")] + text[text.index("## Follow-ups") :])
    assert desk.load().questions["gil"].choice is None


def test_the_hash_is_stable(desk):
    assert desk.load().questions["gil"].content_hash == "b284626564bc"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What does CPython's", "What would CPython's"),
        ("One microphone", "A microphone"),
        ("A thread releases", "The thread releases"),
        ("- Processes and", "- The processes and"),
        ("Run its chunks in a Thread", "Run the chunks in a Thread"),
        ("Threads would swap", "The threads would swap"),
        ("Every worker process", "Each worker process"),
        ("Its C code releases", "The C code releases"),
        ("[concurrent.futures]", "[Module concurrent.futures]"),
    ],
)
def test_the_hash_follows_the_words(desk, old, new):
    before = desk.load().questions["gil"].content_hash
    desk.edit(GIL, old, new)
    assert desk.load().questions["gil"].content_hash != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[transactions, locks]", "[locks, cpython]"),
        ("level: middle", "level: senior"),
        ("2026-11-22", "2026-11-23"),
    ],
)
def test_the_hash_is_blind_to_what_is_not_read(desk, old, new):
    before = desk.load().questions["gil"].content_hash
    desk.edit(GIL, old, new)
    assert desk.load().questions["gil"].content_hash == before


def test_only_published_questions_are_drawn(desk):
    desk.edit(GIL, "status: published", "status: reviewed")
    bank = desk.load()
    assert "gil" not in bank.questions
    assert bank.get("gil") is bank.retired("gil") is None


def test_a_broken_bank_tells_everything_at_once(desk):
    desk.edit(GIL, "level: middle", "level: expert")
    desk.edit(ISOLATION, "## Hint", "## Aid")
    desk.edit(ISOLATION, "- [x] 0,", "- [ ] 0,")
    with pytest.raises(BankError) as caught:
        desk.load()
    assert [(m.path.stem, m.rule) for m in caught.value.mistakes] == [
        ("gil", "E01"),
        ("testcase-isolation", "E03"),
        ("testcase-isolation", "E03"),
        ("testcase-isolation", "E07"),
        ("testcase-isolation", "E07"),
    ]
    first = str(caught.value).split("\n")[0]
    assert first.endswith(
        "gil.md:5: E01 level: expert is none of junior, middle, senior"
        " — see the table of fields in data/README.md"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("checked: 2026-11-22", "checked: 2020-01-01"),
        ("checked: 2026-11-22", "checked: 2099-01-01"),
        ("A thread releases", "```python\ndef f(:\n```\n\nA thread releases"),
        ("A thread releases", "The best pytz thread releases"),
    ],
)
def test_a_start_does_not_depend_on_date_or_interpreter(desk, old, new):
    desk.edit(GIL, old, new)
    assert "gil" in desk.load().questions


def test_a_start_needs_neither_tests_nor_plan_nor_versions(desk, tmp_path):
    (tmp_path / "tests" / "facts" / "testing" / "test_testcase_isolation.py").unlink()
    for name in ("plan.tsv", "versions.yaml", "tags.yaml", "sources.yaml"):
        desk.file(name).unlink()
    assert len(desk.load().questions) == 3


def test_ids_are_unique_at_a_start(desk):
    desk.copy(GIL, "testing/gil")
    with pytest.raises(BankError, match=r"gil is taken by python/gil\.md"):
        desk.load()


def test_a_folder_that_is_no_bank(tmp_path):
    with pytest.raises(BankError, match=r"topics.yaml:1: E01 the file is missing"):
        load(tmp_path / "nowhere")


def test_a_lost_list_of_topics_is_one_mistake(desk):
    desk.file("topics.yaml").unlink()
    with pytest.raises(BankError) as caught:
        desk.load()
    assert len(caught.value.mistakes) == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("topics.yaml", "slug: python", "topics.yaml:1: E01 not a list"),
        ("topics.yaml", "- slug: a: b", "topics.yaml:1: E01 YAML: "),
        ("topics.yaml", "- python", "topics.yaml:1: E01 a topic is `slug`"),
        ("topics.yaml", "- slug: python\n  mood: good", "malformed or unknown: title, emoji, scope, mood"),
        ("tags.yaml", "- locks\n- locks", "tags.yaml:2: E01 locks stands here twice"),
        ("tags.yaml", "- locks\n- null", "tags.yaml:2: E01 None is not a word for YAML"),
        ("versions.yaml", 'django: "6.1"\npython: 3.10', "versions.yaml:2: E01 python must be quoted"),
        ("versions.yaml", "- python", "versions.yaml:1: E01 not a list of `field: value` lines"),
        (
            "plan.tsv",
            "topic\tslug\tlevel\twave\tkind\tseed\npython\tgil\texpert\t1\tconcept\t",
            "plan.tsv:2: E01 not topic",
        ),
    ],
)
def test_faults_in_the_files_beside(desk, name, text, said):
    desk.write(name, text)
    with pytest.raises(BankError) as caught:
        desk.load()
    assert said in str(caught.value)


def test_topic_names_do_not_collide(desk):
    desk.edit("topics.yaml", "aliases: [py, core]", "aliases: [py, tests]")
    with pytest.raises(BankError, match="'tests' already names python"):
        desk.load()

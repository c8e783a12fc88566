"""E01 to E03: the front matter, the names, the headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from bot.bank.draft import Draft
from bot.bank.entry import PARTS, day
from bot.bank.mistakes import Finding, Place, RuleGroup
from bot.bank.model import Kind, Level, Status
from bot.bank.registers import Registers

form = RuleGroup()

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 40
"""Deep links carry ids (64 characters), and so does callback data (64 bytes)."""

REQUIRED = ("id", "topic", "level", "kind", "tags", "versions", "checked", "status")
OPTIONAL = ("also", "seed", "since", "reviewed_by", "aliases", "replaced_by")
_SEED = re.compile(r"[1-9]\.[1-9]")
_RELEASE = re.compile(r"\d+(\.\d+)*")


@form.entry("E01", mend="see the table of fields in data/README.md")
def front_matter_parses(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """The front matter is YAML with every required field and no unknown one."""
    front = draft.entry.front
    yield from (Finding(line, message) for line, message in front.faults)
    if front.values:
        missing = [name for name in REQUIRED if name not in front.values]
        if missing:
            yield Finding(1, f"missing in the front matter: {', '.join(missing)}", "add it")
    for name in front.values:
        if name not in REQUIRED + OPTIONAL:
            yield Finding(draft.entry.line_of(name), f"unknown field {name}")


@form.entry("E01", mend="see the table of fields in data/README.md")
def fields_have_their_form(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Every field has the type and the values that the format gives it."""
    for name, value in draft.entry.front.values.items():
        fault = _FORMS[name](value) if name in _FORMS else None
        if fault:
            yield Finding(draft.entry.line_of(name), f"{name}: {fault}")


@form.entry("E01", mend="pick from data/tags.yaml, or add a line there")
def tags_are_known(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Tags come from the controlled list."""
    unknown = [
        tag for tag in draft.entry.words("tags") if registers.tags is not None and tag not in registers.tags
    ]
    if unknown:
        yield Finding(draft.entry.line_of("tags"), f"unknown tag: {', '.join(unknown)}")


@form.entry("E01", mend="take the slugs of data/topics.yaml, at most two, not the entry's own")
def also_names_other_topics(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """`also` holds at most two other topics."""
    also = draft.entry.words("also")
    own = draft.entry.word("topic")
    wrong = [slug for slug in also if slug == own or (registers.topics and slug not in registers.topics)]
    if wrong or len(also) != len(set(also)):
        yield Finding(draft.entry.line_of("also"), f"also: {', '.join(wrong or also)}")


@form.entry("E01", mend="say who opened the sources: a name or a role, not the author")
def reviewed_says_by_whom(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """From `reviewed` on, `reviewed_by` names the second reader."""
    if draft.entry.word("status") in (Status.REVIEWED, Status.PUBLISHED) and not draft.entry.word(
        "reviewed_by"
    ):
        yield Finding(draft.entry.line_of("status"), "no reviewed_by")


@form.entry("E01", mend="a retired entry names its successor in replaced_by, no other entry has the field")
def retired_names_its_successor(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """A retired entry, and only one, has `replaced_by`."""
    retired = draft.entry.word("status") == Status.RETIRED
    if retired != bool(draft.entry.word("replaced_by")):
        yield Finding(
            draft.entry.line_of("status"), "no replaced_by" if retired else "replaced_by, but not retired"
        )


@form.entry("E02", mend="id = file name, topic = folder; lower-case words joined by -, at most 40 characters")
def id_and_topic_match_the_path(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """The id is the file's name, the topic its folder."""
    entry = draft.entry
    ident, topic, path = entry.word("id"), entry.word("topic"), entry.path
    if ident and ident != path.stem:
        yield Finding(entry.line_of("id"), f"id {ident}, but the file is {path.name}")
    if topic and registers.topics and (topic != path.parent.name or topic not in registers.topics):
        fault = (
            f"but the folder is {path.parent.name}"
            if topic in registers.topics
            else "which topics.yaml lacks"
        )
        yield Finding(entry.line_of("topic"), f"topic {topic}, {fault}")
    for name, idents in (("id", (ident,)), ("aliases", entry.words("aliases"))):
        wrong = [word for word in idents if word and not (ID.fullmatch(word) and len(word) <= LONGEST_ID)]
        if wrong:
            yield Finding(entry.line_of(name), f"{name}: {', '.join(wrong)} is no id")


@form.bank("E02", mend="one id, one entry, for good: aliases count too")
def ids_are_unique(drafts: list[Draft], registers: Registers) -> Iterator[Place]:
    """No two entries share an id or an alias."""
    taken: dict[str, Draft] = {}
    for draft in drafts:
        for ident in {draft.entry.word("id"), *draft.entry.words("aliases")} - {""}:
            other = taken.setdefault(ident, draft)
            if other is not draft:
                message = f"{ident} is taken by {other.entry.path.parent.name}/{other.entry.path.name}"
                yield Place(draft.entry.path, Finding(draft.entry.line_of("id"), message))


@form.bank("E02", mend="name the id of an entry that is not retired itself")
def successors_exist(drafts: list[Draft], registers: Registers) -> Iterator[Place]:
    """`replaced_by` names an entry of the bank."""
    ids = {draft.entry.word("id") for draft in drafts if draft.entry.word("status") != Status.RETIRED}
    for draft in drafts:
        successor = draft.entry.word("replaced_by")
        if successor and successor not in ids:
            line = draft.entry.line_of("replaced_by")
            yield Place(draft.entry.path, Finding(line, f"replaced_by {successor}, which is not there"))


@form.entry(
    "E03", mend=f"one `# question`, then ## {', ## '.join(PARTS)}; only kind design may leave out Quiz"
)
def headings_are_in_order(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """The headings are those of the format, each once, in order."""
    entry = draft.entry
    if len(entry.prompts) != 1:
        number = entry.prompts[1].number if entry.prompts else entry.front.end + 1
        yield Finding(number, f"{len(entry.prompts)} lines that start with `# `")
    elif entry.parts and entry.prompts[0].number > entry.parts[0].number:
        yield Finding(entry.prompts[0].number, "the question stands below another heading")
    found = [part.heading for part in entry.parts]
    expected = [
        name for name in PARTS if name != "Quiz" or "Quiz" in found or entry.word("kind") != Kind.DESIGN
    ]
    if found == expected:
        return
    for part in entry.parts:
        if part.heading not in PARTS:
            yield Finding(part.number, f"unknown heading ## {part.heading}")
    if missing := [name for name in expected if name not in found]:
        yield Finding(entry.front.end + 1, f"missing: ## {', ## '.join(missing)}")
    elif len(found) != len(expected) or [name for name in found if name in PARTS] != expected:
        yield Finding(entry.parts[0].number, f"the headings stand as {', '.join(found)}")


@form.entry("E03", mend="every line belongs to a part and has its form, see data/README.md")
def no_line_is_out_of_place(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Every line of the body has the form that its part asks for."""
    for line in draft.stray:
        yield Finding(line.number, f"out of place: {line.text.strip()[:50]!r}")


def _member(kind: type[StrEnum]) -> Callable[[object], str | None]:
    names = [str(member) for member in kind]
    return lambda value: None if value in names else f"{value} is none of {', '.join(names)}"


def _word(value: object) -> str | None:
    return None if isinstance(value, str) and value.strip() else f"{value!r} is no word; quote it"


def _list(least: int, most: int) -> Callable[[object], str | None]:
    def check(value: object) -> str | None:
        if not isinstance(value, list):
            return "not a list, [a, b]"
        if odd := [word for word in value if not isinstance(word, str)]:
            return f"YAML reads {odd[0]!r}, not a word"
        return None if least <= len(value) <= most else f"{len(value)} of them, {least} to {most} are allowed"

    return check


def _seed(value: object) -> str | None:
    return (
        None if isinstance(value, str) and _SEED.fullmatch(value) else f'{value!r} is not quoted like "1.7"'
    )


def _releases(value: object) -> str | None:
    if not isinstance(value, dict) or not value:
        return '{django: "6.1"} is the form'
    wrong = [f"{key}: {release}" for key, release in value.items() if not _is_release(release)]
    return f'{", ".join(wrong)} is not quoted like "6.1"' if wrong else None


def _is_release(value: object) -> bool:
    return isinstance(value, str) and bool(_RELEASE.fullmatch(value))


def _date(value: object) -> str | None:
    return None if day(value) else f"{value!r} is no date like 2026-11-22"


_FORMS: dict[str, Callable[[object], str | None]] = {
    "id": _word,
    "topic": _word,
    "also": _list(0, 2),
    "level": _member(Level),
    "kind": _member(Kind),
    "tags": _list(2, 6),
    "seed": _seed,
    "since": _releases,
    "versions": _releases,
    "checked": _date,
    "status": _member(Status),
    "reviewed_by": _word,
    "aliases": _list(1, 9),
    "replaced_by": _word,
}

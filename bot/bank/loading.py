"""From files to a bank: read every entry, hold it against the rules of form, build its question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from bot.bank.catalogue import Bank
from bot.bank.draft import Draft, Quiz, take_apart
from bot.bank.entry import read_entry
from bot.bank.markup import code_block
from bot.bank.mistakes import BankError, Mistake
from bot.bank.model import Choice, FollowUp, Kind, Level, Option, Question, Source, Status
from bot.bank.registers import Registers, read_registers
from bot.bank.rules.form import form
from bot.bank.rules.text import text


def load(folder: Path) -> Bank:
    """Read a bank: `topics.yaml` and `questions/<topic>/<id>.md` in `folder`.

    Checks form only, so that the same files always give the same answer.

    Raises `BankError` with every mistake at once.
    """
    registers = read_registers(folder)
    drafts, unreadable = read_drafts(files(folder / "questions"))
    mistakes = [*register_mistakes(registers), *unreadable, *form_mistakes(drafts, registers)]
    mistakes += form.judge_all(drafts, registers)
    if mistakes:
        raise BankError(sorted(mistakes, key=lambda mistake: (mistake.path, mistake.line)))
    return Bank.of(registers.topics.values(), map(build, drafts))


def files(path: Path) -> list[Path]:
    """List the entries below a folder, or the one file."""
    return [path] if path.is_file() else sorted(path.rglob("*.md"))


def read_drafts(paths: Iterable[Path]) -> tuple[list[Draft], list[Mistake]]:
    """Read entries; those that are no UTF-8 text become mistakes."""
    drafts, unreadable = [], []
    for path in paths:
        try:
            drafts.append(take_apart(read_entry(path, path.read_bytes().decode("utf-8"))))
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            unreadable.append(Mistake(path, line, "E10", "not UTF-8", "save the file as UTF-8"))
    return drafts, unreadable


def register_mistakes(registers: Registers) -> Iterator[Mistake]:
    """Say what is wrong in the files beside the entries."""
    for path, line, message in registers.faults:
        yield Mistake(path, line, "E01", message, "see the top of the file and data/README.md")


def form_mistakes(drafts: Iterable[Draft], registers: Registers) -> Iterator[Mistake]:
    """Hold each entry against the rules of form."""
    for draft in drafts:
        yield from form.judge(draft, registers)
        yield from text.judge(draft, registers)


def build(draft: Draft) -> Question:
    """Make a question of an entry without mistakes."""
    entry = draft.entry
    answer, key_points = draft.answer.rich.html, tuple(point.rich.html for point in draft.key_points)
    choice = _choice(draft.quiz) if draft.quiz else None
    follow_ups = tuple(_follow_ups(draft))
    sources = tuple(Source(source.title, source.url, source.version) for source in draft.sources)
    return Question(
        id=entry.word("id"),
        topic=entry.word("topic"),
        also=entry.words("also"),
        level=Level(entry.word("level")),
        kind=Kind(entry.word("kind")),
        tags=entry.words("tags"),
        seed=entry.word("seed") or None,
        since=entry.releases("since"),
        versions=entry.releases("versions"),
        checked=entry.checked() or date.min,
        status=Status(entry.word("status")),
        reviewed_by=entry.word("reviewed_by") or None,
        aliases=entry.words("aliases"),
        replaced_by=entry.word("replaced_by") or None,
        prompt=draft.prompt.text,
        hint=draft.hint.text,
        answer=answer,
        key_points=key_points,
        choice=choice,
        follow_ups=follow_ups,
        sources=sources,
        content_hash=_hash(
            draft.prompt.text, draft.hint.text, answer, key_points, choice, follow_ups, sources
        ),
    )


def _choice(quiz: Quiz) -> Choice:
    snippet = quiz.snippet
    return Choice(
        snippet_html=code_block(snippet.code, snippet.language) if snippet else None,
        snippet=snippet.code if snippet else None,
        language=snippet.language if snippet else None,
        stem=quiz.stem.text,
        options=tuple(
            Option(option.text, option.whys[0].rich.html if option.whys else None) for option in quiz.options
        ),
        explanation=quiz.explanations[0].rich.html,
    )


def _follow_ups(draft: Draft) -> Iterator[FollowUp]:
    for follow_up in draft.follow_ups:
        yield FollowUp(follow_up.question.rich.html, follow_up.gist.rich.html if follow_up.gist else "")


def _hash(*shown: object) -> str:
    """Twelve hexadecimal digits over what a reader sees: an accident among 10,000 texts is 1 to 5 million."""
    return hashlib.blake2b(repr(shown).encode(), digest_size=6).hexdigest()

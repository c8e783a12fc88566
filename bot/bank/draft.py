"""An entry's parts, taken apart and rendered: key points, options, follow-ups, sources.

As in `bot.bank.entry`, nothing fails here: a line without a place is `stray`, and rules judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.bank import markdown
from bot.bank.entry import Entry, Fence, Line, Part
from bot.bank.markup import Rich, escape

_BULLET = re.compile(r"- (.*)")
_OPTION = re.compile(r"- \[( |x)\] (.*)")
_WHY = re.compile(r"  - (.*)")
_SOURCE = re.compile(r"\[(.+)\]\((\S+)\) — (\S.*)")
_DASH = " — "


@dataclass(frozen=True, slots=True)
class Piece:
    """A rendered part or line of the entry, and where it stands."""

    number: int
    rich: Rich


@dataclass(slots=True)
class OptionLine:
    """One option of the quiz with the reasons below it."""

    number: int
    text: str
    right: bool
    whys: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Quiz:
    """The quiz as written; `stem` is the prompt when the author left it out."""

    number: int
    snippet: Fence | None = None
    stem: Line = field(default_factory=lambda: Line(1, ""))
    options: list[OptionLine] = field(default_factory=list)
    explanations: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A follow-up; `gist` is None when the dash is missing."""

    number: int
    question: Piece
    gist: Piece | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source: title, address, and the product version that it speaks of."""

    number: int
    title: str
    url: str
    version: str


@dataclass(slots=True)
class Draft:
    """What the rules read and the loader builds a question from."""

    entry: Entry
    prompt: Line
    hint: Line
    answer: Piece
    key_points: list[Piece]
    quiz: Quiz | None
    follow_ups: list[FollowUpLine]
    sources: list[SourceLine]
    stray: list[Line]

    def pieces(self) -> Iterable[Piece]:
        """Yield every piece of Markdown."""
        yield self.answer
        yield from self.key_points
        for follow_up in self.follow_ups:
            yield follow_up.question
            if follow_up.gist:
                yield follow_up.gist
        if self.quiz:
            for option in self.quiz.options:
                yield from option.whys
            yield from self.quiz.explanations

    def prose(self) -> Iterable[Piece]:
        """Yield every text that a reader sees, the plain ones too."""
        yield _plain(self.prompt)
        yield _plain(self.hint)
        if self.quiz:
            if self.quiz.stem is not self.prompt:
                yield _plain(self.quiz.stem)
            for option in self.quiz.options:
                yield _plain(Line(option.number, option.text))
        yield from self.pieces()


def take_apart(entry: Entry) -> Draft:
    """Read and render the parts of an entry."""
    stray = list(entry.stray)
    prompt = entry.prompts[0] if entry.prompts else Line(entry.front.end + 1, "")
    answer = entry.part("Answer")
    quiz = entry.part("Quiz")
    return Draft(
        entry=entry,
        prompt=prompt,
        hint=_paragraph(entry.part("Hint")),
        answer=Piece(answer.number + 1, markdown.block(answer.text())) if answer else Piece(1, Rich("", "")),
        key_points=[_piece(line) for line in _bullets(entry.part("Key points"), stray)],
        quiz=_quiz(quiz, prompt, stray, entry.fences) if quiz else None,
        follow_ups=[_follow_up(line) for line in _bullets(entry.part("Follow-ups"), stray)],
        sources=[
            source for line in _bullets(entry.part("Sources"), stray) if (source := _source(line, stray))
        ],
        stray=stray,
    )


def _plain(line: Line) -> Piece:
    return Piece(line.number, Rich(escape(line.text), line.text))


def _piece(line: Line) -> Piece:
    return Piece(line.number, markdown.line(line.text))


def _paragraph(part: Part | None) -> Line:
    lines = [line for line in part.lines if line.text.strip()] if part else []
    number = lines[0].number if lines else part.number if part else 1
    return Line(number, " ".join(line.text for line in lines))


def _bullets(part: Part | None, stray: list[Line]) -> list[Line]:
    """List the `- ` lines of a part; a line indented by two spaces continues the one above."""
    found: list[Line] = []
    for line in part.lines if part else ():
        if bullet := _BULLET.fullmatch(line.text):
            found.append(Line(line.number, bullet[1]))
        elif found and line.text.startswith("  ") and not _WHY.match(line.text):
            found[-1] = _continued(found[-1], line)
        elif line.text.strip():
            stray.append(line)
    return found


def _continued(line: Line, more: Line) -> Line:
    return Line(line.number, f"{line.text} {more.text.strip()}")


def _follow_up(line: Line) -> FollowUpLine:
    question, dash, gist = line.text.partition(_DASH)
    answer = _piece(Line(line.number, gist)) if dash and gist.strip() else None
    return FollowUpLine(line.number, _piece(Line(line.number, question)), answer)


def _source(line: Line, stray: list[Line]) -> SourceLine | None:
    if not (found := _SOURCE.fullmatch(line.text)):
        stray.append(Line(line.number, f"- {line.text}"))
        return None
    return SourceLine(line.number, found[1], found[2], found[3])


def _quiz(part: Part, prompt: Line, stray: list[Line], fences: list[Fence]) -> Quiz:
    quiz = Quiz(part.number)
    inside = [fence for fence in fences if part.lines and part.number < fence.number <= part.lines[-1].number]
    quiz.snippet = inside[0] if inside else None
    code = {number for fence in inside[:1] for number in _rows(fence)}
    stem: list[Line] = []
    explanation: list[Line] = []
    for line in part.lines:
        if line.text.strip() and line.number not in code:
            _quiz_line(quiz, line, stem, explanation, stray)
    quiz.stem = Line(stem[0].number, " ".join(line.text for line in stem)) if stem else prompt
    if explanation:
        text = " ".join(line.text.removeprefix(">").strip() for line in explanation)
        quiz.explanations = [_piece(Line(explanation[0].number, text))]
    return quiz


def _rows(fence: Fence) -> range:
    return range(fence.number, fence.number + fence.code.count("\n") + 3)


def _quiz_line(quiz: Quiz, line: Line, stem: list[Line], explanation: list[Line], stray: list[Line]) -> None:
    """Put one line of the quiz where it belongs."""
    if option := _OPTION.fullmatch(line.text):
        quiz.options.append(OptionLine(line.number, option[2], option[1] == "x"))
    elif quiz.options and (why := _WHY.fullmatch(line.text)):
        quiz.options[-1].whys.append(_piece(Line(line.number, why[1])))
    elif line.text.startswith(">"):
        explanation.append(line)
    elif quiz.options or line.text.startswith(("-", " ", "`")):
        stray.append(line)
    else:
        stem.append(line)
